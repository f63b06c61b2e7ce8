/** In how many rows of each fold and label each word or pair of words stands, by hash bucket: bounded, and the same in any order. */
import { mergeSaturating } from '../../src/sketch/saturating-counts.js'
import type { WordScanner } from './words.js'

/** Buckets of a fold, all labels together: many for few labels, few for many. 5 MB of counts in five folds. */
const CELLS = 2 ** 19
const MOST_BUCKETS = 2 ** 18
/** Rows that teach enough of words; more only cost time. Fewer than a count can hold. */
export const WORD_ROWS = 48_000

/** Plain data. */
export interface WordCounts {
  buckets: number
  /** Per fold: counts by label, each [buckets]; absent for a label without a sampled row there. */
  readonly folds: readonly Map<string, Uint16Array>[]
}

export function noWords(folds: number): WordCounts {
  return { buckets: MOST_BUCKETS, folds: Array.from({ length: folds }, () => new Map()) }
}

/** Buckets for so many labels: a power of two. */
export function bucketsFor(labels: number): number {
  return Math.min(MOST_BUCKETS, 2 ** Math.floor(Math.log2(CELLS / Math.max(1, labels))))
}

export function countWords({ buckets, folds }: WordCounts, fold: number, label: string, { hashes, count }: WordScanner): void {
  const counts = countsOf(folds[fold]!, label, buckets)
  for (let i = 0; i < count; i++) {
    const bucket = hashes[i]! & (buckets - 1)
    if (counts[bucket]! < 0xffff) counts[bucket] = counts[bucket]! + 1
  }
}

/** `from` may have had room for more buckets than `into` has, or for fewer. */
export function mergeWords(into: WordCounts, from: WordCounts): void {
  const buckets = Math.min(into.buckets, from.buckets)
  narrow(into, buckets)
  from.folds.forEach((labels, fold) => {
    for (const [label, counts] of labels) mergeSaturating(countsOf(into.folds[fold]!, label, buckets), narrowed(counts, buckets))
  })
}

/** Leaves so many buckets: those that share their lower bits become one. */
export function narrow(words: WordCounts, buckets: number): void {
  if (buckets >= words.buckets) return
  words.buckets = buckets
  for (const labels of words.folds) for (const [label, counts] of labels) labels.set(label, narrowed(counts, buckets))
}

function narrowed(counts: Uint16Array, buckets: number): Uint16Array {
  if (counts.length === buckets) return counts
  const out = counts.slice(0, buckets)
  for (let at = buckets; at < counts.length; at += buckets) mergeSaturating(out, counts.subarray(at, at + buckets))
  return out
}

function countsOf(labels: Map<string, Uint16Array>, label: string, buckets: number): Uint16Array {
  let counts = labels.get(label)
  if (counts === undefined) labels.set(label, (counts = new Uint16Array(buckets)))
  return counts
}
