/**
 * Time and memory against rows, processes and cores: `node dist/bench/speed/growth.js [--jobs 1,2] [--out FOLDER] [ROWS…]`.
 * Writes a table, and the plot of it to `growth.svg` in the folder (bench/speed by default). One job keeps more than one core
 * busy, since its parent merges beside it; where `taskset` can hold a scan to one core, it is timed so as well.
 */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../../src/paths.js'
import { ensureData } from './data.js'
import { drawGrowth, type GrowthPoint } from './growth-plot.js'
import { timeScan } from './time-scan.js'

const SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
const ONE_CORE = ['taskset', '-c', '0']

interface Way {
  readonly name: string
  readonly jobs: number
  /** What the scan is started by, to hold it to some cores; empty for none. */
  readonly prefix: readonly string[]
}

const { values, positionals } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1,2' },
    out: { type: 'string', default: join(packageRoot, 'bench', 'speed') },
  },
  allowPositionals: true,
})
const sizes = positionals.length > 0 ? positionals.map(Number) : SIZES
const jobs = values.jobs.split(',').map(Number)
if (![...sizes, ...jobs].every((n) => Number.isInteger(n) && n > 0)) throw new Error('growth: give whole numbers')
const ways: Way[] = jobs.map((n) => ({ name: n === 1 ? '1 job' : `${n} jobs`, jobs: n, prefix: [] }))
if (canBeHeld()) ways.unshift({ name: '1 core', jobs: 1, prefix: ONE_CORE })

const points: GrowthPoint[] = []
const gains = ways.slice(0, -1).map(({ name }) => `${name} by ${ways.at(-1)!.name}`)
console.log(`| rows | ${[...ways.map(({ name }) => `${name}: s | rows/s | peak MB`), ...gains].join(' | ')} |`)
console.log(`| ---: | ${[...ways.map(() => '---: | ---: | ---:'), ...gains.map(() => '---:')].join(' | ')} |`)
for (const rows of sizes) {
  const file = await ensureData(rows)
  const own: GrowthPoint[] = []
  for (const { name, jobs, prefix } of ways) {
    const { seconds, peakMegabytes } = await timeScan(file, ['--jobs', String(jobs)], prefix)
    own.push({ rows, way: name, seconds, megabytes: peakMegabytes })
  }
  points.push(...own)
  const cells = own.map(
    ({ seconds, megabytes }) =>
      `${seconds.toFixed(1)} | ${Math.round(rows / seconds)} | ${megabytes === null ? '?' : Math.round(megabytes)}`,
  )
  const gained = own.slice(0, -1).map(({ seconds }) => (seconds / own.at(-1)!.seconds).toFixed(2))
  console.log(`| ${[rows, ...cells, ...gained].join(' | ')} |`)
}
await writeFile(join(values.out, 'growth.svg'), drawGrowth(points))

function canBeHeld(): boolean {
  const [command, ...args] = ONE_CORE
  return spawnSync(command!, [...args, 'true']).status === 0
}
