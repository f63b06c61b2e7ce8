/** Where the ordinary tail of the scores ends. Scores are compared as logits, which are unbounded above. */

const BINS = 4096
/** With ψ ≥ 16, path lengths lie between 1 and depth + c(ψ), so that logits lie in about [−1.1, 2.7]. */
const LOW = -1.5
const HIGH = 3.5
const STEP = (HIGH - LOW) / BINS
/** Two quantiles of the upper tail that up to 2 % of outliers cannot move far, and the normal deviates of both. */
const SHOULDER = { p: 0.8, z: 0.8416 }
const TAIL = { p: 0.98, z: 2.0537 }
/** Fewer rows have no tail to speak of. */
export const MIN_ROWS = 100

/** Counts of scores; integers, so that they add up in any order. */
export function scoreHistogram(): Float64Array {
  return new Float64Array(BINS)
}

export function countScore(histogram: Float64Array, score: number): void {
  const bin = Math.max(0, Math.min(BINS - 1, Math.floor((logit(score) - LOW) / STEP)))
  histogram[bin] = histogram[bin]! + 1
}

/**
 * The score that `expected` ordinary rows in all are expected to exceed, if the upper tail goes on as a normal one does:
 * the line through the 80 % and 98 % quantiles of a normal plot, extended. Only the upper tail is fitted, as scores are
 * skewed. Null with fewer than {@link MIN_ROWS} rows.
 * @param expected in (0, 1]
 */
export function tailThreshold(histogram: Float64Array, expected: number): number | null {
  const rows = histogram.reduce((sum, count) => sum + count, 0)
  if (rows < MIN_ROWS) return null
  const shoulder = quantile(histogram, rows, SHOULDER.p)
  const tail = quantile(histogram, rows, TAIL.p)
  const perDeviate = Math.max(STEP, tail - shoulder) / (TAIL.z - SHOULDER.z)
  const end = tail + perDeviate * (normalDeviate(expected / rows) - TAIL.z)
  return 1 / (1 + Math.exp(-end))
}

/** Share of rows that score lower, counting half of the row itself: in (0, 1). `rank` 1 is the highest score. */
export function rankPercentile(rank: number, rows: number): number {
  return 1 - (rank - 0.5) / rows
}

/** z with upper tail probability p ≤ 0.01, within 1 % (the leading terms of the asymptotic expansion, Abramowitz & Stegun 26.2). */
function normalDeviate(p: number): number {
  const t = -2 * Math.log(p)
  return Math.sqrt(t - Math.log(t) - Math.log(2 * Math.PI))
}

function logit(score: number): number {
  return Math.log(score / (1 - score))
}

/** Upper edge of the bin that holds the quantile. */
function quantile(histogram: Float64Array, rows: number, p: number): number {
  let below = 0
  let bin = 0
  while (bin < BINS - 1 && below + histogram[bin]! < p * rows) below += histogram[bin++]!
  return LOW + (bin + 1) * STEP
}
