/** Logistic regression on sparse binary features. */

/** Rows of feature indices in compressed form: those of row i are columns[starts[i]] to columns[starts[i + 1]]. */
export interface SparseRows {
  readonly starts: Int32Array
  readonly columns: Int32Array
  /** Number of features. */
  readonly width: number
}

export function sparseRows(lists: readonly (readonly number[])[], width: number): SparseRows {
  const starts = new Int32Array(lists.length + 1)
  lists.forEach((list, i) => (starts[i + 1] = starts[i]! + list.length))
  const columns = new Int32Array(starts[lists.length]!)
  lists.forEach((list, i) => {
    columns.set(list, starts[i])
  })
  return { starts, columns, width }
}

/** Weights of features, then the intercept: [width + 1]. */
export type Weights = Float64Array

export function logOdds({ starts, columns, width }: SparseRows, weights: Weights, row: number): number {
  let sum = weights[width]!
  for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += weights[columns[at]!]!
  return sum
}

const MEMORY = 6
const ENOUGH = 1e-3

/**
 * Minimises ½‖w‖² + C Σ −z ln p − (1 − z) ln(1 − p) by L-BFGS (Nocedal & Wright, Numerical Optimization, algorithm 7.4),
 * the intercept unpenalised. Deterministic.
 * @param rows which rows to learn from
 * @param targets z of every row, in [0, 1]
 * @param weights where to start, and the result
 * @param iterations at most
 */
export function fitLogistic(
  data: SparseRows,
  rows: Int32Array,
  targets: Float64Array,
  weights: Weights,
  c: number,
  iterations: number,
): void {
  const size = weights.length
  let gradient = new Float64Array(size)
  let loss = lossOf(data, rows, targets, weights, c, gradient)
  const enough = ENOUGH * Math.max(1e-6, c * rows.length) * ENOUGH
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = []
  for (let iteration = 0; iteration < iterations; iteration++) {
    const direction = descent(gradient, steps, c * rows.length)
    const slope = inner(direction, gradient)
    if (-slope < enough) return
    let step = 1
    const next = new Float64Array(size)
    const nextGradient = new Float64Array(size)
    let nextLoss = Infinity
    for (; step > 1e-6; step /= 2) {
      for (let j = 0; j < size; j++) next[j] = weights[j]! + step * direction[j]!
      nextLoss = lossOf(data, rows, targets, next, c, nextGradient)
      if (nextLoss <= loss + 1e-4 * step * slope) break
    }
    if (!(nextLoss < loss)) return
    const s = difference(next, weights)
    const y = difference(nextGradient, gradient)
    const curvature = inner(s, y)
    if (curvature > 0) steps.push({ s, y, rho: 1 / curvature })
    if (steps.length > MEMORY) steps.shift()
    weights.set(next)
    gradient = nextGradient
    loss = nextLoss
  }
}

/** Two loops over the last steps: minus the gradient, times an estimate of the inverse Hessian. */
function descent(gradient: Float64Array, steps: readonly { s: Float64Array; y: Float64Array; rho: number }[], scale: number) {
  const direction = new Float64Array(gradient.length)
  for (let j = 0; j < direction.length; j++) direction[j] = -gradient[j]!
  const shares: number[] = []
  for (let k = steps.length - 1; k >= 0; k--) {
    const { s, y, rho } = steps[k]!
    const share = rho * inner(s, direction)
    shares[k] = share
    for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! - share * y[j]!
  }
  const last = steps[steps.length - 1]
  const first = last === undefined ? 1 / Math.max(1, 0.05 * scale) : 1 / (last.rho * inner(last.y, last.y))
  for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! * first
  for (const [k, { s, y, rho }] of steps.entries()) {
    const share = shares[k]! - rho * inner(y, direction)
    for (let j = 0; j < direction.length; j++) direction[j] = direction[j]! + share * s[j]!
  }
  return direction
}

/** @param gradient filled */
function lossOf(
  data: SparseRows,
  rows: Int32Array,
  targets: Float64Array,
  weights: Weights,
  c: number,
  gradient: Float64Array,
): number {
  const { starts, columns, width } = data
  let squares = 0
  for (let j = 0; j < width; j++) {
    squares += weights[j]! * weights[j]!
    gradient[j] = weights[j]!
  }
  gradient[width] = 0
  let sum = 0
  for (const row of rows) {
    const odds = logOdds(data, weights, row)
    const tail = Math.exp(-Math.abs(odds))
    const target = targets[row]!
    sum += Math.max(odds, 0) + Math.log1p(tail) - target * odds
    const error = c * ((odds > 0 ? 1 / (1 + tail) : tail / (1 + tail)) - target)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) gradient[columns[at]!] = gradient[columns[at]!]! + error
    gradient[width] = gradient[width] + error
  }
  return squares / 2 + c * sum
}

/** a − b: a plain loop, many times faster than `map` with a function. */
function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length)
  for (let j = 0; j < out.length; j++) out[j] = a[j]! - b[j]!
  return out
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}
