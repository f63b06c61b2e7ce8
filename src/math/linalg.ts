/** Dense linear algebra for a few hundred dimensions. Matrices are row-major Float64Array. */

/**
 * Lower Cholesky factor of a symmetric positive definite matrix (Golub & Van Loan, Matrix Computations, §4.2).
 * @param matrix [n × n], only the lower triangle is read
 * @throws RangeError when the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = matrix[i * n + j]! - dotAt(factor, i * n, factor, j * n, j)
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j]!
      else if (sum > 0) factor[i * n + i] = Math.sqrt(sum)
      else throw new RangeError(`not positive definite at row ${i}`)
    }
  }
  return factor
}

/** Solves L y = b. */
function solveLower(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  const y = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    y[i] = (y[i]! - dotAt(factor, i * n, y, 0, i)) / factor[i * n + i]!
  }
  return y
}

/** Solves L Lᵀ x = b. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = solveLower(factor, n, b)
  // By rows of L, which lie together in memory; Lᵀ by rows would be L by columns.
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * n + i]!
    x[i] = value
    for (let k = 0; k < i; k++) x[k] = x[k]! - factor[i * n + k]! * value
  }
  return x
}

/** A symmetric positive definite matrix to solve with, a covariance mostly. Plain data. */
export interface Solvable {
  readonly n: number
  /** Lower Cholesky factor, [n × n]. */
  readonly factor: Float64Array
  /** What was taken out since: by Sherman & Morrison (1950), A⁻¹ gains scale · direction directionᵀ. */
  readonly taken: { readonly direction: Float64Array; readonly scale: number } | null
}

/** @param matrix [n × n], only the lower triangle is read */
export function solvable(matrix: Float64Array, n: number): Solvable {
  return { n, factor: cholesky(matrix, n), taken: null }
}

/** x = A⁻¹ b */
export function solve({ n, factor, taken }: Solvable, b: Float64Array): Float64Array {
  const x = solveCholesky(factor, n, b)
  if (taken === null) return x
  const along = taken.scale * dot(taken.direction, b)
  return x.map((value, i) => value + along * taken.direction[i]!)
}

/** The most of a direction's spread that may be taken out: beyond, rounding and sampling decide. */
const MOST_TAKEN = 0.99

/**
 * A − weight · v vᵀ: a covariance without what one group's distance adds to it.
 * @param weight more than leaves the matrix positive definite is cut
 */
export function downdated(matrix: Solvable, v: Float64Array, weight: number): Solvable {
  if (matrix.taken !== null) throw new RangeError('one group at a time')
  const direction = solve(matrix, v)
  const share = Math.min(MOST_TAKEN, weight * dot(v, direction))
  return { ...matrix, taken: { direction, scale: weight / (1 - share) } }
}

/** a − b, of equal length. */
export function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!)
}

/**
 * Dot product of a's elements from i on and b's from j on. Four sums at a time: one would wait for each addition to end.
 * @param length elements of each
 */
export function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let [p, q, r, s] = [0, 0, 0, 0]
  let k = 0
  for (; k + 4 <= length; k += 4) {
    p += a[i + k]! * b[j + k]!
    q += a[i + k + 1]! * b[j + k + 1]!
    r += a[i + k + 2]! * b[j + k + 2]!
    s += a[i + k + 3]! * b[j + k + 3]!
  }
  for (; k < length; k++) p += a[i + k]! * b[j + k]!
  return p + q + (r + s)
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
