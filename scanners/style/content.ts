/** What a row's content says of its label: a linear discriminant between one label and the others, cross-fitted. */
import { cholesky, dot, solveCholesky } from '../../src/math/linalg.js'
import { regularise } from '../../src/math/moments.js'
import { FOLDS } from './gather.js'

/** Share of the mean variance added to the pooled covariance. */
const RIDGE = 0.1

/** The position of x is weights · x + bias: +1 at the mean of the label's rows, −1 at that of the others. */
export interface Content {
  readonly weights: Float64Array
  readonly bias: number
}

/** Rows in principal coordinates. */
export interface Points {
  readonly dim: number
  /** Row-major [rows × dim]. */
  readonly at: Float32Array
  readonly folds: Uint8Array
}

/**
 * A discriminant for each fold, from the rows of the others.
 * @param own whether a row has the label
 * @param weights of rows: 1 less the probability of being planted
 */
export function fitContent(points: Points, own: Uint8Array, weights: Float64Array): Content[] {
  const sums = Array.from({ length: FOLDS * 2 }, () => emptySum(points.dim))
  const rows = points.folds.length
  for (let i = 0; i < rows; i++) addPoint(sums[points.folds[i]! * 2 + own[i]!]!, points, i, weights[i]!)
  return Array.from({ length: FOLDS }, (_, left) => {
    const classes = [0, 1].map((side) => {
      const total = emptySum(points.dim)
      for (let f = 0; f < FOLDS; f++) if (f !== left) addSum(total, sums[f * 2 + side]!)
      return total
    })
    return discriminant(classes[0]!, classes[1]!, points.dim)
  })
}

export function margin({ weights, bias }: Content, points: Points, i: number): number {
  let sum = bias
  const at = i * points.dim
  for (let d = 0; d < points.dim; d++) sum += weights[d]! * points.at[at + d]!
  return sum
}

interface Sum {
  weight: number
  readonly sum: Float64Array
  /** Lower triangle. */
  readonly gram: Float64Array
}

function emptySum(dim: number): Sum {
  return { weight: 0, sum: new Float64Array(dim), gram: new Float64Array(dim * dim) }
}

function addPoint(into: Sum, { dim, at }: Points, i: number, weight: number): void {
  const { sum, gram } = into
  into.weight += weight
  const start = i * dim
  for (let a = 0; a < dim; a++) {
    const value = weight * at[start + a]!
    sum[a] = sum[a]! + value
    const row = a * dim
    for (let b = 0; b <= a; b++) gram[row + b] = gram[row + b]! + value * at[start + b]!
  }
}

function addSum(into: Sum, from: Sum): void {
  into.weight += from.weight
  for (let i = 0; i < into.sum.length; i++) into.sum[i] = into.sum[i]! + from.sum[i]!
  for (let i = 0; i < into.gram.length; i++) into.gram[i] = into.gram[i]! + from.gram[i]!
}

function discriminant(others: Sum, own: Sum, dim: number): Content {
  const within = new Float64Array(dim * dim)
  const total = Math.max(1e-9, others.weight + own.weight)
  const means = [others, own].map(({ weight, sum }) => sum.map((value) => value / Math.max(1e-9, weight)))
  for (const [k, { weight, gram }] of [others, own].entries()) {
    const mean = means[k]!
    for (let a = 0; a < dim; a++)
      for (let b = 0; b <= a; b++)
        within[a * dim + b] = within[a * dim + b]! + (gram[a * dim + b]! - weight * mean[a]! * mean[b]!) / total
  }
  const difference = means[1]!.map((value, d) => value - means[0]![d]!)
  const direction = solveCholesky(cholesky(regularise(within, dim, RIDGE), dim), dim, difference)
  const separation = Math.max(1e-9, dot(direction, difference))
  const weights = direction.map((value) => (2 * value) / separation)
  const middle = means[1]!.map((value, d) => (value + means[0]![d]!) / 2)
  return { weights, bias: -dot(weights, middle) }
}
