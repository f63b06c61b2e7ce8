/**
 * Counts by time in bounded memory: buckets of equal width, laid from 1970 on. The width is the smallest in a fixed chain with
 * which the rows fill no more than {@link MOST_BUCKETS}; as each width divides the next, that holds whatever the order of rows
 * and merges. Only buckets with rows count, so that a few wrong dates far off cost no precision.
 */

/** Seconds: 1, 5 and 15 minutes, 1, 3, 6 and 12 hours, then 1 day doubled up to 4,096. */
const WIDTHS: readonly number[] = [
  60,
  300,
  900,
  3600,
  10_800,
  21_600,
  43_200,
  ...Array.from({ length: 13 }, (_, i) => 86_400 * 2 ** i),
]
const MOST_BUCKETS = 1024

/** Plain data. */
export interface TimeGrid {
  /** Index into the chain of widths. */
  level: number
  /** By bucket: the counts, [cells]. */
  buckets: Map<number, Uint32Array>
  readonly cells: number
}

/** @param cells counts of a bucket */
export function timeGrid(cells: number): TimeGrid {
  return { level: 0, buckets: new Map(), cells }
}

/** Seconds. */
export function bucketWidth({ level }: TimeGrid): number {
  return WIDTHS[level] ?? Infinity
}

/** The counts of the bucket that an instant falls into, [cells], to be added to at once: the next call may replace them. */
export function countsAt(grid: TimeGrid, instant: number): Uint32Array {
  for (;;) {
    const bucket = Math.floor(instant / bucketWidth(grid))
    const known = grid.buckets.get(bucket)
    if (known !== undefined) return known
    const fresh = new Uint32Array(grid.cells)
    grid.buckets.set(bucket, fresh)
    if (grid.buckets.size <= MOST_BUCKETS) return fresh
    coarsen(grid)
  }
}

/** Buckets with rows, in order of time. */
export function bucketsOf({ buckets }: TimeGrid): readonly { readonly bucket: number; readonly counts: Uint32Array }[] {
  return [...buckets].map(([bucket, counts]) => ({ bucket, counts })).sort((a, b) => a.bucket - b.bucket)
}

export function mergeTimeGrids(into: TimeGrid, from: TimeGrid): void {
  while (into.level < from.level) widen(into)
  const width = bucketWidth(from)
  for (const [bucket, counts] of from.buckets) addCounts(countsAt(into, bucket * width), counts)
}

/** To the next width with which the buckets are few enough. */
function coarsen(grid: TimeGrid): void {
  while (grid.buckets.size > MOST_BUCKETS && grid.level + 1 < WIDTHS.length) widen(grid)
}

function widen(grid: TimeGrid): void {
  const width = bucketWidth(grid)
  grid.level++
  const wider = new Map<number, Uint32Array>()
  for (const [bucket, counts] of grid.buckets) {
    const at = Math.floor((bucket * width) / bucketWidth(grid))
    const known = wider.get(at)
    if (known === undefined) wider.set(at, counts)
    else addCounts(known, counts)
  }
  grid.buckets = wider
}

function addCounts(into: Uint32Array, from: Uint32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + from[i]!
}
