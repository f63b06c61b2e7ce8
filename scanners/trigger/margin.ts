/** The direction in which chosen and rejected responses differ: what the data prefers. */
import { cholesky, dot, solveCholesky } from '../../src/math/linalg.js'
import { covarianceOf, regularise, type Moments } from '../../src/math/moments.js'

/** Share of the mean variance added to the covariance: most directions say nothing of what is preferred. */
const RIDGE = 1

export interface Margin {
  /** [dim] */
  readonly direction: Float64Array
  /** Of a row's margin over all rows. */
  readonly mean: number
  readonly deviation: number
}

/**
 * @param differences of chosen and rejected vectors: their covariance
 * @param mean of the rows that teach the direction, [dim]
 */
export function marginOf(differences: Moments, mean: Float64Array): Margin {
  const { dim } = differences
  const covariance = covarianceOf(differences)
  const direction = solveCholesky(cholesky(regularise(covariance, dim, RIDGE), dim), dim, mean)
  const deviation = Math.sqrt(Math.max(1e-24, quadratic(covariance, direction, dim)))
  return { direction, mean: dot(direction, mean), deviation }
}

/** wᵀ C w, C given by its lower triangle. */
function quadratic(lower: Float64Array, w: Float64Array, dim: number): number {
  let sum = 0
  for (let a = 0; a < dim; a++) {
    for (let b = 0; b < a; b++) sum += 2 * lower[a * dim + b]! * w[a]! * w[b]!
    sum += lower[a * dim + a]! * w[a]! ** 2
  }
  return sum
}
