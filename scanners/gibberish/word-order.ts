/** Whether words that the data knows stand in an order that the data knows. */
import { random } from '../../src/math/random.js'
import type { Counts } from './counts.js'
import { wordPairSlot, wordSlot, Words } from './counts.js'

/** A word must be known: of a rare one no order can be expected. Occurrences elsewhere. */
const KNOWN = 2
/** Frequencies in powers of four above KNOWN. */
const LEVELS = 7
/** A single pair, however telling, is a single pair. Nats. */
const MOST = 2

/** Pairs of known words, and the gap in the share of new ones, without which word order is not judged. */
const FEWEST_PAIRS = 2000
const LEAST_GAP = 0.2

/** By level of the first word × level of the second: ln P(new pair | any order) / P(new pair | the data's order), and for a pair that is known. */
export interface WordOrder {
  readonly ifNew: Float64Array
  readonly ifKnown: Float64Array
  /** By level of a word: ln P(level | drawn from the vocabulary) / P(level | the data's text). */
  readonly ifDrawn: Float64Array
  /** Share of pairs of known words that are new: in the data's order, and in a random one. */
  readonly newOrdinary: number
  readonly newRandom: number
  /** Whether the two differ enough, on enough pairs, to tell an order from none. */
  readonly judged: boolean
  /** Words counted. */
  readonly words: number
}

/** Level of a word, or −1 for one that is not known. */
function levelOf(counts: Counts, word: number, own: 0 | 1): number {
  return levelOfCount(counts.words[wordSlot(counts, word)]! - own)
}

function levelOfCount(count: number): number {
  return count < KNOWN ? -1 : Math.min(LEVELS - 1, Math.floor(Math.log2(count / KNOWN) / 2))
}

/** The pair's bin, or −1 where it says nothing. */
function binOf(counts: Counts, words: Words, at: number, own: 0 | 1): number {
  if (words.joined[at] === 0) return -1
  const first = levelOf(counts, words.hashes[at - 1]!, own)
  const second = levelOf(counts, words.hashes[at]!, own)
  return first < 0 || second < 0 ? -1 : first * LEVELS + second
}

function isNew(counts: Counts, first: number, second: number, own: 0 | 1): boolean {
  return counts.wordPairs[wordPairSlot(counts, first, second)]! <= own
}

export function wordOrder(counts: Counts, pieces: readonly string[]): WordOrder {
  const bins = LEVELS * LEVELS
  const ordinary = { all: new Float64Array(bins), fresh: new Float64Array(bins) }
  const shuffled = { all: new Float64Array(bins), fresh: new Float64Array(bins) }
  const words = new Words()
  const next = random(17)
  // Words of some rows before: what stands next to a word when there is no order.
  const pool: number[] = []
  let counted = 0
  const tally = (into: typeof ordinary, bin: number, fresh: boolean): void => {
    into.all[bin] = into.all[bin]! + 1
    if (fresh) into.fresh[bin] = into.fresh[bin]! + 1
  }
  for (const piece of pieces) {
    words.read(piece)
    counted += words.count
    for (let w = 0; w < words.count; w++) {
      const word = words.hashes[w]!
      const bin = binOf(counts, words, w, 1)
      if (bin >= 0) tally(ordinary, bin, isNew(counts, words.hashes[w - 1]!, word, 1))
      const other = pool[Math.floor(next() * pool.length)]
      const first = other === undefined ? -1 : levelOf(counts, other, 1)
      const second = levelOf(counts, word, 1)
      if (other !== undefined && first >= 0 && second >= 0)
        tally(shuffled, first * LEVELS + second, isNew(counts, other, word, 0))
      if (pool.length < 4096) pool.push(word)
      else pool[Math.floor(next() * pool.length)] = word
    }
  }
  const ifNew = new Float64Array(bins)
  const ifKnown = new Float64Array(bins)
  for (let bin = 0; bin < bins; bin++) {
    const a = (ordinary.fresh[bin]! + 1) / (ordinary.all[bin]! + 2)
    const b = (shuffled.fresh[bin]! + 1) / (shuffled.all[bin]! + 2)
    ifNew[bin] = within(Math.log(b / a))
    ifKnown[bin] = within(Math.log((1 - b) / (1 - a)))
  }
  const newOrdinary = share(ordinary)
  const newRandom = share(shuffled)
  const judged = total(ordinary.all) >= FEWEST_PAIRS && newRandom - newOrdinary >= LEAST_GAP
  return { ifNew, ifKnown, ifDrawn: drawnEvidence(counts), newOrdinary, newRandom, judged, words: counted }
}

/** Words as often as the data says them, against every word of its vocabulary alike. */
function drawnEvidence(counts: Counts): Float64Array {
  const said = new Float64Array(LEVELS)
  const kinds = new Float64Array(LEVELS)
  for (const count of counts.words) {
    const level = levelOfCount(count - 1)
    if (level < 0) continue
    said[level] = said[level]! + count
    kinds[level] = kinds[level]! + 1
  }
  return said.map((occurrences, level) =>
    within(Math.log(((kinds[level]! + 1) / (total(kinds) + LEVELS)) * ((total(said) + LEVELS) / (occurrences + 1)))),
  )
}

/**
 * What each word says with the one before it, in nats; 0 where it says nothing.
 * @param shuffled filled for words of the data in another order
 * @param drawn filled for words drawn from its vocabulary
 */
export function orderEvidence(
  counts: Counts,
  order: WordOrder,
  words: Words,
  own: 0 | 1,
  shuffled: Float64Array,
  drawn: Float64Array,
): void {
  for (let w = 0; w < words.count; w++) {
    const bin = binOf(counts, words, w, own)
    if (bin < 0) shuffled[w] = 0
    else shuffled[w] = (isNew(counts, words.hashes[w - 1]!, words.hashes[w]!, own) ? order.ifNew : order.ifKnown)[bin]!
    const level = words.joined[w] === 0 ? -1 : levelOf(counts, words.hashes[w]!, own)
    drawn[w] = level < 0 ? 0 : order.ifDrawn[level]! + shuffled[w]!
  }
}

const within = (value: number): number => Math.max(-MOST, Math.min(MOST, value))

function share({ all, fresh }: { all: Float64Array; fresh: Float64Array }): number {
  return total(all) === 0 ? 0 : total(fresh) / total(all)
}

function total(list: Float64Array): number {
  return list.reduce((sum, value) => sum + value, 0)
}
