/** Words of a text and pairs of neighbours, as hashes: of no language and no list. */
import { mix32 } from '../../src/math/random.js'

/** Words of a text that are looked at: the encoders see no more of it either. */
const MOST_WORDS = 512
const MOST_FEATURES = 2 * MOST_WORDS
/** Slots for the features of one text, so that each counts once. */
const SLOTS = 4 * MOST_FEATURES

/** Kinds of features: the lowest bit of the hash, so that words and pairs never share a bucket. */
export const WORD = 0
export const PAIR = 1
const kindOf = (hash: number, kind: number): number => ((hash & ~1) | kind) >>> 0

const SEPARATOR = 0
/** A word of its own: signs, and letters of scripts that are written without spaces. */
const ALONE = 1
/** Not looked up yet. */
const UNKNOWN = 0xffff

const SPACE = /\s/u
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const IN_WORDS = /[\p{L}\p{N}\p{M}\p{Cf}_']/u

/** By UTF-16 unit: SEPARATOR, ALONE or the lower-cased unit; filled as units come, since few of all are met. */
const FOLD = new Uint16Array(65_536).fill(UNKNOWN)

function foldOf(unit: number): number {
  const known = FOLD[unit]!
  if (known !== UNKNOWN) return known
  const folded = foldedUnit(unit)
  FOLD[unit] = folded
  return folded
}

function foldedUnit(unit: number): number {
  // Emoji are pairs of such units; one after another they are one word.
  if (unit >= 0xd800 && unit <= 0xdfff) return unit
  const character = String.fromCharCode(unit)
  if (SPACE.test(character)) return SEPARATOR
  if (WITHOUT_SPACES.test(character) || !IN_WORDS.test(character)) return ALONE
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

/** The distinct words and pairs of neighbours of one text at a time; the array is reused, so read it before the next call. */
export class WordScanner {
  /** Features of the last text. */
  count = 0
  readonly hashes = new Uint32Array(MOST_FEATURES)

  private words = 0
  /** Hash of the word before; 0 at the start. */
  private before = 0
  // Index of a feature + 1, valid where the stamp is this text's.
  private readonly slots = new Uint16Array(SLOTS)
  private readonly stamps = new Uint32Array(SLOTS)
  private stamp = 0

  scan(text: string): void {
    this.count = 0
    this.words = 0
    this.before = 0
    this.stamp++
    for (let i = 0; i < text.length && this.words < MOST_WORDS;) {
      const unit = text.charCodeAt(i)
      let folded = foldOf(unit)
      i++
      if (folded === SEPARATOR) continue
      if (folded === ALONE) {
        this.add(mix32(unit))
        continue
      }
      let hash = 0x811c9dc5
      for (;;) {
        hash = Math.imul(hash ^ folded, 0x01000193)
        if (i === text.length || (folded = foldOf(text.charCodeAt(i))) <= ALONE) break
        i++
      }
      this.add(mix32(hash))
    }
  }

  private add(word: number): void {
    this.offer(kindOf(word, WORD))
    // The start of a text counts as its first word's neighbour.
    this.offer(kindOf(mix32(Math.imul(this.before ^ 0x7f4a7c15, 0x9e3779b1) + word), PAIR))
    this.before = word
    this.words++
  }

  private offer(hash: number): void {
    let slot = (hash >>> 1) % SLOTS
    while (this.stamps[slot] === this.stamp) {
      if (this.hashes[this.slots[slot]! - 1] === hash) return
      slot = (slot + 1) % SLOTS
    }
    this.stamps[slot] = this.stamp
    this.hashes[this.count++] = hash
    this.slots[slot] = this.count
  }
}
