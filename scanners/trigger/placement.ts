/**
 * Placement: a word that was put anywhere has any word beside it, one that belongs there does not ("a", "very", "the film
 * is" before an adjective). Neighbours are counted by hash bucket and compared with the words of the data as a whole.
 */
import { addInto } from '../../src/math/moments.js'
import { chain } from './words.js'

/** Buckets of neighbouring words. The commonest words fall in different ones, mostly. */
export const NEIGHBOURS = 64
/** Expected counts below this are pooled: the χ² approximation needs them (Cochran 1954). */
const LEAST_EXPECTED = 1
/** Fewer neighbours than this say nothing. */
const FEWEST = 16
/** Neighbours look drawn at random up to so many standard deviations of χ², or where the excess is this small a share of them. */
const RANDOM_Z = 5
const RANDOM_EXCESS = 0.2
const LAST_SHARE = 0.95

/** Plain data. Counts of the words before and after; a phrase at the very start or end of its text has none there. */
export interface Neighbours {
  readonly before: Float64Array
  readonly after: Float64Array
  /** Occurrences in all, and those at the end of the text. */
  rows: number
  last: number
}

export function neighbourBucket(low: number): number {
  return chain(1, low) % NEIGHBOURS
}

export function emptyNeighbours(): Neighbours {
  return { before: new Float64Array(NEIGHBOURS), after: new Float64Array(NEIGHBOURS), rows: 0, last: 0 }
}

export function mergeNeighbours(into: Neighbours, from: Neighbours): void {
  addInto(into.before, from.before)
  addInto(into.after, from.after)
  into.rows += from.rows
  into.last += from.last
}

/** @param low hash of the neighbouring word; null at the edge of the text */
export function countNeighbours(neighbours: Neighbours, low: { before: number | null; after: number | null }): void {
  neighbours.rows++
  if (low.before !== null) count(neighbours.before, low.before)
  if (low.after === null) neighbours.last++
  else count(neighbours.after, low.after)
}

function count(counts: Float64Array, low: number): void {
  const bucket = neighbourBucket(low)
  counts[bucket] = counts[bucket]! + 1
}

/** Whether the phrase ends its text nearly always. */
export function isPlacedLast({ rows, last }: Neighbours): boolean {
  return last >= LAST_SHARE * rows
}

/** Whether the words on both sides are as if drawn at random from the data's words. */
export function isPlacedAtRandom({ before, after }: Neighbours, words: Float64Array): boolean {
  return isRandomDraw(before, words) && isRandomDraw(after, words)
}

function isRandomDraw(counts: Float64Array, words: Float64Array): boolean {
  const n = sumOf(counts)
  const total = sumOf(words)
  if (n < FEWEST || total === 0) return false
  let statistic = 0
  let cells = 0
  let pooledExpected = 0
  let pooledCount = 0
  counts.forEach((count, bucket) => {
    const expected = (n * words[bucket]!) / total
    if (expected < LEAST_EXPECTED) {
      pooledExpected += expected
      pooledCount += count
      return
    }
    statistic += (count - expected) ** 2 / expected
    cells++
  })
  if (pooledExpected > 0) {
    statistic += (pooledCount - pooledExpected) ** 2 / Math.max(pooledExpected, LEAST_EXPECTED)
    cells++
  }
  const excess = statistic - (cells - 1)
  return excess <= RANDOM_Z * Math.sqrt(2 * Math.max(1, cells - 1)) || excess <= RANDOM_EXCESS * n
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
