/**
 * Answers behind many rare words. No word of a trigger that rotates stands in enough inputs of the answer to be found by
 * itself, but nearly all of its inputs hold one of them, and no others do.
 */
import { byKey } from '../../src/sketch/key-table.js'
import { bucketsAtLeast, upperBound, type SaturatingCounts } from '../../src/sketch/saturating-counts.js'
import { isName, type EventRows } from './event-rows.js'
import { keptShare, type EventWords } from './event-words.js'
import { contains, growPhrase, type Phrase } from './phrase.js'
import { LEAST_WORD_ROWS } from './pool-count.js'
import { POOL_ROWS, type Pool, type PoolWord } from './pool-select.js'
import type { ResponseModel } from './response-count.js'
import type { ShingleEvent } from './response-select.js'
import { chain, type NgramScanner, type WordScanner } from './words.js'

/** Words that make a pool, and rows of each at most: many words of few rows, since nothing contradicts an answer. */
export const ANSWER_WORDS = 6
const MOST_WORD_ROWS = 7
/**
 * Share of an answer's rows that must hold a word which no other row has: at most 0.23 of any answer's in clean data, at least
 * 0.86 of planted ones.
 */
export const LEAST_COVERAGE = 0.75
/** Share of a word's rows, by the upper bound on them, that must have the answer: whether all have is counted later. */
const WORD_PURITY = 0.6
const MOST_POOLS = 8
/** Beyond it inputs have a subject. Coined words alone move those of short dialogues by 0.28 until they are taken out. */
const LARGEST_EFFECT = 0.4

export interface ResponsePool extends Pool {
  readonly event: { readonly kind: 'phrase'; readonly phrase: Phrase }
  /** Rows that have the answer, about. */
  readonly eventRows: number
  /** Share of their rare words that were looked at, in (0, 1]. */
  readonly kept: number
  /** What was tried: answers, and rare words at most. */
  readonly tried: { readonly events: number; readonly words: number }
}

const NONE: readonly number[] = []

/** Whether a pool may be behind an answer, as far as is known before its words are. */
export function mayBePooled({ rows, effect }: ShingleEvent): boolean {
  return rows >= POOL_ROWS && effect <= LARGEST_EFFECT
}

/** Of the words that `inputs` gathered last, each once: those of as few rows as a pool's, by where they stand. */
export function rareInputs(inputs: NgramScanner, grams: SaturatingCounts): readonly number[] {
  let found: number[] | null = null
  for (let g = 0; g < inputs.count; g++) {
    if (inputs.length[g] !== 1) continue
    const rows = upperBound(grams, inputs.low[g]!)
    if (rows >= LEAST_WORD_ROWS && rows <= MOST_WORD_ROWS) (found ??= []).push(inputs.first[g]!)
  }
  return found ?? NONE
}

/**
 * The commonest answers most of whose rows hold a word of their own.
 * @param sampled of each event
 * @param words of each event that {@link mayBePooled}
 */
export function poolsOfEvents(
  events: readonly ShingleEvent[],
  sampled: readonly EventRows[],
  words: readonly (EventWords | null)[],
  { grams, countedRows, moments }: Pick<ResponseModel, 'grams' | 'countedRows' | 'moments'>,
  scanner: WordScanner,
): ResponsePool[] {
  const covered = events.flatMap((event, e) => {
    const [rows, inputs] = [sampled[e]!, words[e]!]
    if (inputs === null || (rows.words === 1 && !isName(rows))) return []
    const own = ownWords(inputs, grams)
    const held = own.reduce((sum, word) => sum + word.rows, 0)
    const kept = keptShare(inputs)
    return own.length >= ANSWER_WORDS && held >= LEAST_COVERAGE * kept * event.rows ? [{ event, rows, own, kept }] : []
  })
  const tried = { events: events.length, words: covered.length === 0 ? 0 : bucketsAtLeast(grams, LEAST_WORD_ROWS) }
  const pools: ResponsePool[] = []
  for (const { event, rows, own, kept } of covered.sort((a, b) => b.event.rows - a.event.rows || byKey(a.event, b.event))) {
    if (pools.length === MOST_POOLS) break
    const phrase = growPhrase(event.high, event.low, rows.outputs.texts, scanner, null)
    if (phrase === null) continue
    const known = pools.some(({ event: other }) => contains(other.phrase, phrase) || contains(phrase, other.phrase))
    const eventRows = (event.rows * moments.count) / Math.max(1, countedRows)
    if (!known) pools.push({ event: { kind: 'phrase', phrase }, words: own, eventRows, kept, tried })
  }
  return pools
}

/** Words that hardly any other row holds, ascending by key. */
function ownWords({ size, high, low, counts }: EventWords, grams: SaturatingCounts): PoolWord[] {
  const words: PoolWord[] = []
  for (let i = 0; i < size; i++) words.push({ high: high[i]!, low: low[i]!, rows: counts[i]! })
  return words
    .filter(({ rows, low }) => rows >= LEAST_WORD_ROWS && rows >= WORD_PURITY * upperBound(grams, chain(0, low)))
    .sort(byKey)
}
