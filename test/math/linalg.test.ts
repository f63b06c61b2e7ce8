import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cholesky, dot, downdated, solvable, solve, solveCholesky } from '../../src/math/linalg.js'
import { random } from '../../src/math/random.js'

const N = 4

/** BᵀB + I for a random B: symmetric positive definite. */
function positiveDefinite(n: number, seed: number): Float64Array {
  const next = random(seed)
  const b = Float64Array.from({ length: n * n }, () => 2 * next() - 1)
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) a[i * n + j] = a[i * n + j]! + b[k * n + i]! * b[k * n + j]!
    }
    a[i * n + i] = a[i * n + i]! + 1
  }
  return a
}

function times(matrix: Float64Array, n: number, x: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => dot(matrix.subarray(i * n, (i + 1) * n), x))
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  assert.equal(actual.length, expected.length)
  for (let i = 0; i < actual.length; i++) {
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= tolerance, `[${i}]: ${actual[i]} is not ${expected[i]}`)
  }
}

test('the factor of a known matrix', () => {
  // [[4, 12, −16], [12, 37, −43], [−16, −43, 98]] = L Lᵀ with L = [[2], [6, 1], [−8, 5, 3]].
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98)
  assertClose(cholesky(matrix, 3), [2, 0, 0, 6, 1, 0, -8, 5, 3])
})

test('a matrix that v vᵀ is taken out of solves as if that had never been added', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (n, seed) => {
      const matrix = positiveDefinite(n, seed)
      const next = random(seed + 2)
      const v = Float64Array.from({ length: n }, () => 2 * next() - 1)
      const b = Float64Array.from({ length: n }, () => 2 * next() - 1)
      const more = matrix.map((value, at) => value + 0.3 * v[Math.floor(at / n)]! * v[at % n]!)
      assertClose(solve(downdated(solvable(more, n), v, 0.3), b), solve(solvable(matrix, n), b), 1e-8)
    }),
    { numRuns: 60 },
  )
})

test('more than the matrix holds is not taken out', () => {
  const left = downdated(solvable(Float64Array.of(1, 0, 0, 1), 2), Float64Array.of(1, 0), 5)
  const x = solve(left, Float64Array.of(1, 1))
  assert.ok(x[0]! > 1 && Number.isFinite(x[0]!))
  assert.equal(x[1], 1)
  assert.throws(() => downdated(left, Float64Array.of(1, 0), 0.1), new RangeError('one group at a time'))
})

test('L Lᵀ is the matrix, and solving with it undoes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), (n, seed) => {
      const matrix = positiveDefinite(n, seed)
      const factor = cholesky(matrix, n)
      const product = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n]
        return dot(factor.subarray(i * n, (i + 1) * n), factor.subarray(j * n, (j + 1) * n))
      })
      assertClose(product, matrix)
      const next = random(seed + 1)
      const b = Float64Array.from({ length: n }, () => 10 * next() - 5)
      const before = b.slice()
      const x = solveCholesky(factor, n, b)
      assertClose(times(matrix, n, x), b)
      assert.deepEqual(b, before)
    }),
    { numRuns: 60 },
  )
})

test('only the lower triangle is read, and the upper one of the factor is zero', () => {
  const matrix = positiveDefinite(N, 9)
  const half = matrix.map((value, at) => (at % N > Math.floor(at / N) ? NaN : value))
  const factor = cholesky(half, N)
  assert.deepEqual(factor, cholesky(matrix, N))
  for (let i = 0; i < N; i++) for (let j = i + 1; j < N; j++) assert.equal(factor[i * N + j], 0)
})

test('a matrix that is not positive definite is refused, by row', () => {
  assert.throws(() => cholesky(Float64Array.of(1, 0, 0, -1), 2), new RangeError('not positive definite at row 1'))
  assert.throws(() => cholesky(Float64Array.of(1, 1, 1, 1), 2), new RangeError('not positive definite at row 1'))
  assert.throws(() => cholesky(Float64Array.of(NaN), 1), new RangeError('not positive definite at row 0'))
  assert.deepEqual(cholesky(new Float64Array(0), 0), new Float64Array(0))
})
