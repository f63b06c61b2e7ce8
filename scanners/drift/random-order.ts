/**
 * Do rows stand in random order? The index of dispersion (Fisher 1925) of each feature's counts over groups of cells has
 * mean 1 where they do, exactly, however features go together in a row; a group's mean over features is one observation,
 * and the groups give the standard error themselves.
 */
import { logNormalTail } from '../../src/math/stats.js'
import { FAMILIES } from './layout.js'
import { countOf, rowsOf, totalOf, type Stretch } from './stretch.js'
import type { Window } from './windows.js'

/** Rows of a group, and groups at the coarsest: neighbours that are alike, runs of one subject, a slow drift. */
const GROUP_ROWS = [8, 32]
const FEWEST_GROUPS = 16
/** Of a feature in a group; below it a count says next to nothing. */
const EXPECTED = 0.25
/** Random order is claimed, not only not denied: what one shuffled file in ten would show is doubt enough. */
const DOUBT = 10

/** Greatest z over families and scales, and whether it is no reason to doubt that rows are in random order. */
export interface Order {
  readonly z: number
  readonly isRandom: boolean
}

export function orderOf(stretch: Stretch, alpha: number): Order {
  const counts = [...GROUP_ROWS.map((rows) => stretch.rows / rows), FEWEST_GROUPS]
  const scales = counts.filter((count) => count >= FEWEST_GROUPS).map((count) => groupsOf(stretch, count))
  const zs = FAMILIES.filter((family) => stretch.tested[family].length > 0).flatMap((family) =>
    scales.map((groups) => {
      const draws = groups.map((group) => drawOf(stretch, group))
      const size = stretch.rows / groups.length
      return standardised(draws.map((draw) => dispersion(stretch, draw, stretch.tested[family], size)).filter(isNumber))
    }),
  )
  const z = Math.max(0, ...zs)
  return { z, isRandom: Math.log(zs.length) + logNormalTail(-z) > Math.log(DOUBT * alpha) }
}

/** Runs of cells of about equal length. */
export function groupsOf({ cells }: Stretch, count: number): Window[] {
  const length = Math.max(1, Math.ceil(cells.length / count))
  return Array.from({ length: Math.ceil(cells.length / length) }, (_, g) => ({
    from: g * length,
    to: Math.min(cells.length, (g + 1) * length),
  }))
}

/** Of n rows, those with a feature. */
export interface Draw {
  readonly n: number
  readonly count: (feature: number) => number
  /** Whether they are rows of the stretch, or others to be held against it. */
  readonly isOfStretch: boolean
}

export function drawOf(stretch: Stretch, { from, to }: Window): Draw {
  return { n: rowsOf(stretch, from, to), count: (feature) => countOf(stretch, feature, from, to), isOfStretch: true }
}

/**
 * Mean over features of (k − np)² over its variance in a random draw; NaN where no feature counts.
 * @param size rows that a feature must be expected once in, to count
 */
export function dispersion(stretch: Stretch, { n, count, isOfStretch }: Draw, features: Int32Array, size: number): number {
  const { rows } = stretch
  const finite = isOfStretch ? (rows - n) / (rows - 1) : (rows + n) / rows
  let sum = 0
  let used = 0
  for (const feature of features) {
    const p = totalOf(stretch, feature) / rows
    if (p * size < EXPECTED || (1 - p) * size < EXPECTED) continue
    const surplus = count(feature) - n * p
    sum += (surplus * surplus) / (n * p * (1 - p) * finite)
    used++
  }
  return used === 0 || n === 0 || finite <= 0 ? NaN : sum / used
}

/** How far the mean of the groups is above 1, in standard errors; 0 where there are too few. */
function standardised(values: readonly number[]): number {
  if (values.length < FEWEST_GROUPS / 2) return 0
  const { mean, deviation } = momentsOf(values)
  return deviation === 0 ? 0 : ((mean - 1) * Math.sqrt(values.length)) / deviation
}

export function momentsOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) }
}

const isNumber = (value: number): boolean => !Number.isNaN(value)
