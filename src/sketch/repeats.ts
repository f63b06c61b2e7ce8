/**
 * Which hashes came more than once, in bounded memory: 2^24 buckets that count 0, 1, "2 or more".
 * A bucket may be shared by strangers (a share n / 2^24 of rows), so a repeat is a candidate to look at again,
 * never a verdict; a hash that did repeat is never missed.
 */

const BITS = 24
const BUCKETS = 2 ** BITS
/** Up to this many entries are kept as a list: the state of a small shard stays small. */
const SPARSE_LIMIT = 131_072

/** Plain data. `dense` holds two bits a bucket once there are too many for the list. */
export interface Repeats {
  sparse: number[]
  dense: Uint8Array | null
}

/** One bit a bucket: whether it was seen twice or more. */
export type RepeatedBuckets = Uint8Array

export function repeats(): Repeats {
  return { sparse: [], dense: null }
}

/** @param hash an integer in [0, 2^53) */
export function countHash(state: Repeats, hash: number): void {
  if (state.dense !== null) {
    increment(state.dense, bucketOf(hash))
    return
  }
  state.sparse.push(bucketOf(hash))
  if (state.sparse.length > SPARSE_LIMIT) makeDense(state)
}

/** Adds the counts of `from`: saturating addition, so the order of merges does not matter. */
export function mergeRepeats(into: Repeats, from: Repeats): void {
  if (from.dense !== null) {
    const dense = makeDense(into)
    for (let i = 0; i < dense.length; i++) if (from.dense[i] !== 0) dense[i] = addPacked(dense[i] ?? 0, from.dense[i] ?? 0)
  }
  if (into.dense !== null) for (const bucket of from.sparse) increment(into.dense, bucket)
  else for (const bucket of from.sparse) into.sparse.push(bucket)
  if (into.sparse.length > SPARSE_LIMIT) makeDense(into)
}

export function repeatedBuckets(state: Repeats): RepeatedBuckets {
  const bits = new Uint8Array(BUCKETS / 8)
  const dense = state.dense ?? makeDense({ sparse: state.sparse, dense: null })
  for (let i = 0; i < dense.length; i++) {
    const packed = dense[i] ?? 0
    if (packed === 0) continue
    for (let slot = 0; slot < 4; slot++) {
      if (((packed >> (slot * 2)) & 3) >= 2) bits[i >> 1] = (bits[i >> 1] ?? 0) | (1 << ((i & 1) * 4 + slot))
    }
  }
  return bits
}

export function isRepeated(bits: RepeatedBuckets, hash: number): boolean {
  const bucket = bucketOf(hash)
  return (((bits[bucket >> 3] ?? 0) >> (bucket & 7)) & 1) === 1
}

function bucketOf(hash: number): number {
  return Math.floor(hash / 2 ** (53 - BITS)) & (BUCKETS - 1)
}

function increment(dense: Uint8Array, bucket: number): void {
  const shift = (bucket & 3) * 2
  const packed = dense[bucket >> 2] ?? 0
  if (((packed >> shift) & 3) < 2) dense[bucket >> 2] = packed + (1 << shift)
}

/** Four two-bit counts added at once, each held at 2. */
function addPacked(a: number, b: number): number {
  let sum = 0
  for (let shift = 0; shift < 8; shift += 2) sum |= Math.min(2, ((a >> shift) & 3) + ((b >> shift) & 3)) << shift
  return sum
}

function makeDense(state: Repeats): Uint8Array {
  if (state.dense !== null) return state.dense
  const dense = new Uint8Array(BUCKETS / 4)
  for (const bucket of state.sparse) increment(dense, bucket)
  state.dense = dense
  state.sparse = []
  return dense
}
