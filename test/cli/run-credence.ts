import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/paths.js'
import { temporaryFolder } from '../temporary-folder.js'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Sent this many milliseconds after the first word on standard error. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly afterMs: number }
}

/** Runs the real program in a real process, with no settings from this one's environment. */
export function runCredence(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return runScript([join(packageRoot, 'bin/run.js'), ...args], options)
}

/** What the program says to each list of arguments, all in one process: for what ends before anything is read. */
export async function runMany(
  lists: readonly (readonly string[])[],
  options: RunOptions = {},
): Promise<readonly Pick<Ended, 'code' | 'stdout' | 'stderr'>[]> {
  const script = fileURLToPath(new URL('./main-many.js', import.meta.url))
  const { stdout, stderr } = await runScript([script], { ...options, input: JSON.stringify(lists) })
  assert.equal(stderr, '')
  return JSON.parse(stdout) as readonly Ended[]
}

function runScript(args: readonly string[], { cwd = temporaryFolder(), env = {}, input = '', kill }: RunOptions): Promise<Ended> {
  const inherited = Object.fromEntries(
    ['PATH', 'CREDENCE_ROOT'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr === '' && kill !== undefined) setTimeout(() => child.kill(kill.signal), kill.afterMs)
    stderr += text
  })
  child.stdin.on('error', () => undefined).end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr })
    })
  })
}
