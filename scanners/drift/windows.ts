/** The scan statistic: of all windows and features, the one that chance explains least. */
import { FAMILIES, type Family } from './layout.js'
import { countOf, LEAST_ROWS, rowsOf, totalOf, type Stretch } from './stretch.js'

/** Half of alpha is for the scan, in equal parts for the families; later scans are made only where there is something to find. */
const HALVES = 2
/** Windows grow by this, and begin at each quarter of their length (Arias-Castro, Donoho & Huo 2005: few stand for all). */
const GROWTH = 4 / 3
const STEPS = 4
/** Of the rows: what is more than half is the rest. */
const LARGEST = 0.5

/** Places [from, to) of a stretch. */
export interface Window {
  readonly from: number
  readonly to: number
}

export interface Hit extends Window {
  readonly feature: number
  /** ln of the bound on the probability, times all that was tried; negative where it is below alpha. */
  readonly excess: number
}

/**
 * ln of Hoeffding's bound on P(X ≥ k), X the rows with a feature among n drawn without replacement where a share p has it
 * (Hoeffding 1963, theorems 1 and 4): −n KL(k/n ‖ p).
 */
export function logBound(n: number, k: number, p: number): number {
  if (k <= n * p) return 0
  const others = n - k
  return k * Math.log((n * p) / k) + (others > 0 ? others * Math.log((n * (1 - p)) / others) : 0)
}

/** The windows that are tried: none spans a cell that was left out. */
export function windowsOf(stretch: Stretch): Window[] {
  const { cells, rows } = stretch
  const windows: Window[] = []
  for (let length = 1; length <= cells.length * LARGEST; length = Math.max(length + 1, Math.floor(length * GROWTH))) {
    const step = Math.max(1, Math.floor(length / STEPS))
    const last = cells.length - length
    for (let at = 0; at <= last; at = at === last ? last + 1 : Math.min(last, at + step)) {
      const n = rowsOf(stretch, at, at + length)
      const isWhole = cells[at + length - 1]! - cells[at]! === length - 1
      if (isWhole && n >= LEAST_ROWS && n <= LARGEST * rows) windows.push({ from: at, to: at + length })
    }
  }
  return windows
}

/** ln of how many tests a feature's family makes, over its part of alpha. */
function penalty({ tested }: Stretch, family: Family, windows: number, alpha: number): number {
  return Math.log((HALVES * FAMILIES.length * Math.max(1, windows) * Math.max(1, tested[family].length)) / alpha)
}

/** The least likely window; null where none is beyond chance. */
export function leastLikely(stretch: Stretch, windows: readonly Window[], alpha: number): Hit | null {
  const tried: Tried = {
    from: Int32Array.from(windows, ({ from }) => from),
    to: Int32Array.from(windows, ({ to }) => to),
    rows: Float64Array.from(windows, ({ from, to }) => rowsOf(stretch, from, to)),
    roots: Float64Array.from(windows, ({ from, to }) => Math.sqrt(rowsOf(stretch, from, to))),
  }
  let best: Hit | null = null
  for (const family of FAMILIES) {
    const charge = penalty(stretch, family, windows.length, alpha)
    for (const feature of stretch.tested[family]) {
      const { w, excess } = leastLikelyOf(stretch, tried, feature, charge)
      if (excess < (best?.excess ?? 0)) best = { ...windows[w]!, feature, excess }
    }
  }
  return best
}

/** The windows in columns. */
interface Tried {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly rows: Float64Array
  readonly roots: Float64Array
}

function leastLikelyOf(
  stretch: Stretch,
  { from, to, rows, roots }: Tried,
  feature: number,
  charge: number,
): { w: number; excess: number } {
  const length = stretch.cells.length + 1
  const before = stretch.before.subarray(feature * length, (feature + 1) * length)
  const p = totalOf(stretch, feature) / stretch.rows
  // Cheap, and true of all that is beyond chance: KL(q ‖ p) ≤ (q − p)² / (p (1 − p)).
  const slope = Math.sqrt(charge * p * (1 - p))
  let best = { w: -1, excess: 0 }
  for (let w = 0; w < rows.length; w++) {
    const k = before[to[w]!]! - before[from[w]!]!
    if (k < LEAST_ROWS || k < rows[w]! * p + slope * roots[w]!) continue
    const excess = logBound(rows[w]!, k, p) + charge
    if (excess < best.excess) best = { w, excess }
  }
  return best
}

/** The features that set a window apart beyond chance, the most telling first. */
export function tellingOf(
  stretch: Stretch,
  window: Window,
  windows: number,
  alpha: number,
): { feature: number; excess: number }[] {
  const n = rowsOf(stretch, window.from, window.to)
  const telling: { feature: number; excess: number }[] = []
  for (const family of FAMILIES) {
    const charge = penalty(stretch, family, windows, alpha)
    for (const feature of stretch.tested[family]) {
      const excess =
        logBound(n, countOf(stretch, feature, window.from, window.to), totalOf(stretch, feature) / stretch.rows) + charge
      if (excess < 0) telling.push({ feature, excess })
    }
  }
  return telling.sort((a, b) => a.excess - b.excess || a.feature - b.feature)
}
