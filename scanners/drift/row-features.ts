/** The features of one row at a time: the inner loop of the scanner. */
import type { RowBatch } from '../../src/model/row-batch.js'
import { ANSWER_BUCKETS, LENGTHS, SHAPES, WORD_BUCKETS, type Layout } from './layout.js'
import { shapesOf } from './shape.js'
import { VALUE_UNITS } from './survey.js'

/** UTF-16 units looked at of a cell: its head and its tail. */
const HEAD = 768
const TAIL = 256
const PRIME = 0x01000193
const BASIS = 0x811c9dc5
const SEPARATOR = 0
/** A word of its own: scripts written without spaces. */
const ALONE = 1

/** What a unit is until it is first met. */
const UNKNOWN = 2

/** By UTF-16 unit: SEPARATOR, ALONE, or the lower-cased unit itself (all of which are above UNKNOWN). Filled as units are met. */
const FOLD = new Uint16Array(65_536).fill(UNKNOWN)

// Format characters belong to words: hiding one in a word makes it another word.
const WORD = /[\p{L}\p{N}\p{M}\p{Cf}_]/u
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function folded(unit: number): number {
  const known = FOLD[unit]!
  return known === UNKNOWN ? (FOLD[unit] = fold(unit)) : known
}

function fold(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit
  const character = String.fromCharCode(unit)
  if (unit > UNKNOWN && UNSPACED.test(character)) return ALONE
  if (unit <= UNKNOWN || !WORD.test(character)) return SEPARATOR
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

/** The distinct features of a row; the array is reused, so read it before the next row. */
export class RowFeatures {
  count = 0
  readonly features: Int32Array
  /** Which features this row already has: those whose stamp is this row's. */
  private readonly stamps: Int32Array
  private stamp = 0

  constructor(private readonly layout: Layout) {
    this.features = new Int32Array(layout.size)
    this.stamps = new Int32Array(layout.size)
  }

  /** Starts the next row. */
  begin(): void {
    this.count = 0
    this.stamp++
  }

  /** Adds what an example has; a chat's turns are one row. */
  read({ columns, input, output }: RowBatch, i: number): void {
    const { layout } = this
    this.value(columns.label?.[i], layout.labels)
    this.value(columns.source?.[i], layout.sources)
    this.text(input[i] ?? '', layout.ranges.shape[0], layout.ranges.word[0], WORD_BUCKETS)
    if (output === null) return
    this.text(output[i] ?? '', layout.ranges.shape[0] + LENGTHS + SHAPES.length, layout.ranges.answer[0], ANSWER_BUCKETS)
  }

  private text(text: string, shape: number, words: number, buckets: number): void {
    this.add(shape + octaveOf(text))
    for (const k of shapesOf(text)) this.add(shape + LENGTHS + k)
    this.words(text, words, buckets - 1)
  }

  private value(cell: string | null | undefined, known: ReadonlyMap<string, number>): void {
    if (cell === null || cell === undefined || known.size === 0) return
    const feature = known.get(cell.length > VALUE_UNITS ? cell.slice(0, VALUE_UNITS) : cell)
    if (feature !== undefined) this.add(feature)
  }

  /** What {@link eachWord} finds, without a call for each word. */
  private words(text: string, first: number, mask: number): void {
    if (text.length <= HEAD + TAIL) this.wordsWithin(text, 0, text.length, first, mask)
    else {
      this.wordsWithin(text, 0, HEAD, first, mask)
      this.wordsWithin(text, text.length - TAIL, text.length, first, mask)
    }
  }

  private wordsWithin(text: string, from: number, to: number, first: number, mask: number): void {
    const { stamps, stamp, features } = this
    let { count } = this
    let hash = 0
    let inWord = false
    for (let i = from; i <= to; i++) {
      const kind = i < to ? folded(text.charCodeAt(i)) : SEPARATOR
      if (kind > ALONE) {
        hash = Math.imul((inWord ? hash : BASIS) ^ kind, PRIME)
        inWord = true
        continue
      }
      if (inWord) {
        const feature = first + (spread(hash) & mask)
        if (stamps[feature] !== stamp) {
          stamps[feature] = stamp
          features[count++] = feature
        }
        inWord = false
      }
      if (kind === ALONE) {
        const feature = first + (spread(Math.imul(text.charCodeAt(i), PRIME)) & mask)
        if (stamps[feature] !== stamp) {
          stamps[feature] = stamp
          features[count++] = feature
        }
      }
    }
    this.count = count
  }

  private add(feature: number): void {
    if (this.stamps[feature] === this.stamp) return
    this.stamps[feature] = this.stamp
    this.features[this.count++] = feature
  }
}

/** Calls with the hash of each word that is looked at, and where it stands. */
export function eachWord(text: string, found: (hash: number, start: number, end: number) => void): void {
  if (text.length <= HEAD + TAIL) wordsWithin(text, 0, text.length, found)
  else {
    wordsWithin(text, 0, HEAD, found)
    wordsWithin(text, text.length - TAIL, text.length, found)
  }
}

function wordsWithin(text: string, from: number, to: number, found: (hash: number, start: number, end: number) => void): void {
  let hash = 0
  let start = -1
  for (let i = from; i <= to; i++) {
    const kind = i < to ? folded(text.charCodeAt(i)) : SEPARATOR
    if (kind > ALONE) {
      if (start < 0) {
        start = i
        hash = BASIS
      }
      hash = Math.imul(hash ^ kind, PRIME)
      continue
    }
    if (start >= 0) {
      found(spread(hash), start, i)
      start = -1
    }
    if (kind === ALONE) found(spread(Math.imul(text.charCodeAt(i), PRIME)), i, i + 1)
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function octaveOf(text: string): number {
  return 32 - Math.clz32(Math.min(text.length, 2 ** (LENGTHS - 1) - 1))
}
