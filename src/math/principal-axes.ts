import { dotAt } from './linalg.js'
import { random } from './random.js'

/** A rotation onto the directions of greatest variance: decorrelated coordinates. */
export interface PrincipalAxes {
  readonly dim: number
  readonly count: number
  /** Orthonormal, row-major [count × dim], in order of falling variance. */
  readonly axes: Float64Array
  /** Coordinates of the mean, [count]: subtracted after projection. */
  readonly offset: Float64Array
  /** Variance along each axis, [count]. */
  readonly variances: Float64Array
}

/** More directions than asked for, so that the last ones asked for converge too (Halko, Martinsson & Tropp 2011, §4.5). */
const OVERSAMPLE = 8
const ITERATIONS = 16
/** Directions below this share of the greatest variance are noise of rounding. */
const NEGLIGIBLE = 1e-10

/**
 * The `count` leading eigenvectors of the covariance of rows.
 * @param rows row-major [n × dim], finite
 */
export function principalAxes(rows: ArrayLike<number>, dim: number, count: number): PrincipalAxes {
  const n = dim === 0 ? 0 : Math.floor(rows.length / dim)
  const mean = columnMeans(rows, n, dim)
  return axesOfCovariance(covarianceOf(rows, n, dim, mean), mean, count)
}

/**
 * The `count` leading eigenvectors of a covariance, by orthogonal iteration and a Rayleigh–Ritz step
 * (Golub & Van Loan, Matrix Computations, §8.2). Deterministic. Fewer axes where the rows span fewer directions.
 * @param covariance [dim × dim], both triangles
 * @param mean [dim]
 */
export function axesOfCovariance(covariance: Float64Array, mean: Float64Array, count: number): PrincipalAxes {
  const dim = mean.length
  const width = Math.min(dim, count + OVERSAMPLE)
  let basis = startingBasis(width, dim)
  for (let i = 0; i < ITERATIONS; i++) basis = orthonormalise(applySymmetric(covariance, basis, dim), dim)
  const image = applySymmetric(covariance, basis, dim)
  const small = new Float64Array(width * width)
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) small[i * width + j] = dot(basis, i * dim, image, j * dim, dim)
  const { values, vectors } = jacobi(small, width)
  const order = Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
  const floor = Math.max(0, values[order[0] ?? 0] ?? 0) * NEGLIGIBLE
  const kept = order.slice(0, count).filter((i) => (values[i] ?? 0) > floor)
  const axes = new Float64Array(kept.length * dim)
  kept.forEach((source, target) => {
    for (let k = 0; k < width; k++) {
      const weight = vectors[k * width + source] ?? 0
      for (let d = 0; d < dim; d++) axes[target * dim + d] = (axes[target * dim + d] ?? 0) + weight * (basis[k * dim + d] ?? 0)
    }
  })
  const offset = Float64Array.from(kept, (_, i) => dot(axes, i * dim, mean, 0, dim))
  return { dim, count: kept.length, axes, offset, variances: Float64Array.from(kept, (i) => values[i] ?? 0) }
}

/**
 * Coordinates of many vectors.
 * @param vectors row-major [n × dim]
 * @param out row-major [n × count]
 */
export function project(basis: PrincipalAxes, vectors: Float32Array, out: Float32Array): void {
  const { axes, dim, count, offset } = basis
  const n = dim === 0 ? 0 : vectors.length / dim
  // Two vectors by four axes at a time share their loads; what does not fill a block goes the plain way.
  const first = new Float64Array(dim)
  const second = new Float64Array(dim)
  for (let i = 0; i < n; i += 2) {
    const pair = i + 1 < n
    for (let d = 0; d < dim; d++) {
      first[d] = vectors[i * dim + d]!
      second[d] = pair ? vectors[(i + 1) * dim + d]! : 0
    }
    let axis = 0
    for (; pair && axis + 4 <= count; axis += 4) projectBlock(basis, axis, first, second, out, i * count + axis)
    for (; axis < count; axis++) {
      out[i * count + axis] = dot(axes, axis * dim, first, 0, dim) - offset[axis]!
      if (pair) out[(i + 1) * count + axis] = dot(axes, axis * dim, second, 0, dim) - offset[axis]!
    }
  }
}

/** The hot loop of scoring. Sums run over d from 0 up, as in {@link dot}, so that a block gives the same bits. */
function projectBlock(
  { axes, dim, count, offset }: PrincipalAxes,
  axis: number,
  x: Float64Array,
  y: Float64Array,
  out: Float32Array,
  at: number,
) {
  const a = axis * dim
  const b = a + dim
  const c = b + dim
  const e = c + dim
  let xa = 0
  let xb = 0
  let xc = 0
  let xe = 0
  let ya = 0
  let yb = 0
  let yc = 0
  let ye = 0
  for (let d = 0; d < dim; d++) {
    const xd = x[d]!
    const yd = y[d]!
    const ad = axes[a + d]!
    const bd = axes[b + d]!
    const cd = axes[c + d]!
    const ed = axes[e + d]!
    xa += xd * ad
    xb += xd * bd
    xc += xd * cd
    xe += xd * ed
    ya += yd * ad
    yb += yd * bd
    yc += yd * cd
    ye += yd * ed
  }
  out[at] = xa - offset[axis]!
  out[at + 1] = xb - offset[axis + 1]!
  out[at + 2] = xc - offset[axis + 2]!
  out[at + 3] = xe - offset[axis + 3]!
  out[at + count] = ya - offset[axis]!
  out[at + count + 1] = yb - offset[axis + 1]!
  out[at + count + 2] = yc - offset[axis + 2]!
  out[at + count + 3] = ye - offset[axis + 3]!
}

function columnMeans(rows: ArrayLike<number>, n: number, dim: number): Float64Array {
  const mean = new Float64Array(dim)
  for (let r = 0; r < n; r++) for (let d = 0; d < dim; d++) mean[d] = mean[d]! + rows[r * dim + d]!
  return mean.map((sum) => (n === 0 ? 0 : sum / n))
}

function covarianceOf(rows: ArrayLike<number>, n: number, dim: number, mean: Float64Array): Float64Array {
  const covariance = new Float64Array(dim * dim)
  // Four rows at a time: one load and store of a cell for four products. Rows past the end stay zero.
  const block = Array.from({ length: 4 }, () => new Float64Array(dim)) as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (let r = 0; r < n; r += 4) {
    block.forEach((centred, k) => {
      if (r + k >= n) centred.fill(0)
      else for (let d = 0; d < dim; d++) centred[d] = rows[(r + k) * dim + d]! - mean[d]!
    })
    addOuterProducts(covariance, dim, ...block)
  }
  for (let i = 0; i < dim; i++) {
    for (let j = i; j < dim; j++)
      covariance[j * dim + i] = covariance[i * dim + j] = covariance[i * dim + j]! / Math.max(1, n - 1)
  }
  return covariance
}

/** Upper triangle of aaᵀ + bbᵀ + ccᵀ + ddᵀ. */
function addOuterProducts(
  sum: Float64Array,
  dim: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
): void {
  for (let i = 0; i < dim; i++) {
    const ai = a[i]!
    const bi = b[i]!
    const ci = c[i]!
    const di = d[i]!
    const row = i * dim
    for (let j = i; j < dim; j++) sum[row + j] = sum[row + j]! + (ai * a[j]! + bi * b[j]! + ci * c[j]! + di * d[j]!)
  }
}

function startingBasis(width: number, dim: number): Float64Array {
  const next = random(1)
  return orthonormalise(
    Float64Array.from({ length: width * dim }, () => next() - 0.5),
    dim,
  )
}

/** Each row of `basis` [width × dim] times a symmetric matrix. */
function applySymmetric(matrix: Float64Array, basis: Float64Array, dim: number): Float64Array {
  const out = new Float64Array(basis.length)
  for (let r = 0; r < basis.length; r += dim) for (let i = 0; i < dim; i++) out[r + i] = dotAt(matrix, i * dim, basis, r, dim)
  return out
}

/** Modified Gram–Schmidt, twice for stability, in place. A row that vanishes stays zero. */
function orthonormalise(basis: Float64Array, dim: number): Float64Array {
  for (let r = 0; r < basis.length; r += dim) {
    const before = Math.sqrt(dotAt(basis, r, basis, r, dim))
    for (let round = 0; round < 2; round++) {
      for (let q = 0; q < r; q += dim) {
        const share = dotAt(basis, r, basis, q, dim)
        for (let d = 0; d < dim; d++) basis[r + d] = basis[r + d]! - share * basis[q + d]!
      }
    }
    const length = Math.sqrt(dotAt(basis, r, basis, r, dim))
    const scale = length > 1e-12 * before && length > 0 ? 1 / length : 0
    for (let d = 0; d < dim; d++) basis[r + d] = basis[r + d]! * scale
  }
  return basis
}

/** Eigenvalues and eigenvectors (columns) of a small symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan §8.5). */
function jacobi(input: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const a = Float64Array.from(input)
  const vectors = new Float64Array(size * size)
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1
  for (let sweep = 0; sweep < 30; sweep++) {
    let rotated = false
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotated = rotate(a, vectors, size, p, q) || rotated
    if (!rotated) break
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors }
}

/** Zeroes a[p][q]; false when it already was negligible. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): boolean {
  const apq = a[p * size + q]!
  const app = a[p * size + p]!
  const aqq = a[q * size + q]!
  if (Math.abs(apq) <= 1e-15 * Math.sqrt(Math.abs(app * aqq)) || apq === 0) return false
  const theta = (aqq - app) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < size; k++) mix(a, k * size + p, k * size + q, c, s)
  for (let k = 0; k < size; k++) mix(a, p * size + k, q * size + k, c, s)
  for (let k = 0; k < size; k++) mix(vectors, k * size + p, k * size + q, c, s)
  return true
}

function mix(m: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = m[i]!
  const y = m[j]!
  m[i] = c * x - s * y
  m[j] = s * x + c * y
}

function dot(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, length: number): number {
  let sum = 0
  for (let d = 0; d < length; d++) sum += a[i + d]! * b[j + d]!
  return sum
}
