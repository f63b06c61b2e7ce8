/**
 * Times scans: `node dist/bench/speed/run.js [--quick] [--check] [--slack F] [-- SCAN FLAGS]`. Each data set is scanned by
 * the three scanners that the bars were set for, and by all: in at most twice the time that those three took.
 * `--quick` scans a tenth of the large data set; `--check` ends with exit code 1 when a bar is missed by more than the
 * factor `--slack` (1 by default; CI machines are shared, so CI allows 2 and shows what was missed).
 */
import { parseArgs } from 'node:util'
import { ensureData, SIZES } from './data.js'
import { timeScan } from './time-scan.js'
import type { Timing } from './time-scan.js'

interface Case {
  readonly rows: number
  /** Bars, on two cores. */
  readonly seconds: number
  readonly megabytes: number
  readonly firstProgressSeconds: number
}

const SMALL: Case = { rows: SIZES.small, seconds: 8, megabytes: 2048, firstProgressSeconds: 2 }
const LARGE: Case = { rows: SIZES.large, seconds: 120, megabytes: 2048, firstProgressSeconds: 2 }
/** A tenth of the rows in a sixth of the time: what a scan costs whatever its size weighs more here. */
const TENTH: Case = { rows: SIZES.large / 10, seconds: 20, megabytes: 2048, firstProgressSeconds: 2 }

const MAIN = ['trigger', 'outlier', 'provenance']
const MOST_TIMES_MAIN = 2

function misses(bars: Case, timing: Timing, slack: number): string[] {
  const checks: readonly (readonly [what: string, value: number | null, bar: number])[] = [
    ['seconds', timing.seconds, bars.seconds * slack],
    ['peak MB', timing.peakMegabytes, bars.megabytes],
    ['first progress s', timing.firstProgressSeconds, bars.firstProgressSeconds * slack],
  ]
  return checks.filter(([, value, bar]) => value !== null && value > bar).map(([what]) => what)
}

const decimal = (value: number): string => value.toFixed(1)

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    slack: { type: 'string', default: '1' },
  },
  allowPositionals: true,
})
console.log('| rows | scanners | seconds (bar) | rows/s | peak MB (bar) | first progress s (bar) | verdict | missed |')
console.log('| ---: | --- | ---: | ---: | ---: | ---: | --- | --- |')
let missed = 0

function tell(scanners: string, bars: Case, timing: Timing): void {
  const over = misses(bars, timing, 1)
  missed += misses(bars, timing, Number(values.slack)).length
  const cells = [
    bars.rows,
    scanners,
    `${decimal(timing.seconds)} (${decimal(bars.seconds)})`,
    Math.round(bars.rows / timing.seconds),
    `${timing.peakMegabytes === null ? '?' : Math.round(timing.peakMegabytes)} (${bars.megabytes})`,
    `${decimal(timing.firstProgressSeconds)} (${bars.firstProgressSeconds})`,
    timing.verdict,
    over.join(', ') || 'none',
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

for (const bars of [SMALL, values.quick ? TENTH : LARGE]) {
  const data = await ensureData(bars.rows)
  const main = await timeScan(data, [...positionals, '--scanners', MAIN.join(',')])
  tell('three', bars, main)
  const all = await timeScan(data, positionals)
  tell('all', { ...bars, seconds: MOST_TIMES_MAIN * main.seconds }, all)
}
if (values.check && missed > 0) process.exitCode = 1
