// What every npm script needs first: dependencies and compiled code, each only when it is missing or out of date.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const stamp = join(dist, '.built')
const OLDEST_NODE = [20, 19]

/** Runs a program in the project's root with its output shown; a failure ends this process with the same code. */
export function runOrExit(command, args) {
  const npmIsScript = process.platform === 'win32' && command === 'npm'
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: npmIsScript })
  if (error) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  console.error(`credence needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}`)
  process.exit(1)
}

/** Whether each package that package-lock.json asks of this machine is there in that version. npm keeps its own record of what it installed. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  )
}

export function ensureInstalled() {
  checkNode()
  if (isInstalled()) return
  console.error('Installing dependencies (npm ci) …')
  runOrExit('npm', ['ci', '--no-audit', '--no-fund'])
}

/** The newest change below a folder, in ms. Folders count: a removed file changes only its folder. */
function newestChange(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

function sources() {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
  return ['tsconfig.json', 'package-lock.json', ...include].map((name) => join(root, name)).filter((path) => existsSync(path))
}

function isBuilt() {
  return existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) > Math.max(...sources().map(newestChange))
}

/** Removes compiled files whose source is gone, so that a deleted test does not go on passing. */
function prune(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) prune(path)
    else if (/\.(js|d\.ts)(\.map)?$/.test(entry.name)) {
      const source = join(root, relative(dist, path).replace(/\.(js|d\.ts)(\.map)?$/, '.ts'))
      if (!existsSync(source)) rmSync(path)
    }
  }
}

export function build() {
  // Taken before the compiler reads: what changes meanwhile is newer than the stamp.
  const startedAt = Date.now()
  mkdirSync(dist, { recursive: true })
  rmSync(stamp, { force: true })
  prune(dist)
  // The page of `credence review` runs in a browser, so it is compiled for one.
  for (const project of ['.', 'src/review/page'])
    runOrExit(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project])
  // Without it each process reads the rules from their YAML, which takes a fifth of a second.
  const rules = './dist/scanners/injection/built-in-rules.js'
  runOrExit(process.execPath, ['--input-type=module', '--eval', `(await import('${rules}')).compileBuiltInRules()`])
  runOrExit(process.execPath, [join(root, 'tools', 'command-manifest.mjs')])
  writeFileSync(stamp, String(startedAt))
}

export function ensureBuilt() {
  if (isBuilt()) return
  console.error('Compiling …')
  build()
}
