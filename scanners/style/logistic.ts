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
 * the intercept unpenalised. Deterministic. Log-odds are linear in the weights: along a direction they are known from its own, so
 * that a step that is tried costs no look at the features.
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
  const wanted = new Float64Array(rows.length)
  for (let i = 0; i < wanted.length; i++) wanted[i] = targets[rows[i]!]!
  const odds = oddsOfAll(data, weights, rows)
  let loss = penalty(weights, weights) / 2 + c * surprise(odds, odds, 0, wanted)
  let gradient = gradientAt(data, rows, odds, wanted, weights, c)
  const enough = ENOUGH * Math.max(1e-6, c * rows.length) * ENOUGH
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = []
  for (let iteration = 0; iteration < iterations; iteration++) {
    const direction = descent(gradient, steps, c * rows.length)
    const slope = inner(direction, gradient)
    if (-slope < enough) return
    const along = oddsOfAll(data, direction, rows)
    const [squares, mixed, own] = [penalty(weights, weights), penalty(weights, direction), penalty(direction, direction)]
    let step = 1
    let nextLoss = Infinity
    for (; step > 1e-6; step /= 2) {
      nextLoss = squares / 2 + step * mixed + (step * step * own) / 2 + c * surprise(odds, along, step, wanted)
      if (nextLoss <= loss + 1e-4 * step * slope) break
    }
    if (!(nextLoss < loss)) return
    loss = nextLoss
    const s = direction
    for (let j = 0; j < weights.length; j++) {
      s[j] = step * s[j]!
      weights[j] = weights[j]! + s[j]!
    }
    for (let i = 0; i < odds.length; i++) odds[i] = odds[i]! + step * along[i]!
    const nextGradient = gradientAt(data, rows, odds, wanted, weights, c)
    const y = difference(nextGradient, gradient)
    const curvature = inner(s, y)
    if (curvature > 0) steps.push({ s, y, rho: 1 / curvature })
    if (steps.length > MEMORY) steps.shift()
    gradient = nextGradient
  }
}

function oddsOfAll(data: SparseRows, weights: Weights, rows: Int32Array): Float64Array {
  const odds = new Float64Array(rows.length)
  for (let i = 0; i < odds.length; i++) odds[i] = logOdds(data, weights, rows[i]!)
  return odds
}

/** Product of weights, without the intercept's. */
function penalty(a: Weights, b: Weights): number {
  let sum = 0
  for (let j = 0; j < a.length - 1; j++) sum += a[j]! * b[j]!
  return sum
}

/** Sum over rows of −z ln p − (1 − z) ln(1 − p), at log-odds of so far and a step along others. */
function surprise(odds: Float64Array, along: Float64Array, step: number, wanted: Float64Array): number {
  let sum = 0
  for (let i = 0; i < odds.length; i++) {
    const value = odds[i]! + step * along[i]!
    sum += Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - wanted[i]! * value
  }
  return sum
}

function gradientAt(
  { starts, columns, width }: SparseRows,
  rows: Int32Array,
  odds: Float64Array,
  wanted: Float64Array,
  weights: Weights,
  c: number,
): Float64Array {
  const gradient = weights.slice()
  gradient[width] = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const tail = Math.exp(-Math.abs(odds[i]!))
    const error = c * ((odds[i]! > 0 ? 1 / (1 + tail) : tail / (1 + tail)) - wanted[i]!)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) gradient[columns[at]!] = gradient[columns[at]!]! + error
    gradient[width] = gradient[width] + error
  }
  return gradient
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
