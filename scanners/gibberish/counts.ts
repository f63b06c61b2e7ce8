/** Counts of letters, letter pairs and triples, words and word pairs: all that the language model is made of. */
import { mix32 } from '../../src/math/random.js'
import { BLANK, FOLD, isSpaceless, SCRIPT } from './letters.js'

/** What is looked at of a cell, in UTF-16 units: gibberish that a trigger sets off runs on to the end. */
const HEAD = 12_288
const TAIL = 4_096

const PAIR_SATURATED = 0xff
/** Words longer than this are cut: no state depends on how long a word is. */
const MOST_WORDS = HEAD + TAIL

/** Plain data, made of a bounded sample of the data. */
export interface Counts {
  readonly letters: Uint32Array
  readonly pairs: Uint32Array
  readonly triples: Uint32Array
  readonly words: Uint32Array
  readonly wordPairs: Uint8Array
  /** Folded units counted. */
  units: number
}

export function emptyCounts(): Counts {
  return {
    letters: new Uint32Array(65_536),
    pairs: new Uint32Array(2 ** 16),
    triples: new Uint32Array(2 ** 18),
    words: new Uint32Array(2 ** 18),
    wordPairs: new Uint8Array(2 ** 21),
    units: 0,
  }
}

export function clip(text: string): string {
  return text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`
}

export function pairSlot({ pairs }: Pick<Counts, 'pairs'>, x: number, y: number): number {
  return mix32(x * 0x10001 + y) & (pairs.length - 1)
}

export function tripleSlot({ triples }: Pick<Counts, 'triples'>, x: number, y: number, z: number): number {
  return mix32(Math.imul(x * 0x10001 + y, 0x9e3779b1) + z) & (triples.length - 1)
}

export function wordSlot({ words }: Pick<Counts, 'words'>, word: number): number {
  return mix32(word) & (words.length - 1)
}

export function wordPairSlot({ wordPairs }: Pick<Counts, 'wordPairs'>, first: number, second: number): number {
  return mix32(Math.imul(first, 0x85ebca6b) ^ second) & (wordPairs.length - 1)
}

/** @param words scratch, the words of `text` afterwards */
export function countText(counts: Counts, text: string, words: Words): void {
  const { letters, pairs, triples, wordPairs } = counts
  let x = BLANK
  let y = BLANK
  for (let i = 0; i < text.length; i++) {
    const z = FOLD[text.charCodeAt(i)]!
    if (z === BLANK && y === BLANK) continue
    letters[z]!++
    pairs[pairSlot(counts, y, z)]!++
    triples[tripleSlot(counts, x, y, z)]!++
    counts.units++
    x = y
    y = z
  }
  words.read(text)
  for (let w = 0; w < words.count; w++) {
    counts.words[wordSlot(counts, words.hashes[w]!)]!++
    if (words.joined[w] === 0) continue
    const slot = wordPairSlot(counts, words.hashes[w - 1]!, words.hashes[w]!)
    if (wordPairs[slot]! < PAIR_SATURATED) wordPairs[slot] = wordPairs[slot]! + 1
  }
}

/** Words of one text at a time: runs of letters of a script that puts blanks between them. Arrays are reused. */
export class Words {
  count = 0
  readonly starts = new Int32Array(MOST_WORDS + 1)
  readonly ends = new Int32Array(MOST_WORDS + 1)
  readonly hashes = new Uint32Array(MOST_WORDS + 1)
  /** 1 where nothing but blanks stands between a word and the one before it. */
  readonly joined = new Uint8Array(MOST_WORDS + 1)

  read(text: string): void {
    this.count = 0
    let start = -1
    let hash = 0
    let onlyBlanks = false
    for (let i = 0; i <= text.length; i++) {
      const unit = i < text.length ? text.charCodeAt(i) : BLANK
      const script = SCRIPT[unit]!
      if (script !== 0 && !isSpaceless(script)) {
        if (start < 0) {
          start = i
          hash = 0x811c9dc5
        }
        hash = Math.imul(hash ^ FOLD[unit]!, 0x01000193)
        continue
      }
      if (start >= 0) {
        const at = this.count++
        this.starts[at] = start
        this.ends[at] = i
        this.hashes[at] = hash >>> 0
        this.joined[at] = onlyBlanks ? 1 : 0
        onlyBlanks = true
        start = -1
      }
      if (FOLD[unit] !== BLANK) onlyBlanks = false
    }
  }
}
