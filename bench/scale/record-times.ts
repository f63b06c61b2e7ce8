/**
 * Loaded before credence (`node --import`), on this machine and in every job: times what a scan does by wrapping the methods that
 * do it, and leaves one line in the folder that CREDENCE_BENCH_TIMES names. The product knows nothing of it.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClusterEngine } from '../../src/engine/cluster/cluster-engine.js'
import { PartMerger } from '../../src/engine/cluster/part-merger.js'
import { RayApi, type RayJob } from '../../src/engine/cluster/ray-api.js'
import { ScanFolder } from '../../src/engine/cluster/scan-folder.js'
import { LocalEngine } from '../../src/engine/local.js'
import type { ProcessTimes, Span } from './recorded-times.js'

/** `clk_tck` of Linux. */
const TICK_MS = 10

const spans: Record<string, Span> = {}
/** When each job was asked for, by what its command line ends in. */
const submitted: Record<string, number> = {}

function count(name: string, ms: number): void {
  const span = (spans[name] ??= { calls: 0, ms: 0 })
  span.calls++
  span.ms += ms
}

/** @param name what it is counted under, by its arguments */
function wrap(prototype: object, method: string, name: (...args: unknown[]) => string): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>
  const own = methods[method]
  if (own === undefined) throw new Error(`there is no method ${method} any more`)
  methods[method] = function (this: unknown, ...args: unknown[]): unknown {
    const start = performance.now()
    const over = (): void => {
      count(name(...args), performance.now() - start)
    }
    const result = own.apply(this, args)
    if (result instanceof Promise) return result.finally(over)
    over()
    return result
  }
}

/** `trips/3/part-17.done` is a `part.done`. */
function kind(value: unknown): string {
  return String(value)
    .replace(/^.*\//, '')
    .replace(/-[^.]*/, '')
}

wrap(ScanFolder.prototype, 'find', (name) => `read ${kind(name)}`)
wrap(ScanFolder.prototype, 'write', (name) => `write ${kind(name)}`)
wrap(LocalEngine.prototype, 'map', () => 'read shards')
wrap(LocalEngine.prototype, 'finish', () => 'end of a pass')
wrap(ClusterEngine.prototype, 'map', () => 'trips')
wrap(PartMerger.prototype, 'add', () => 'merge')
wrap(RayApi.prototype, 'find', () => 'poll')
wrap(RayApi.prototype, 'forget', () => 'forget')
wrap(RayApi.prototype, 'submit', (job) => {
  const { entrypoint } = job as RayJob
  submitted[/--trip \d+ (?:--part|--level) \d+(?: --group \d+)?/.exec(entrypoint)?.[0] ?? entrypoint] ??= Date.now()
  return 'submit'
})

/** Of the processes that this one has waited for, and of those that it has not. */
function childCpuMs(): number {
  const fields = (pid: number | 'self'): number[] => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
  }
  const own = fields('self')
  let ticks = own[13]! + own[14]!
  for (const pid of readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)) {
    const child = fields(Number(pid))
    ticks += child[11]! + child[12]!
  }
  return ticks * TICK_MS
}

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const [command = '', ...args] = process.argv.slice(2)
  const task = /--trip \d+ (?:--part|--level) \d+(?: --group \d+)?/.exec(args.join(' '))?.[0] ?? null
  const [startMs, endMs] = [performance.timeOrigin, Date.now()]
  const times: ProcessTimes = { command, task, startMs, endMs, cpuMs: (user + system) / 1000 + childCpuMs(), spans, submitted }
  writeFileSync(join(process.env['CREDENCE_BENCH_TIMES'] ?? '.', randomBytes(8).toString('hex')), JSON.stringify(times))
})
