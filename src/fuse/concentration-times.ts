/** Rows by when they were made: in all, and by finding. */
import { logBinomialTail } from '../math/stats.js'
import type { TimeGrid } from '../model/time-grid.js'
import { bucketsOf, bucketWidth, countsAt, mergeTimeGrids, timeGrid } from '../model/time-grid.js'
import type { Concentration, Place } from './concentration.js'
import { LEAST_ROWS, LEAST_SHARE } from './concentration.js'

export interface TimedRows {
  readonly grid: TimeGrid
  /** By finding, in no order. */
  readonly flagged: readonly TimedPlace[][]
}

interface TimedPlace extends Place {
  /** Seconds since 1970. */
  readonly instant: number
}

/** Half open, in seconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Lengths of windows, in buckets. */
const LENGTHS = Array.from({ length: 11 }, (_, i) => 2 ** i)
/** Among many windows some hold a little more than their share: a finding is denser than all rows by this factor at least. */
const LEAST_LIFT = 2

export function timedRows(findings: number): TimedRows {
  return { grid: timeGrid(1), flagged: Array.from({ length: findings }, () => []) }
}

/** @param findings those that flag the row */
export function countTimed({ grid, flagged }: TimedRows, instant: number, place: Place, findings: readonly number[]): void {
  const counts = countsAt(grid, instant)
  counts[0] = counts[0]! + 1
  for (const finding of findings) flagged[finding]!.push({ ...place, instant })
}

export function mergeTimedRows(into: TimedRows, from: TimedRows): void {
  mergeTimeGrids(into.grid, from.grid)
  from.flagged.forEach((places, finding) => {
    for (const place of places) into.flagged[finding]!.push(place)
  })
}

/** Tests that {@link commonSpan} makes over all findings. */
export function spanTests({ grid, flagged }: TimedRows): number {
  return flagged.some((places) => places.length > 0) ? flagged.length * grid.buckets.size * LENGTHS.length : 0
}

/** The span that the rows of a finding crowd into the most: an exact binomial tail below alpha over all spans of all findings. */
export function commonSpan(
  { grid, flagged }: TimedRows,
  finding: number,
  tests: number,
  alpha: number,
): (Concentration & { readonly span: Span }) | null {
  const places = flagged[finding]!
  if (places.length < LEAST_ROWS) return null
  const width = bucketWidth(grid)
  const own = sums(places.map(({ instant }) => [Math.floor(instant / width), 1]))
  const all = sums(bucketsOf(grid).map(({ bucket, counts }) => [bucket, counts[0]!]))
  let best: { start: number; length: number; share: number; logTail: number } | null = null
  for (const length of LENGTHS) {
    for (const start of own.keys) {
      const rows = within(own, start, start + length)
      const share = within(all, start, start + length) / all.total
      if (rows < LEAST_SHARE * places.length || rows < LEAST_LIFT * share * places.length) continue
      const logTail = logBinomialTail(places.length, rows, share) + Math.log(tests)
      if (best === null || logTail < best.logTail) best = { start, length, share, logTail }
    }
  }
  if (best === null || best.logTail > Math.log(alpha)) return null
  const span = { from: best.start * width, to: (best.start + best.length) * width }
  const inside = places.filter(({ instant }) => instant >= span.from && instant < span.to)
  return { span, places: inside, flagged: places.length, share: best.share, logTail: best.logTail }
}

/** Counts by bucket, ascending, with the sum of all before each. */
interface Sums {
  readonly keys: readonly number[]
  readonly before: readonly number[]
  readonly total: number
}

function sums(counts: readonly (readonly [number, number])[]): Sums {
  const byBucket = new Map<number, number>()
  for (const [bucket, count] of counts) byBucket.set(bucket, (byBucket.get(bucket) ?? 0) + count)
  const keys = [...byBucket.keys()].sort((a, b) => a - b)
  const before: number[] = []
  let total = 0
  for (const key of keys) {
    before.push(total)
    total += byBucket.get(key) ?? 0
  }
  return { keys, before, total }
}

/** The sum of buckets in [from, to). */
function within(sums: Sums, from: number, to: number): number {
  return sumBefore(sums, to) - sumBefore(sums, from)
}

function sumBefore({ keys, before, total }: Sums, bucket: number): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < bucket) low = middle + 1
    else high = middle
  }
  return before[low] ?? total
}
