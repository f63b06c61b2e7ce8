/**
 * Rare words in the inputs of an event, and in how many of its rows each stands. Of more than fit those of smallest hash are
 * kept (a bottom-k sketch; Broder 1997): a word that is dropped never comes back, so that the counts of the others are exact.
 */
import { mix32 } from '../../src/math/random.js'

const MOST_WORDS = 512
const FIRST_CAPACITY = 8

/** Plain data, by word, ascending by {@link mix32} of `low`, then `high`; the arrays may be longer. */
export interface EventWords {
  size: number
  high: Uint32Array
  low: Uint32Array
  /** At most as many rows as a rare word has, far below 256. */
  counts: Uint8Array
}

export function emptyEventWords(): EventWords {
  return { size: 0, high: new Uint32Array(0), low: new Uint32Array(0), counts: new Uint8Array(0) }
}

/** @param count rows of the event that hold the word */
export function addEventWord(into: EventWords, high: number, low: number, count: number): void {
  const key = mix32(low)
  // Most words of a large event: beyond the last, without a search.
  if (into.size === MOST_WORDS && key > mix32(into.low[MOST_WORDS - 1]!)) return
  const at = placeOf(into, high, key)
  if (at < into.size && into.low[at] === low && into.high[at] === high) {
    into.counts[at] = into.counts[at]! + count
    return
  }
  if (at === MOST_WORDS) return
  if (into.size === into.low.length) grow(into)
  const { size, high: highs, low: lows, counts } = into
  const end = Math.min(size, MOST_WORDS - 1)
  for (const list of [highs, lows, counts]) list.copyWithin(at + 1, at, end)
  highs[at] = high
  lows[at] = low
  counts[at] = count
  into.size = end + 1
}

/** Where the word is, or is to be inserted. */
function placeOf({ size, high: highs, low: lows }: EventWords, high: number, key: number): number {
  let [at, end] = [0, size]
  while (at < end) {
    const middle = (at + end) >>> 1
    const known = mix32(lows[middle]!)
    if (known < key || (known === key && highs[middle]! < high)) at = middle + 1
    else end = middle
  }
  return at
}

/** Nothing is added to what is full: it makes place. */
function grow(words: EventWords): void {
  const capacity = Math.min(MOST_WORDS, Math.max(FIRST_CAPACITY, 2 * words.low.length))
  if (capacity === words.low.length) return
  const { high, low, counts } = words
  words.high = new Uint32Array(capacity)
  words.low = new Uint32Array(capacity)
  words.counts = new Uint8Array(capacity)
  words.high.set(high)
  words.low.set(low)
  words.counts.set(counts)
}

export function mergeEventWords(into: EventWords, from: EventWords): void {
  for (let i = 0; i < from.size; i++) addEventWord(into, from.high[i]!, from.low[i]!, from.counts[i]!)
}

/** Share of the event's rare words that are kept, in (0, 1]. */
export function keptShare({ size, low }: EventWords): number {
  return size < MOST_WORDS ? 1 : (mix32(low[MOST_WORDS - 1]!) + 1) / 2 ** 32
}
