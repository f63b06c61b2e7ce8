/** Exact first and second moments of embeddings: sums of integers, so that every order of merging agrees to the last bit. */

/** Encoders give components on a grid of 1/8192 (src/embed): these are the integers. */
export const GRID = 8192

/** Rows that suffice for a covariance of a few hundred dimensions under a ridge; more only cost time. */
const SECOND_MOMENT_ROWS = 12_000

/** Plain data. */
export interface Moments {
  readonly dim: number
  count: number
  /** Sum of integer vectors over all rows, [dim]. */
  readonly sum: Float64Array
  /** Rows in the sample that `gram` is over. */
  sampled: number
  readonly sampleSum: Float64Array
  /** Sum of outer products over the sample, [dim × dim], lower triangle; empty where only means are kept. */
  readonly gram: Float64Array
}

/** @param second whether second moments are kept as well */
export function emptyMoments(dim: number, second = true): Moments {
  return {
    dim,
    count: 0,
    sum: new Float64Array(dim),
    sampled: 0,
    sampleSum: new Float64Array(dim),
    gram: new Float64Array(second ? dim * dim : 0),
  }
}

/**
 * Whether a row belongs to the sample for second moments: by its hash, so that every pass and shard agrees.
 * @param wanted rows of the sample
 */
export function inSample(hash: number, rows: number | null, wanted = SECOND_MOMENT_ROWS): boolean {
  return rows === null || rows <= wanted || hash < (wanted / rows) * 2 ** 32
}

/** The integer vector of row `i`, into `out`. */
export function gridVector(
  embedding: { readonly dim: number; readonly vectors: Float32Array },
  i: number,
  out: Float64Array,
): void {
  const { dim, vectors } = embedding
  const at = i * dim
  // Exact: components are multiples of 1 / GRID.
  for (let d = 0; d < dim; d++) out[d] = vectors[at + d]! * GRID
}

export function addVector(moments: Moments, vector: Float64Array, sampled: boolean): void {
  moments.count++
  addInto(moments.sum, vector)
  if (!sampled || moments.gram.length === 0) return
  moments.sampled++
  addInto(moments.sampleSum, vector)
  const { dim, gram } = moments
  for (let a = 0; a < dim; a++) {
    const value = vector[a]!
    const row = a * dim
    for (let b = 0; b <= a; b++) gram[row + b] = gram[row + b]! + value * vector[b]!
  }
}

/** {@link addVector} for many vectors: outer products are added four at a time, one load and store of a cell for four. */
export class MomentsAdder {
  private readonly waiting = new Map<Moments, Float64Array[]>()

  /** @param vector copied where it is kept */
  add(moments: Moments, vector: Float64Array, sampled: boolean): void {
    if (!sampled || moments.gram.length === 0) {
      addVector(moments, vector, false)
      return
    }
    const list = this.waiting.get(moments) ?? []
    if (list.length === 0) this.waiting.set(moments, list)
    list.push(vector.slice())
    if (list.length < 4) return
    addFour(moments, list as [Float64Array, Float64Array, Float64Array, Float64Array])
    list.length = 0
  }

  /** Adds what is waiting: nothing is in the moments for sure before. */
  flush(): void {
    for (const [moments, list] of this.waiting) for (const vector of list) addVector(moments, vector, true)
    this.waiting.clear()
  }
}

function addFour(moments: Moments, [p, q, r, s]: [Float64Array, Float64Array, Float64Array, Float64Array]): void {
  const { dim, gram } = moments
  moments.count += 4
  moments.sampled += 4
  for (const vector of [p, q, r, s]) {
    addInto(moments.sum, vector)
    addInto(moments.sampleSum, vector)
  }
  for (let a = 0; a < dim; a++) {
    const [pa, qa, ra, sa] = [p[a]!, q[a]!, r[a]!, s[a]!]
    const row = a * dim
    for (let b = 0; b <= a; b++) gram[row + b] = gram[row + b]! + (pa * p[b]! + qa * q[b]! + ra * r[b]! + sa * s[b]!)
  }
}

export function mergeMoments(into: Moments, from: Moments): void {
  into.count += from.count
  into.sampled += from.sampled
  addInto(into.sum, from.sum)
  addInto(into.sampleSum, from.sampleSum)
  addInto(into.gram, from.gram)
}

/** What is left when a group's rows are taken out, by the group's mean, [dim] in units of the embedding; second moments stay. */
export function leavingOut(all: Moments, rows: number, mean: Float64Array): Moments {
  return { ...all, count: all.count - rows, sum: all.sum.map((value, d) => value - rows * GRID * mean[d]!) }
}

export function totalMoments(parts: Iterable<Moments>, dim: number): Moments {
  const total = emptyMoments(dim)
  for (const part of parts) mergeMoments(total, part)
  return total
}

/** Mean in units of the embedding, [dim]. */
export function meanOf(moments: Moments): Float64Array {
  return moments.sum.map((sum) => sum / (Math.max(1, moments.count) * GRID))
}

/** Covariance of the sample, [dim × dim], lower triangle. */
export function covarianceOf(moments: Moments): Float64Array {
  const { dim, gram, sampleSum } = moments
  const n = Math.max(1, moments.sampled)
  const covariance = new Float64Array(dim * dim)
  for (let a = 0; a < dim; a++) {
    for (let b = 0; b <= a; b++) {
      covariance[a * dim + b] = (gram[a * dim + b]! / n - (sampleSum[a]! / n) * (sampleSum[b]! / n)) / (GRID * GRID)
    }
  }
  return covariance
}

/** Adds `share` of the mean variance to the diagonal: directions with few rows behind them must not rule. */
export function regularise(covariance: Float64Array, dim: number, share: number): Float64Array {
  let trace = 0
  for (let d = 0; d < dim; d++) trace += covariance[d * dim + d]!
  const ridge = Math.max(1e-12, (share * trace) / dim)
  const out = Float64Array.from(covariance)
  for (let d = 0; d < dim; d++) out[d * dim + d] = out[d * dim + d]! + ridge
  return out
}

export function addInto(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + from[i]!
}
