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
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!
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
    let sum = y[i]!
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * y[k]!
    y[i] = sum / factor[i * n + i]!
  }
  return y
}

/** Solves L Lᵀ x = b. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = solveLower(factor, n, b)
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * x[k]!
    x[i] = sum / factor[i * n + i]!
  }
  return x
}

/** a − b, of equal length. */
export function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!)
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
