/**
 * Time and memory against rows and processes: `node dist/bench/speed/growth.js [--jobs 1,2] [--out FOLDER] [ROWS…]`.
 * Writes a table, and the plot of it to `growth.svg` in the folder (bench/speed by default).
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../../src/paths.js'
import { ensureData } from './data.js'
import { drawGrowth, type GrowthPoint } from './growth-plot.js'
import { timeScan } from './time-scan.js'

const SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]

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

const points: GrowthPoint[] = []
console.log(`| rows | ${jobs.map((n) => `${n} job${n > 1 ? 's' : ''}: s | rows/s | peak MB`).join(' | ')} | first by last |`)
console.log(`| ---: | ${jobs.map(() => '---: | ---: | ---:').join(' | ')} | ---: |`)
for (const rows of sizes) {
  const file = await ensureData(rows)
  const own: GrowthPoint[] = []
  for (const n of jobs) {
    const { seconds, peakMegabytes } = await timeScan(file, ['--jobs', String(n)])
    own.push({ rows, jobs: n, seconds, megabytes: peakMegabytes })
  }
  points.push(...own)
  const cells = own.map(
    ({ seconds, megabytes }) =>
      `${seconds.toFixed(1)} | ${Math.round(rows / seconds)} | ${megabytes === null ? '?' : Math.round(megabytes)}`,
  )
  const gain = own.length > 1 ? (own[0]!.seconds / own.at(-1)!.seconds).toFixed(2) : '–'
  console.log(`| ${rows} | ${cells.join(' | ')} | ${gain} |`)
}
await writeFile(join(values.out, 'growth.svg'), drawGrowth(points))
