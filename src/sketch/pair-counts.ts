/**
 * Upper bounds of how often keys came, and pairs of a key and a partner, side by side: what is asked of both takes one trip to
 * memory. Saturating counters in lines of 64 bytes; the key's hash chooses the line and its own counter in the first half,
 * key and partner together one in the second half. Never below the true count (Park, Chen & Yu 1995, for item sets).
 */
import { mix32 } from '../math/random.js'
import { mergeSaturating, type SaturatingCounts } from './saturating-counts.js'

/** Plain data. */
export type PairCounts = SaturatingCounts

/** Counters of keys in a line, and as many of pairs. */
const HALF = 16
const LINE = 2 * HALF
const SATURATED = 0xffff

/** @param bits log2 of the number of counters of keys, and of that of pairs; at least 4 */
export function pairCounts(bits: number): PairCounts {
  return new Uint16Array(2 ** (bits + 1))
}

/** The partner's part of {@link slotOf}: any 32-bit hash of it; 0 for no partner. */
type Partner = number

/** Which of a line's 16 a pair has. @param mixed the key, mixed */
function slotOf(mixed: number, partner: Partner): number {
  return Math.imul(mixed ^ partner, 0x85ebca6b) >>> 28
}

/** Counts a key once, and its pair with the partner. */
export function countPair(counts: PairCounts, key: number, partner: Partner): void {
  const mixed = mix32(key)
  const line = (mixed & (counts.length / LINE - 1)) * LINE
  const own = line + (mixed >>> 28)
  const pair = line + HALF + slotOf(mixed, partner)
  const count = counts[own]!
  if (count !== SATURATED) counts[own] = count + 1
  const both = counts[pair]!
  if (both !== SATURATED) counts[pair] = both + 1
}

export function mostOfKey(counts: PairCounts, key: number): number {
  const mixed = mix32(key)
  return counts[(mixed & (counts.length / LINE - 1)) * LINE + (mixed >>> 28)]!
}

export function mostOfPair(counts: PairCounts, key: number, partner: Partner): number {
  const mixed = mix32(key)
  return counts[(mixed & (counts.length / LINE - 1)) * LINE + HALF + slotOf(mixed, partner)]!
}

export const mergePairCounts: (into: PairCounts, from: PairCounts) => void = mergeSaturating

/** Counters of pairs that hold at least `least`. */
export function pairsAtLeast(counts: PairCounts, least: number): number {
  let pairs = 0
  for (let line = HALF; line < counts.length; line += LINE) {
    for (let i = line; i < line + HALF; i++) if (counts[i]! >= least) pairs++
  }
  return pairs
}

/** One bit for each counter of pairs, 16 to a line: so small that looking into it costs little. */
export type PairFilter = Uint16Array

/** @param lines a power of two */
export function pairFilter(lines: number): PairFilter {
  return new Uint16Array(lines)
}

/** What may have come at least `least` times. */
export function pairsFilter(counts: PairCounts, least: number): PairFilter {
  const filter = pairFilter(counts.length / LINE)
  for (let line = 0; line < filter.length; line++) {
    const from = line * LINE + HALF
    let bits = 0
    for (let i = 0; i < HALF; i++) if (counts[from + i]! >= least) bits |= 1 << i
    filter[line] = bits
  }
  return filter
}

export function letThrough(filter: PairFilter, key: number, partner: Partner): void {
  const mixed = mix32(key)
  const line = mixed & (filter.length - 1)
  filter[line] = filter[line]! | (1 << slotOf(mixed, partner))
}

/** Whether a filter lets a pair through: always what was put in, and whatever shares its bit. */
export function passes(filter: PairFilter, key: number, partner: Partner): boolean {
  const mixed = mix32(key)
  return ((filter[mixed & (filter.length - 1)]! >>> slotOf(mixed, partner)) & 1) === 1
}
