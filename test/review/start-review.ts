import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'

export interface Sitting {
  /** With the token. */
  readonly url: string
  readonly child: ChildProcess
  /** Sends a signal, and waits for the end: its code, and all that it wrote. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** `credence review` in a real process, which has said where its page is. */
export async function startReview(args: readonly string[], cwd: string): Promise<Sitting> {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: cwd,
    XDG_CACHE_HOME: join(cwd, 'cache'),
    CREDENCE_ROOT: packageRoot,
  }
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'review', ...args], { cwd, env: environment })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const [line] = /^http:\S+$/m.exec(stdout) ?? []
      if (line !== undefined) resolve(line)
    })
    child.on('close', () => {
      reject(new Error(`credence review ended: ${stderr}`))
    })
  })
  return {
    url,
    child,
    async stop(signal) {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
      return { code: child.exitCode, stdout, stderr }
    },
  }
}
