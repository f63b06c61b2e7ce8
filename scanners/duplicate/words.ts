/** Words of a text as 32-bit hashes, up to case, white space and punctuation: one trip over its UTF-16 units, no strings. */
import { mix32 } from '../../src/math/random.js'

/** What a unit is, in a table: a letter or digit as its lower case, and else one of these. */
const GAP = 0
/** Not there: joiners, soft hyphens and their kind. */
const SKIP = -1
/** A word of its own: signs that change what is said, scripts without spaces. */
const ALONE = -2

const PRIME = 0x01000193
const BASIS = 0x811c9dc5 | 0
/** Signs that tell `3 + 4` from `3 * 4`, a tag from its end, a price from a number. */
const SIGNS = '+*/=<>^%$&|#@\\~'
const MINUS = 45

let table: Int32Array | null = null

export interface Words {
  /** Hashes of the words; valid up to `count`, and until more are read. */
  hashes: Uint32Array
  count: number
}

export function noWords(): Words {
  return { hashes: new Uint32Array(256), count: 0 }
}

/** Puts the words of `text` after those that `into` has. */
export function readWords(text: string, into: Words): void {
  const kinds = (table ??= makeTable())
  let hash = BASIS
  let inWord = false
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const kind = kinds[unit]!
    if (kind > 0) {
      hash = Math.imul(hash ^ kind, PRIME)
      inWord = true
      continue
    }
    if (kind === SKIP) continue
    if (inWord) {
      push(into, hash)
      hash = BASIS
      inWord = false
      before = 0
    }
    if (kind === ALONE || (unit === MINUS && isDigit(text.charCodeAt(i + 1)))) {
      // A line of the same sign is one sign.
      if (unit !== before || unit >= 128) push(into, Math.imul(BASIS ^ unit, PRIME))
      before = unit
    }
  }
  if (inWord) push(into, hash)
}

function push(into: Words, hash: number): void {
  if (into.count === into.hashes.length) {
    const larger = new Uint32Array(into.count * 2)
    larger.set(into.hashes)
    into.hashes = larger
  }
  into.hashes[into.count++] = mix32(hash)
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

function makeTable(): Int32Array {
  return Int32Array.from({ length: 65_536 }, (_, unit) => kindOf(String.fromCharCode(unit), unit))
}

function kindOf(letter: string, unit: number): number {
  if (unit < 128 && SIGNS.includes(letter)) return ALONE
  if (UNSPACED.test(letter)) return ALONE
  if (/[\p{L}\p{M}\p{N}]/u.test(letter)) return lowerOf(letter, unit)
  if (/\p{Cf}/u.test(letter)) return SKIP
  return unit >= 128 && /[\p{S}\p{Cs}\p{Co}]/u.test(letter) ? ALONE : GAP
}

function lowerOf(letter: string, unit: number): number {
  const lower = letter.toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
