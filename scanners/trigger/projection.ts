/** A few whitened coordinates of a vector: enough to see, for very many groups at once, whether their content is that of any rows. */
import { axesOfCovariance } from '../../src/math/principal-axes.js'
import { covarianceOf, GRID, meanOf, type Moments } from '../../src/math/moments.js'
import { marginOf } from './margin.js'

/** Leading directions: those that subjects differ in. */
export const AXES = 8
/** Coordinates are summed as integers of this many parts. */
const PARTS = 256
/** Beyond so many standard deviations a row counts no more: one odd row must not speak for its group. */
const LARGEST = 8

export interface Projection {
  readonly dim: number
  /** Row-major [AXES × dim], for integer vectors; rows of zeros where the data has fewer directions. */
  readonly weights: Float64Array
  readonly offsets: Float64Array
}

export function projectionOf(moments: Moments): Projection {
  const { dim } = moments
  const lower = covarianceOf(moments)
  const covariance = Float64Array.from(lower, (_, i) => {
    const [a, b] = [Math.floor(i / dim), i % dim]
    return b <= a ? lower[i]! : lower[b * dim + a]!
  })
  const { count, axes, offset, variances } = axesOfCovariance(covariance, meanOf(moments), AXES)
  const weights = new Float64Array(AXES * dim)
  const offsets = new Float64Array(AXES)
  for (let k = 0; k < count; k++) {
    const scale = 1 / Math.sqrt(Math.max(1e-12, variances[k]!))
    for (let d = 0; d < dim; d++) weights[k * dim + d] = (axes[k * dim + d]! * scale) / GRID
    offsets[k] = offset[k]! * scale
  }
  return { dim, weights, offsets }
}

/** One coordinate in place of all: how far a chosen output is preferred to the rejected one, as the rows' differences agree. */
export function marginProjection(differences: Moments): Projection {
  const { dim } = differences
  const { direction, mean, deviation } = marginOf(differences, meanOf(differences))
  const weights = new Float64Array(AXES * dim)
  for (let d = 0; d < dim; d++) weights[d] = direction[d]! / (deviation * GRID)
  const offsets = new Float64Array(AXES)
  offsets[0] = mean / deviation
  return { dim, weights, offsets }
}

/** Integer coordinates of an integer vector, into `out` from `at` on. */
export function projectInto({ dim, weights, offsets }: Projection, vector: Float64Array, out: Float64Array, at: number): void {
  for (let k = 0; k < AXES; k++) {
    let sum = -offsets[k]!
    for (let d = 0; d < dim; d++) sum += weights[k * dim + d]! * vector[d]!
    out[at + k] = Math.round(PARTS * Math.min(LARGEST, Math.max(-LARGEST, sum)))
  }
}

/** Standard errors of a group's mean from all rows' along the first direction. */
export function firstZ(sums: Float64Array, n: number, at = 0): number {
  return sums[at]! / (PARTS * Math.sqrt(n))
}

/** Squared shift of a group's mean beyond chance, per direction, in variances: 0 in the mean for a random draw of n rows. */
export function projectedEffect(sums: Float64Array, n: number, at = 0): number {
  let squares = 0
  for (let k = 0; k < AXES; k++) squares += (sums[at + k]! / (n * PARTS)) ** 2
  return squares / AXES - 1 / n
}
