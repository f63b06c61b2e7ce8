/**
 * What tiny shards cost: `node dist/bench/scale/ray-overhead.js [--rounds N] [--scanners A,B] [--s3] [--check]`.
 * The same rows in 1,000 files and in 20, on a Ray cluster of this machine (a head and two workers, one CPU each) in as many jobs,
 * on Ray as parts are cut by default, and by the local engine; all of these take turns. CREDENCE_RAY names a Python with Ray
 * (tools/ci/ensure-ray.sh makes one). `--check` ends with exit code 1 when a bar is missed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { readTimes, type ScanTimes } from './recorded-times.js'
import { ensureShards } from './shard-data.js'
import { packageRoot } from '../../src/paths.js'
import { noCluster, startRay, startS3 } from '../../test/cluster/ray-cluster.js'

const ROWS = 5000
const TINY = 1000
const LARGE = 20
/** More than the same rows in large shards, at most; and milliseconds a shard on one machine. */
const BARS = { ray: 0.1, localMs: 20 } as const

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    scanners: { type: 'string', default: 'hidden-text,duplicate' },
    s3: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})

interface Way {
  readonly name: string
  readonly files: number
  /** Of the command; null for the local engine. */
  readonly ray: readonly string[] | null
}

const WAYS: readonly Way[] = [
  { name: `ray, ${TINY} shards, ${LARGE} jobs a pass`, files: TINY, ray: ['--parts', String(LARGE)] },
  { name: `ray, ${LARGE} shards, ${LARGE} jobs a pass`, files: LARGE, ray: ['--parts', String(LARGE)] },
  { name: `ray, ${TINY} shards, jobs by default`, files: TINY, ray: [] },
  { name: `ray, ${LARGE} shards, jobs by default`, files: LARGE, ray: [] },
  { name: `local, ${TINY} shards`, files: TINY, ray: null },
  { name: `local, ${LARGE} shards`, files: LARGE, ray: null },
]

/** Starts the real program with its times recorded, and gives what it found without its own times. */
async function scan(
  { files, ray }: Way,
  setting: { address: string; storage: string; env: Readonly<Record<string, string>> },
): Promise<{ times: ScanTimes; found: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'credence-bench-'))
  const times = join(cwd, 'times')
  mkdirSync(times)
  const recorder = pathToFileURL(join(packageRoot, 'dist/bench/scale/record-times.js')).href
  const program = ['--import', recorder, join(packageRoot, 'bin/run.js')]
  const cluster = ['--engine', 'ray', '--ray-address', setting.address, '--storage', setting.storage]
  const command = ['--ray-env', 'CREDENCE_BENCH_TIMES', '--ray-command', [process.execPath, ...program].join(' ')]
  const own = ['--scanners', values.scanners, '--fail-on', 'never', '--cache', 'off', '--out', 'report', '--quiet']
  const args = ['scan', await ensureShards(ROWS, files), ...own, ...(ray === null ? [] : [...cluster, ...command, ...ray])]
  try {
    const start = performance.now()
    await run([...program, ...args], cwd, { ...setting.env, CREDENCE_BENCH_TIMES: times })
    const wall = (performance.now() - start) / 1000
    const report = readFileSync(join(cwd, 'report/report.json'), 'utf8')
    const timeless = report.replace(/"startedAt": ?"[^"]*"/, '').replace(/"seconds": ?[\d.e-]+/, '')
    return { times: readTimes(times, wall), found: timeless + readFileSync(join(cwd, 'report/flags.parquet'), 'latin1') }
  } finally {
    rmSync(cwd, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  const own = { PATH: process.env['PATH'] ?? '', HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache') }
  const child = spawn(process.execPath, args, { cwd, env: { ...own, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0 || stderr !== '') throw new Error(`the scan ended with code ${String(code)}: ${stderr}`)
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2
}

/** A line for each span: seconds in all jobs, or in the command, for each way. */
function split(taken: readonly ScanTimes[][], part: 'inJobs' | 'inCommand'): string[] {
  const names = [...new Set(taken.flatMap((rounds) => rounds.flatMap((one) => Object.keys(one[part]))))]
  return names.map((name) => {
    const cells = taken.map((rounds) => {
      const calls = rounds[0]?.[part][name]?.calls ?? 0
      return calls === 0 ? '' : `${median(rounds.map((one) => one[part][name]?.ms ?? 0)).toFixed(2)} (${calls})`
    })
    return `| ${part === 'inJobs' ? 'jobs' : 'command'}: ${name} | ${cells.join(' | ')} |`
  })
}

const reason = noCluster()
if (reason !== null) throw new Error(reason)
const s3 = values.s3 ? await startS3() : null
const shared = mkdtempSync(join(tmpdir(), 'credence-states-'))
const env = s3?.env ?? {}
const ray = await startRay(env)
const taken: ScanTimes[][] = WAYS.map(() => [])
try {
  const setting = { address: ray.address, storage: s3 === null ? shared : 's3://lake/states', env }
  const found = new Map<number, string>()
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const index of round % 2 === 0 ? WAYS.keys() : [...WAYS.keys()].reverse()) {
      const way = WAYS[index]!
      const one = await scan(way, setting)
      if ((found.get(way.files) ?? one.found) !== one.found) throw new Error(`${way.name} found something else`)
      found.set(way.files, one.found)
      taken[index]!.push(one.times)
      console.error(`round ${round + 1}: ${way.name}: ${one.times.wall.toFixed(1)} s`)
    }
  }
} finally {
  ray.stop()
  s3?.stop()
  rmSync(shared, { recursive: true, force: true, maxRetries: 3 })
}

const line = (name: string, value: (times: ScanTimes) => number): string =>
  `| ${name} | ${taken.map((rounds) => median(rounds.map(value)).toFixed(2)).join(' | ')} |`
const ratio = (value: (times: ScanTimes) => number, tiny: number, large: number): number =>
  median(taken[tiny]!.map(value)) / median(taken[large]!.map(value)) - 1
const wall = ({ wall: seconds }: ScanTimes): number => seconds
const cpu = ({ commandCpu, jobsCpu }: ScanTimes): number => commandCpu + jobsCpu
console.log(`| seconds (calls) | ${WAYS.map(({ name }) => name).join(' | ')} |\n| --- | ${WAYS.map(() => '---:').join(' | ')} |`)
console.log(line('by the clock', wall))
console.log(line('processor time', cpu))
console.log(line('of that the command', ({ commandCpu }) => commandCpu))
console.log(line('jobs', ({ jobs }) => jobs))
console.log(line('jobs: waiting for Ray', ({ waiting }) => waiting))
console.log(line('jobs: running', ({ running }) => running))
for (const row of [...split(taken, 'inJobs'), ...split(taken, 'inCommand')]) console.log(row)
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
const localMs = (value: (times: ScanTimes) => number): number =>
  (1000 * (median(taken[4]!.map(value)) - median(taken[5]!.map(value)))) / (TINY - LARGE)
console.log(
  `\n${TINY} shards by ${LARGE} on Ray: ${percent(ratio(wall, 0, 1))} more by the clock, ${percent(ratio(cpu, 0, 1))} processor time`,
)
console.log(
  `by default: ${percent(ratio(wall, 2, 1))} of the same large jobs by the clock, ${percent(ratio(cpu, 2, 1))} processor time`,
)
console.log(`local: ${localMs(wall).toFixed(2)} ms a shard by the clock, ${localMs(cpu).toFixed(2)} ms processor time`)
if (values.check && (ratio(wall, 0, 1) > BARS.ray || localMs(wall) > BARS.localMs)) process.exitCode = 1
