/**
 * Linear discriminant analysis with one covariance for all classes (Fisher 1936; Hastie, Tibshirani & Friedman, The Elements
 * of Statistical Learning, §4.3): two hundred labels need two hundred means, but one matrix.
 */
import { cholesky, dot, solveCholesky } from '../../src/math/linalg.js'
import { GRID, regularise, type Moments } from '../../src/math/moments.js'

/** Share of the mean variance added to the covariance. */
const RIDGE = 0.05

/** Sums of integer vectors of one class, over all of its rows and over the sample for second moments. Plain data. */
export interface ClassSum {
  count: number
  /** [dim] */
  readonly sum: Float64Array
  sampled: number
  /** [dim] */
  readonly sampleSum: Float64Array
}

export interface FoldSums {
  readonly all: Moments
  /** In the order of the labels. */
  readonly classes: readonly ClassSum[]
}

/** ln p(c | x) = weights_c · x + bias_c + constant. */
export interface Discriminants {
  /** [classes × dim] */
  readonly weights: Float64Array
  /** [classes]; −Infinity for a class without rows. */
  readonly bias: Float64Array
}

export function fitDiscriminants({ all, classes }: FoldSums, dim: number): Discriminants {
  const weights = new Float64Array(classes.length * dim)
  const bias = new Float64Array(classes.length).fill(-Infinity)
  if (all.count === 0) return { weights, bias }
  const factor = cholesky(regularise(withinCovariance(all, classes, dim), dim, RIDGE), dim)
  const centre = all.sum.map((sum) => sum / (all.count * GRID))
  classes.forEach(({ count, sum }, c) => {
    if (count === 0) return
    // From the centre of all rows, so that nothing large cancels.
    const shift = centre.map((middle, d) => sum[d]! / (count * GRID) - middle)
    const direction = solveCholesky(factor, dim, shift)
    weights.set(direction, c * dim)
    bias[c] = Math.log(count / all.count) - dot(direction, centre) - dot(direction, shift) / 2
  })
  return { weights, bias }
}

/** Pooled covariance within classes, [dim × dim], lower triangle: second moments less those of the class means. */
function withinCovariance(all: Moments, classes: readonly ClassSum[], dim: number): Float64Array {
  const within = Float64Array.from(all.gram)
  for (const { sampled, sampleSum } of classes) {
    if (sampled === 0) continue
    for (let a = 0; a < dim; a++) {
      const share = sampleSum[a]! / sampled
      for (let b = 0; b <= a; b++) within[a * dim + b] = within[a * dim + b]! - share * sampleSum[b]!
    }
  }
  const scale = Math.max(1, all.sampled) * GRID * GRID
  return within.map((value) => value / scale)
}
