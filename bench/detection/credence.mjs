// The credence under test: any compiled copy, so that a run of hours is not disturbed by changes to the sources.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { SERIOUS } from './metrics.mjs'
import { root } from './places.mjs'

/** Files of a compiled copy that decide what a scan finds, sorted. */
function codeFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') || name.endsWith('.json') || name.endsWith('.onnx'))
    .sort()
    .map((name) => join(folder, name))
}

/**
 * @param command how credence is started, as `node DIR/bin/run.js`; this project's own when absent
 * @returns how to start it, where its compiled code is, and a version that changes with the code, the models or the defaults
 */
export function openCredence(command) {
  const [program, ...args] = command?.split(' ').filter(Boolean) ?? [process.execPath, join(root, 'bin', 'run.js')]
  const script = args.find((arg) => arg.endsWith('run.js'))
  if (program === undefined || script === undefined)
    throw new Error(`--credence: expected "node DIR/bin/run.js", got "${command}"`)
  const copy = dirname(dirname(resolve(script)))
  const dist = join(copy, 'dist')
  if (!existsSync(join(dist, 'src', 'scan.js'))) throw new Error(`${dist} holds no compiled credence: run npm run build`)
  const hash = createHash('sha256')
  for (const folder of ['src', 'scanners', 'commands'].map((name) => join(dist, name)).concat(join(copy, 'models'))) {
    for (const file of codeFiles(folder)) hash.update(readFileSync(file))
  }
  const { version } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  return {
    program,
    args: args.map((arg) => (arg === script ? resolve(script) : arg)),
    dist,
    version: `${version}+${hash.digest('hex').slice(0, 10)}`,
  }
}

/** Runs a command of credence to its end: its exit code, seconds, and the last of what it said on standard error. */
export function runCredence(credence, args, env = {}) {
  return new Promise((done, fail) => {
    const start = performance.now()
    const child = spawn(credence.program, [...credence.args, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-2000)))
    child.on('error', fail)
    child.on('close', (code) => done({ code, stderr: stderr.trim(), seconds: (performance.now() - start) / 1000 }))
  })
}

/**
 * Scans a file with the default settings, but for `options`, and no vectors from an earlier scan.
 * @param rows rows of the file
 * @returns findings that count as alarms, flagged rows, scores (a row's highest, 0 where it is not flagged), n*, seconds
 * @throws Error when the scan fails or is incomplete
 */
export async function scan(credence, file, rows, options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'))
  try {
    const out = join(folder, 'out')
    const env = { XDG_CACHE_HOME: join(folder, 'cache') }
    const { code, stderr, seconds } = await runCredence(
      credence,
      ['scan', file, '--out', out, '--format', 'json', ...options],
      env,
    )
    if (code !== 0 && code !== 1) throw new Error(`scan ended with exit code ${code}: ${stderr.slice(-400)}`)
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    const flagged = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, 'flags.parquet')), compressors })
    const scores = new Float64Array(rows)
    const flags = new Uint8Array(rows)
    for (const { row, category, severity, score } of flagged) {
      if (category !== 'poisoning' || !SERIOUS.has(severity)) continue
      flags[Number(row)] = 1
      scores[Number(row)] = Math.max(scores[Number(row)], score)
    }
    const findings = report.findings.filter(({ category, severity }) => category === 'poisoning' && SERIOUS.has(severity))
    const limits = report.coverage.scanners.map(({ limits }) => limits.nStar).filter((nStar) => typeof nStar === 'number')
    return { findings, flags, scores, seconds, nStar: limits.length === 0 ? null : Math.min(...limits) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
