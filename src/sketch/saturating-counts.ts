import { mix32 } from '../math/random.js'

/**
 * Counts by hash bucket that stop at 65,535: an upper bound on how often a key came, in fixed memory (Park, Chen & Yu 1995
 * use the same table to prune item sets). Saturating addition is associative and commutative, so any merge order agrees.
 */
export type SaturatingCounts = Uint16Array

const SATURATED = 0xffff

/** @param bits log2 of the number of buckets */
export function saturatingCounts(bits: number): SaturatingCounts {
  return new Uint16Array(2 ** bits)
}

export function increment(counts: SaturatingCounts, key: number): void {
  const bucket = mix32(key) & (counts.length - 1)
  const count = counts[bucket]!
  if (count !== SATURATED) counts[bucket] = count + 1
}

/** Never below the true count (up to saturation). */
export function upperBound(counts: SaturatingCounts, key: number): number {
  return counts[mix32(key) & (counts.length - 1)]!
}

export function mergeSaturating(into: SaturatingCounts, from: SaturatingCounts): void {
  // Most buckets of a shard are empty: two are looked at together.
  const { buffer, byteOffset, length } = from.byteOffset % 4 === 0 ? from : from.slice()
  const pairs = new Uint32Array(buffer, byteOffset, length / 2)
  for (let pair = 0; pair < pairs.length; pair++) {
    if (pairs[pair] === 0) continue
    for (let i = 2 * pair; i < 2 * pair + 2; i++) {
      const sum = into[i]! + from[i]!
      into[i] = sum < SATURATED ? sum : SATURATED
    }
  }
}

/** Buckets that hold at least `least`. */
export function bucketsAtLeast(counts: SaturatingCounts, least: number): number {
  let buckets = 0
  for (const count of counts) if (count >= least) buckets++
  return buckets
}
