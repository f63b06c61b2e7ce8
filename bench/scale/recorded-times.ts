import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Span {
  calls: number
  ms: number
}

/** What one process of a scan leaves: the command itself, or a job. */
export interface ProcessTimes {
  readonly command: string
  /** Its flags, for a job. */
  readonly task: string | null
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
  /** With its children. */
  readonly cpuMs: number
  readonly spans: Readonly<Record<string, Span>>
  /** When the command asked for each job, by its flags. */
  readonly submitted: Readonly<Record<string, number>>
}

/** One scan, in seconds. */
export interface ScanTimes {
  readonly wall: number
  readonly jobs: number
  /** Processor time of the command and of its jobs, with their children. */
  readonly commandCpu: number
  readonly jobsCpu: number
  /** From asking for a job until its program runs, over all jobs. */
  readonly waiting: number
  /** Programs of jobs, from their first to their last moment, over all jobs. */
  readonly running: number
  /** Parts of these, and of the command's time: calls and seconds. */
  readonly inJobs: Readonly<Record<string, Span>>
  readonly inCommand: Readonly<Record<string, Span>>
}

/** @param folder that CREDENCE_BENCH_TIMES named. @param wall seconds */
export function readTimes(folder: string, wall: number): ScanTimes {
  const all = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProcessTimes)
  const command = all.find(({ task }) => task === null)
  if (command === undefined) throw new Error('the command left no times')
  const jobs = all.filter((one) => one !== command)
  const sum = (value: (job: ProcessTimes) => number): number => jobs.reduce((total, job) => total + value(job), 0) / 1000
  const waited = (job: ProcessTimes): number => job.startMs - (command.submitted[job.task ?? ''] ?? job.startMs)
  return {
    wall,
    jobs: jobs.length,
    commandCpu: command.cpuMs / 1000,
    jobsCpu: sum(({ cpuMs }) => cpuMs),
    waiting: sum(waited),
    running: sum(({ startMs, endMs }) => endMs - startMs),
    inJobs: inSeconds(jobs),
    inCommand: inSeconds([command]),
  }
}

function inSeconds(processes: readonly ProcessTimes[]): Record<string, Span> {
  const total: Record<string, Span> = {}
  for (const { spans } of processes) {
    for (const [name, { calls, ms }] of Object.entries(spans)) {
      const span = (total[name] ??= { calls: 0, ms: 0 })
      span.calls += calls
      span.ms += ms / 1000
    }
  }
  return total
}
