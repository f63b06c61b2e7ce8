/**
 * Linear discriminants between one class and the others, on embeddings (Fisher 1936; with the pooled covariance it is the
 * ridge probe of the same targets up to scale). Positions are in units where the class's mean is +1 and the others' is −1.
 */
import { dot, minus, solvable, solve, type Solvable } from './linalg.js'
import { addInto, covarianceOf, GRID, meanOf, regularise, type Moments } from './moments.js'

/** Share of the mean variance added to the pooled covariance. */
const RIDGE = 0.1

export interface Discriminant {
  /** Position of x is weights · x + bias. */
  readonly weights: Float64Array
  readonly bias: number
  /** Squared Mahalanobis distance between the two means: how well content tells the classes apart. */
  readonly separation: number
}

/** The covariance within classes. */
export function withinClasses(classes: readonly Moments[], dim: number): Solvable {
  const pooled = new Float64Array(dim * dim)
  const rows = classes.reduce((sum, moments) => sum + moments.sampled, 0)
  for (const moments of classes) {
    const covariance = covarianceOf(moments)
    const weight = moments.sampled / Math.max(1, rows)
    for (let i = 0; i < pooled.length; i++) pooled[i] = pooled[i]! + weight * covariance[i]!
  }
  return solvable(regularise(pooled, dim, RIDGE), dim)
}

/** @param within covariance within classes */
export function discriminantOf(within: Solvable, target: Moments, others: readonly Moments[]): Discriminant {
  const mean = meanOf(target)
  const elsewhere = pooledMean(others, target.dim)
  const difference = minus(mean, elsewhere)
  const direction = solve(within, difference)
  const separation = Math.max(1e-9, dot(direction, difference))
  const weights = direction.map((value) => (2 * value) / separation)
  const middle = mean.map((value, d) => (value + elsewhere[d]!) / 2)
  return { weights, bias: -dot(weights, middle), separation }
}

/** Mean of several classes' rows together, [dim]; cheaper than pooling all of their moments. */
function pooledMean(classes: readonly Moments[], dim: number): Float64Array {
  const sum = new Float64Array(dim)
  let count = 0
  for (const moments of classes) {
    count += moments.count
    addInto(sum, moments.sum)
  }
  return sum.map((value) => value / (Math.max(1, count) * GRID))
}

/**
 * How many standard errors the mean position of n rows of a class lies below the class's own mean.
 * Within a class, a row's position has mean 1 and variance 4 / separation.
 */
export function contradiction(position: number, n: number, separation: number): number {
  return (position - 1) * Math.sqrt(n * separation) * 0.5
}
