/** Words that most rows share: the data's template, "### Answer:" for example. From a sample of rows, chosen by hash. */
import { addInto, inSample } from '../../src/math/moments.js'
import { NEIGHBOURS, neighbourBucket } from './placement.js'
import { chain, type WordScanner } from './words.js'

const SAMPLED_ROWS = 2000
/** A word in more than this share of rows belongs to the template. */
const COMMON_SHARE = 0.95
/** Words are counted by hash bucket; a shared bucket can only make a word look commoner. */
const BUCKETS = 2 ** 16

/** Plain data. */
export interface TemplateCounts {
  rows: number
  /** Rows that hold a word, by bucket. */
  readonly words: Float64Array
  /** Occurrences of words, by bucket of {@link neighbourBucket}: what a word's neighbours are when it stands anywhere. */
  readonly tokens: Float64Array
}

/** One bit of truth a bucket. */
export type TemplateWords = Uint8Array

export function emptyTemplateCounts(): TemplateCounts {
  return { rows: 0, words: new Float64Array(BUCKETS), tokens: new Float64Array(NEIGHBOURS) }
}

/**
 * @param words the row's text, scanned
 * @param key the row's hash
 * @param rows rows of the data set; null where unknown: then every row is counted
 */
export function countTemplate(counts: TemplateCounts, words: WordScanner, key: number, rows: number | null): void {
  if (!inSample(key, rows, SAMPLED_ROWS)) return
  counts.rows++
  const buckets = new Set<number>()
  for (let i = 0; i < words.count; i++) {
    buckets.add(bucketOf(words.low[i]!))
    const neighbour = neighbourBucket(words.low[i]!)
    counts.tokens[neighbour] = counts.tokens[neighbour]! + 1
  }
  for (const bucket of buckets) counts.words[bucket] = counts.words[bucket]! + 1
}

export function mergeTemplate(into: TemplateCounts, from: TemplateCounts): void {
  into.rows += from.rows
  addInto(into.words, from.words)
  addInto(into.tokens, from.tokens)
}

export function templateWords({ rows, words }: TemplateCounts): TemplateWords {
  return Uint8Array.from(words, (count) => (count >= COMMON_SHARE * rows && count > 1 ? 1 : 0))
}

/** @param low hash of one word, as the scanner gives it */
export function isTemplateWord(template: TemplateWords, low: number): boolean {
  return template[bucketOf(low)] === 1
}

function bucketOf(low: number): number {
  return chain(0, low) & (BUCKETS - 1)
}
