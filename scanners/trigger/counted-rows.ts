/**
 * Which rows n-grams are counted in, to find out what is worth following: all, until their words would fill the tables so far
 * that a bound says nothing; of more data a sample by hash. What is followed is then counted in all rows.
 */
import { logBinomialTail } from '../../src/math/stats.js'

/** log2 of the counters of the largest table. 574,000 news items hold some 20 million distinct n-grams, most of which come once. */
const MOST_TABLE_BITS = 23
const LEAST_TABLE_BITS = 18
/** Counters for each row: about as many as it has n-grams. */
const COUNTERS_A_ROW = 128

/** How much of the memory that counting takes by default it is to take: 1 for all, 0.1 for a tenth. */
export interface CountingBudget {
  readonly memory: number
}

/** log2 of the counters of a table: small data must not pay for writing and merging a large one. */
export function tableBits(rows: number | null, { memory }: CountingBudget): number {
  const wanted = Math.ceil(Math.log2((rows ?? Infinity) * COUNTERS_A_ROW + 1))
  const bits = Math.min(MOST_TABLE_BITS, Math.max(LEAST_TABLE_BITS, wanted))
  return Math.floor(bits + Math.log2(memory))
}

/**
 * Whether a row's n-grams are counted.
 * @param key the row's hash, 32 bits
 * @param words of the row: a long one fills the tables more, and is as much rarer in the sample
 * @param rows of the data set; null where unknown: then every row is counted
 * @param load words for each counter of the largest table
 */
export function isCounted(key: number, words: number, rows: number | null, load: number, { memory }: CountingBudget): boolean {
  return rows === null || key * rows * words < load * memory * 2 ** (MOST_TABLE_BITS + 32)
}

/** Rows that a phrase needs so that, with 95 % probability, `least` of them are among those that are counted. */
export function rowsForCounted(least: number, rate: number): number {
  if (rate >= 1) return least
  let rows = Math.ceil(least / rate)
  while (logBinomialTail(rows, least, rate) < Math.log(0.95)) rows = Math.ceil(rows * 1.02) + 1
  return rows
}
