import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'
import type { Ended } from '../cli/run-credence.js'

export interface Started {
  readonly ended: Promise<Ended>
  /** What it has written to standard error so far. */
  progress(): string
  kill(signal: NodeJS.Signals): void
}

/** Starts the real program and does not wait: for tests that do something to it in the meantime. */
export function startCredence(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Started {
  const own = { PATH: process.env['PATH'] ?? '', HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), CREDENCE_PROGRESS: 'always' }
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...args], { cwd, env: { ...own, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end()
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr })
    })
  })
  return { ended, progress: () => stderr, kill: (signal) => child.kill(signal) }
}
