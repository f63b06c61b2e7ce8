/**
 * Which hashes came more than once, in bounded memory: 2^24 buckets that count 0, 1, "2 or more".
 * A bucket may be shared by strangers (a share n / 2^24 of rows), so a repeat is a candidate to look at again,
 * never a verdict; a hash that did repeat is never missed.
 */
import { bitsSeenTwice, mergeTwice, see, twice, type Twice } from './twice.js'

const BITS = 24
const BUCKETS = 2 ** BITS
/** Up to this many entries are kept as a list: the state of a small shard stays small. */
const SPARSE_LIMIT = 131_072

/** Plain data. `dense` takes over once there are too many for the list. */
export interface Repeats {
  sparse: number[]
  dense: Twice | null
}

/** One bit a bucket: whether it was seen twice or more. */
export type RepeatedBuckets = Uint8Array

export function repeats(): Repeats {
  return { sparse: [], dense: null }
}

/** @param hash an integer in [0, 2^53) */
export function countHash(state: Repeats, hash: number): void {
  if (state.dense !== null) {
    see(state.dense, bucketOf(hash))
    return
  }
  state.sparse.push(bucketOf(hash))
  if (state.sparse.length > SPARSE_LIMIT) makeDense(state)
}

/** Adds the counts of `from`: the order of merges does not matter. */
export function mergeRepeats(into: Repeats, from: Repeats): void {
  if (from.dense !== null) mergeTwice(makeDense(into), from.dense)
  const { dense } = into
  for (const bucket of from.sparse) {
    if (dense !== null) see(dense, bucket)
    else into.sparse.push(bucket)
  }
  if (into.sparse.length > SPARSE_LIMIT) makeDense(into)
}

export function repeatedBuckets(state: Repeats): RepeatedBuckets {
  return bitsSeenTwice(state.dense ?? makeDense({ sparse: state.sparse, dense: null }))
}

export function isRepeated(bits: RepeatedBuckets, hash: number): boolean {
  const bucket = bucketOf(hash)
  return (((bits[bucket >> 3] ?? 0) >> (bucket & 7)) & 1) === 1
}

function bucketOf(hash: number): number {
  return Math.floor(hash / 2 ** (53 - BITS)) & (BUCKETS - 1)
}

function makeDense(state: Repeats): Twice {
  if (state.dense !== null) return state.dense
  const dense = twice(BITS)
  for (const bucket of state.sparse) see(dense, bucket)
  state.dense = dense
  state.sparse = []
  return dense
}
