/** Counts of margins: integers, so that they add up in any order. */

/** Margins are counted in steps of half a natural logarithm. */
export const STEP = 0.5
export const BINS = 32
/** No distribution of margins is narrower than this to speak of. */
const LEAST_DEVIATION = 0.25

export interface Tail {
  readonly rows: number
  readonly mean: number
  readonly deviation: number
  /** Σ e^−margin: what the probe itself expects of rows of the other class at such margins. */
  readonly natural: number
}

/** The bin of a margin ≥ 0; the last one holds all that are larger. */
export function binOf(margin: number): number {
  return Math.min(BINS - 1, Math.floor(margin / STEP))
}

/** Rows of margin `least` and more, a multiple of STEP. */
export function rowsFrom(histogram: Uint32Array, least: number): number {
  let rows = 0
  for (let bin = binOf(least); bin < BINS; bin++) rows += histogram[bin]!
  return rows
}

/** Margins beyond the last bin count as if in it: no row pulls the mean alone. */
export function tailFrom(histogram: Uint32Array, least: number): Tail {
  const rows = rowsFrom(histogram, least)
  let sum = 0
  let squares = 0
  let natural = 0
  for (let bin = binOf(least); bin < BINS; bin++) {
    const margin = (bin + 0.5) * STEP
    sum += margin * histogram[bin]!
    squares += margin * margin * histogram[bin]!
    natural += Math.exp(-margin) * histogram[bin]!
  }
  const mean = sum / Math.max(1, rows)
  const variance = Math.max(0, squares / Math.max(1, rows) - mean * mean)
  return { rows, mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(variance)), natural }
}
