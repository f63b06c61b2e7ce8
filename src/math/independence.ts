/**
 * Content independence: is a group of rows a random draw from a reference, as rows that an attacker picked are,
 * or does it have a subject of its own, as rows that share a natural word do?
 */
import { dot, downdated, solvable, solve, type Solvable } from './linalg.js'
import { covarianceOf, regularise, type Moments } from './moments.js'

/** Share of the mean variance added to the diagonal: the leading directions carry subjects, the rest is noise. */
const RIDGE = 1

export interface Independence {
  /** Standard deviations of T² above what a random draw gives. */
  readonly z: number
  /** Squared shift of the mean beyond chance, as a share of the reference's own spread. Does not grow with n. */
  readonly effect: number
  /** What `effect` may be at most, one-sided 95 %. */
  readonly effectAtMost: number
}

/** A reference's geometry, factored once for several groups. */
export interface Reference {
  readonly covariance: Solvable
  /** Mean and variance of T² for a random draw: effective dimensions under the ridge. */
  readonly expected: number
  readonly variance: number
}

/** @param reference moments whose covariance measures distances */
export function referenceOf(reference: Moments): Reference {
  const { dim } = reference
  const covariance = covarianceOf(reference)
  const ridged = regularise(covariance, dim, RIDGE)
  const solver = solvable(ridged, dim)
  const ridge = dim === 0 ? 0 : ridged[0]! - covariance[0]!
  // With A = Σ + λI and M = Σ A⁻¹ = I − λA⁻¹: E[T²] = tr M, Var[T²] = 2 tr M² (quadratic form of a normal vector).
  let trace = 0
  let squares = 0
  for (let i = 0; i < dim; i++) {
    const unit = new Float64Array(dim)
    unit[i] = 1
    const column = solve(solver, unit)
    trace += column[i]!
    squares += dot(column, column)
  }
  return {
    covariance: solver,
    expected: dim - ridge * trace,
    variance: 2 * (dim - 2 * ridge * trace + ridge * ridge * squares),
  }
}

/**
 * @param shift mean of the group minus mean of the reference, [dim]
 * @param rows in the group
 * @param others rows that the reference's mean is over: it has an error of its own
 */
export function independence(reference: Reference, shift: Float64Array, rows: number, others = Infinity): Independence {
  const { covariance, expected, variance } = reference
  const n = 1 / (1 / rows + 1 / others)
  const t2 = n * dot(shift, solve(covariance, shift))
  const effect = (t2 - expected) / (n * expected)
  // A noncentral quadratic form: its variance grows by four times the shift's own share.
  const deviation = Math.sqrt(variance + 4 * Math.max(0, t2 - expected))
  return { z: (t2 - expected) / Math.sqrt(variance), effect, effectAtMost: (t2 - expected + 1.645 * deviation) / (n * expected) }
}

/** The reference as it were had a group not shaped it: a share p of the rows at distance δ adds p (1 − p) δδᵀ to the covariance. */
export function referenceWithout(reference: Reference, shift: Float64Array, share: number): Reference {
  return { ...reference, covariance: downdated(reference.covariance, shift, share * (1 - share)) }
}
