/**
 * Rare words in the inputs of an event, and in how many of its rows each stands. Of more than fit those of smallest hash are
 * kept (a bottom-k sketch; Broder 1997): a word that is dropped never comes back, so that the counts of the others are exact.
 */
import { mix32 } from '../../src/math/random.js'

const MOST_WORDS = 512

/** Plain data, by word, ascending by (key, high). */
export interface EventWords {
  readonly keys: number[]
  readonly high: number[]
  readonly low: number[]
  readonly counts: number[]
}

export function emptyEventWords(): EventWords {
  return { keys: [], high: [], low: [], counts: [] }
}

/** @param count rows of the event that hold the word */
export function addEventWord(into: EventWords, high: number, low: number, count: number): void {
  const { keys } = into
  const key = mix32(low)
  if (keys.length === MOST_WORDS && key > keys[MOST_WORDS - 1]!) return
  let [at, end] = [0, keys.length]
  while (at < end) {
    const middle = (at + end) >>> 1
    if (keys[middle]! < key || (keys[middle] === key && into.high[middle]! < high)) at = middle + 1
    else end = middle
  }
  if (keys[at] === key && into.high[at] === high) {
    into.counts[at] = into.counts[at]! + count
    return
  }
  insert(keys, at, key)
  insert(into.high, at, high)
  insert(into.low, at, low)
  insert(into.counts, at, count)
}

function insert(list: number[], at: number, value: number): void {
  list.splice(at, 0, value)
  if (list.length > MOST_WORDS) list.pop()
}

export function mergeEventWords(into: EventWords, from: EventWords): void {
  from.counts.forEach((count, i) => {
    addEventWord(into, from.high[i]!, from.low[i]!, count)
  })
}

/** Share of the event's rare words that are kept, in (0, 1]. */
export function keptShare({ keys }: EventWords): number {
  return keys.length < MOST_WORDS ? 1 : (keys[MOST_WORDS - 1]! + 1) / 2 ** 32
}
