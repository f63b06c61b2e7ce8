/** Rows of rare words in pass 4: their content without the words, and whether they read on. */
import { dot } from '../../src/math/linalg.js'
import { addInto, GRID } from '../../src/math/moments.js'
import type { Twice } from '../../src/sketch/twice.js'
import { removeRanges, type Match, type Phrase } from './phrase.js'
import { LEAST_WORD_ROWS, MOST_WORD_ROWS } from './pool-count.js'
import type { Pool, PoolWord } from './pool-select.js'
import type { CauseMatch } from './matching.js'
import { countSeam, emptySeams, mergeSeams, type Seams } from './seams.js'
import type { WordScanner } from './words.js'

/** Of the words of one pool, by index. Plain data. */
export interface PoolRows {
  /** As the row with the smallest spelling has it; empty until one was seen. */
  readonly texts: string[]
  /** Rows that hold the word and the event, and such without the event. */
  readonly rows: Uint8Array
  readonly others: Uint8Array
  /** Hashes of the rows, [words × MOST_WORD_ROWS], in the order of reading. */
  readonly keys: Uint32Array
  /** Sums of the rows' integer vectors, embedded without the word and as they are, [words × dim]. */
  readonly sums: Int32Array
  readonly wholeSums: Int32Array
  /** Words beside the word that could be held against each other, and known neighbours among them. */
  readonly seams: Uint8Array
  readonly knownSeams: Uint8Array
  /** Over all words. */
  readonly beside: Seams
}

export function emptyPoolRows({ words }: Pool, dim: number): PoolRows {
  const n = words.length
  return {
    texts: new Array<string>(n).fill(''),
    rows: new Uint8Array(n),
    others: new Uint8Array(n),
    keys: new Uint32Array(n * MOST_WORD_ROWS),
    sums: new Int32Array(n * dim),
    wholeSums: new Int32Array(n * dim),
    seams: new Uint8Array(n),
    knownSeams: new Uint8Array(n),
    beside: emptySeams(),
  }
}

/** Places of the distinct rare words of a row, by word. */
function placesOf({ triggers }: CauseMatch): Match[][] {
  const byWord = new Map<number, Match[]>()
  for (const match of triggers) byWord.set(match.phrase, [...(byWord.get(match.phrase) ?? []), match])
  return [...byWord.values()]
}

/** An event that is a phrase shows in rows without a word of the pool as well. */
function isLookedAt({ event, triggers }: CauseMatch): boolean {
  return event && triggers.length > 0
}

/** The row, and the row without each of its rare words, one at a time: what is to be embedded. Nothing of rows without the event, or without a word. */
export function rareWordTexts(match: CauseMatch): string[] {
  return isLookedAt(match) ? [match.text, ...placesOf(match).map((places) => removeRanges(match.text, places))] : []
}

/**
 * @param read gives the vectors of {@link rareWordTexts} one after another
 * @param words scratch space
 */
export function addPoolRow(
  into: PoolRows,
  match: CauseMatch,
  read: () => Float64Array,
  pairs: Twice | null,
  words: WordScanner,
): void {
  const { text, key, event } = match
  if (event) words.scan(text)
  const whole = isLookedAt(match) ? read().slice() : null
  for (const places of placesOf(match)) {
    const { phrase: word, start, end } = places[0]!
    const rows = into.rows[word]!
    const vector = event ? read() : null
    if (vector === null || whole === null || rows === MOST_WORD_ROWS) {
      into.others[word] = Math.min(255, into.others[word]! + 1)
      continue
    }
    const spelling = text.slice(start, end)
    if (into.texts[word] === '' || spelling < into.texts[word]!) into.texts[word] = spelling
    into.keys[word * MOST_WORD_ROWS + rows] = key
    into.rows[word] = rows + 1
    for (let d = 0; d < vector.length; d++) {
      const at = word * vector.length + d
      into.sums[at] = into.sums[at]! + vector[d]!
      into.wholeSums[at] = into.wholeSums[at]! + whole[d]!
    }
    if (pairs === null) continue
    const seam = emptySeams()
    countSeam(seam, pairs, text, words, { start, end })
    into.seams[word] = into.seams[word]! + seam.seams
    into.knownSeams[word] = into.knownSeams[word]! + seam.knownSeams
    mergeSeams(into.beside, seam)
  }
}

export function mergePoolRows(into: PoolRows, from: PoolRows): void {
  from.texts.forEach((text, word) => {
    if (text !== '' && (into.texts[word] === '' || text < into.texts[word]!)) into.texts[word] = text
    const rows = into.rows[word]!
    const added = Math.min(from.rows[word]!, MOST_WORD_ROWS - rows)
    for (let k = 0; k < added; k++) into.keys[word * MOST_WORD_ROWS + rows + k] = from.keys[word * MOST_WORD_ROWS + k]!
    into.rows[word] = rows + added
    into.others[word] = Math.min(255, into.others[word]! + from.others[word]! + from.rows[word]! - added)
    into.seams[word] = into.seams[word]! + from.seams[word]!
    into.knownSeams[word] = into.knownSeams[word]! + from.knownSeams[word]!
  })
  for (let i = 0; i < from.sums.length; i++) {
    into.sums[i] = into.sums[i]! + from.sums[i]!
    into.wholeSums[i] = into.wholeSums[i]! + from.wholeSums[i]!
  }
  mergeSeams(into.beside, from.beside)
}

/**
 * Mean vector of some words' rows, [dim], in units of the embedding.
 * @param sums of PoolRows, without the words or as the rows are
 */
export function meanOfWords({ rows }: PoolRows, sums: Int32Array, words: readonly number[], dim: number): Float64Array {
  const sum = new Float64Array(dim)
  let n = 0
  for (const word of words) {
    addInto(sum, Float64Array.from(sums.subarray(word * dim, (word + 1) * dim)))
    n += rows[word]!
  }
  return sum.map((value) => value / (Math.max(1, n) * GRID))
}

/** The rows' hashes, each once. */
export function keysOf({ rows, keys }: PoolRows, word: number): Set<number> {
  return new Set(keys.subarray(word * MOST_WORD_ROWS, word * MOST_WORD_ROWS + rows[word]!))
}

/** A planted row may hold one of the data's own rare words as well: so many of a word's rows, or one, may count for others. */
const CLAIMED_SHARE = 1 / 8

/** Takes a word's rows that none has taken. False, and none taken, where they are not nearly all: a row counts for one word. */
export function claimRows(rows: PoolRows, word: number, claimed: Set<number>): boolean {
  const n = rows.rows[word]!
  const free = [...keysOf(rows, word)].filter((key) => !claimed.has(key))
  if (free.length < LEAST_WORD_ROWS || free.length < n - Math.ceil(n * CLAIMED_SHARE)) return false
  for (const key of free) claimed.add(key)
  return true
}

/** Some words of the pool, as the rows spell them. */
export function phrasesOf(members: readonly number[], { texts }: PoolRows, words: readonly PoolWord[]): Phrase[] {
  return members.map((word) => ({ text: texts[word]!, high: [words[word]!.high], low: [words[word]!.low] }))
}

/** Cosine that any two rows may have beyond that of the mean, by chance. */
const CHANCE_COSINE = 0.15

/** Rows that say as much as a word's: copies say the same again, and so do rows about the same matter. */
export function independentRows({ sums, rows }: PoolRows, word: number, alike: number, dim: number): number {
  const n = rows[word]!
  const sum = sums.subarray(word * dim, (word + 1) * dim)
  const cosine = (dot(sum, sum) / (GRID * GRID) - n) / (n * (n - 1))
  const excess = Math.min(1, Math.max(0, (cosine - alike - CHANCE_COSINE) / Math.max(0.01, 1 - alike - CHANCE_COSINE)))
  return n / (1 + (n - 1) * excess)
}
