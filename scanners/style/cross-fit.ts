/** Models of sparse features by fold: a row is judged by the one that has not seen it. */
import { FOLDS } from './gather.js'
import { fitLogistic, logOdds, type SparseRows, type Weights } from './logistic.js'

export function zeroWeights({ width }: SparseRows): Weights[] {
  return Array.from({ length: FOLDS }, () => new Float64Array(width + 1))
}

/** One fold's model, from the rows of the others; its weights are where it starts, and the result. */
export function learnFold(
  folds: Uint8Array,
  features: SparseRows,
  targets: Float64Array,
  weights: Weights,
  fold: number,
  c: number,
  steps: number,
): void {
  const rows = Int32Array.from(targets.keys()).filter((i) => folds[i] !== fold)
  fitLogistic(features, rows, targets, weights, c, steps)
}

/** Log-odds of each row by the model of its fold. */
export function oddsByFold(folds: Uint8Array, features: SparseRows, weights: readonly Weights[]): Float64Array {
  return Float64Array.from(folds, (fold, i) => logOdds(features, weights[fold]!, i))
}
