/**
 * Rare words that only one label has, in pass 1: how often a word comes and with which label, by hash bucket. Words of a
 * bucket are counted together, which can only make a word look commoner, or like one of several labels.
 */
import { mix32 } from '../../src/math/random.js'
import type { WordScanner } from './words.js'

/**
 * Rows of a word that may belong to a pool. In fewer it does not repeat. From LEAST_ROWS on a word is also searched as a phrase
 * of its own, but that alone decides only from n* on, some 20 rows where two labels are equally common.
 */
export const LEAST_WORD_ROWS = 2
export const MOST_WORD_ROWS = 24

/** Rows in the low byte, up to 255; in the high byte a code of the label, or MIXED. Plain data. */
export type PoolCounts = Uint16Array

const COUNT = 0xff
const MIXED = 0xff
/** Buckets for each row: many times as many as it adds new words. */
const BUCKETS_A_ROW = 64
const LEAST_BITS = 15
const MOST_BITS = 21

export function poolCounts(rows: number | null): PoolCounts {
  const bits = Math.ceil(Math.log2((rows ?? Infinity) * BUCKETS_A_ROW + 1))
  return new Uint16Array(2 ** Math.min(MOST_BITS, Math.max(LEAST_BITS, bits)))
}

/** Counts the words of what `words` last scanned; one that comes twice in a row looks like one of two. */
export function countPoolWords(counts: PoolCounts, words: WordScanner, labelHash: number): void {
  const code = (1 + (labelHash % (MIXED - 1))) << 8
  const mask = counts.length - 1
  for (let i = 0; i < words.count; i++) {
    const bucket = mix32(words.low[i]!) & mask
    const known = counts[bucket]!
    counts[bucket] = known === 0 ? code | 1 : sumOf(known, code | 1)
  }
}

export function mergePoolCounts(into: PoolCounts, from: PoolCounts): void {
  for (let i = 0; i < from.length; i++) {
    const added = from[i]!
    if (added !== 0) into[i] = into[i] === 0 ? added : sumOf(into[i]!, added)
  }
}

function sumOf(a: number, b: number): number {
  const label = a >>> 8 === b >>> 8 ? a >>> 8 : MIXED
  return (label << 8) | Math.min(COUNT, (a & COUNT) + (b & COUNT))
}

/** As {@link rareBits}, where no word is looked for. */
export function noRareBits(counts: PoolCounts): Uint32Array {
  return new Uint32Array(counts.length / 32)
}

/** One bit for each bucket that may hold a word of a pool, 32 to a word. */
export function rareBits(counts: PoolCounts): Uint32Array {
  const bits = new Uint32Array(counts.length / 32)
  for (let i = 0; i < counts.length; i++) {
    const rows = counts[i]! & COUNT
    if (rows < LEAST_WORD_ROWS || rows > MOST_WORD_ROWS || counts[i]! >>> 8 === MIXED) continue
    bits[i >>> 5] = bits[i >>> 5]! | (1 << (i & 31))
  }
  return bits
}
