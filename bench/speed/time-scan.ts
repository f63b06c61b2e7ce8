import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'
import { CAN_MEASURE_MEMORY, treeMegabytes } from './process-tree.js'

const SAMPLE_MS = 100

/** What one scan took, from the start of the process to its end. */
export interface Timing {
  readonly seconds: number
  /** Of the whole process tree, sampled ten times a second; null where it cannot be measured. */
  readonly peakMegabytes: number | null
  /** Until the first byte of progress on standard error. */
  readonly firstProgressSeconds: number
  readonly verdict: string
}

/**
 * Scans a file with the default settings as a person would: a new process, no vectors from an earlier scan.
 *
 * @param prefix command that starts the scan's process, such as `taskset -c 0`
 * @throws Error when the scan fails or is incomplete: a time for half the work would say nothing
 */
export async function timeScan(file: string, extra: readonly string[], prefix: readonly string[] = []): Promise<Timing> {
  const folder = await mkdtemp(join(tmpdir(), 'credence-bench-'))
  try {
    const command = [
      ...prefix,
      process.execPath,
      join(packageRoot, 'bin', 'run.js'),
      'scan',
      file,
      '--out',
      join(folder, 'out'),
      '--format',
      'json',
      ...extra,
    ]
    const { code, stderr, ...timing } = await measure(command, {
      ...process.env,
      CREDENCE_PROGRESS: 'always',
      XDG_CACHE_HOME: join(folder, 'cache'),
    })
    if (code !== 0 && code !== 1) throw new Error(`the scan of ${file} ended with exit code ${code}: ${stderr}`)
    const report = JSON.parse(await readFile(join(folder, 'out', 'report.json'), 'utf8')) as { verdict: string }
    return { ...timing, verdict: report.verdict }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Measured extends Omit<Timing, 'verdict'> {
  readonly code: number | null
  /** The end of standard error. */
  readonly stderr: string
}

function measure([file, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const elapsed = (): number => (performance.now() - start) / 1000
    const child = spawn(file!, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let firstProgressSeconds = Number.POSITIVE_INFINITY
    let peakMegabytes: number | null = CAN_MEASURE_MEMORY ? 0 : null
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      firstProgressSeconds = Math.min(firstProgressSeconds, elapsed())
      stderr = (stderr + text).slice(-2000)
    })
    const sampling = setInterval(() => {
      if (peakMegabytes !== null && child.pid !== undefined) peakMegabytes = Math.max(peakMegabytes, treeMegabytes(child.pid))
    }, SAMPLE_MS)
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(sampling)
      resolve({ code, stderr, seconds: elapsed(), peakMegabytes, firstProgressSeconds })
    })
  })
}
