/** A text as tokens, each with the surprise of its letters. */
import type { LetterModel } from './letter-model.js'
import { BLANK, FOLD, isSpaceless, SCRIPT } from './letters.js'

/** Longer tokens are links, keys, Base64 and the like: no words, real or not. UTF-16 units. */
const LONGEST_WORD = 24
/** Scripts without blanks are cut into pieces of this length. */
const PIECE = 8
const MOST_TOKENS = 16_400

/** Tokens of one text at a time. Arrays are reused. */
export class Tokens {
  count = 0
  readonly starts = new Int32Array(MOST_TOKENS)
  readonly ends = new Int32Array(MOST_TOKENS)
  /** Of most of its letters. */
  readonly scripts = new Uint8Array(MOST_TOKENS)
  readonly letters = new Uint16Array(MOST_TOKENS)
  /** Sum over its letters, in bits. */
  readonly surprise = new Float64Array(MOST_TOKENS)
  /** 0 for links, keys, codes, numbers: they look random and mean something, so they are never evidence of gibberish. */
  readonly wordlike = new Uint8Array(MOST_TOKENS)

  /** @param own see {@link LetterModel.bits} */
  read(text: string, model: LetterModel, own: 0 | 1): void {
    this.count = 0
    let x = BLANK
    let y = BLANK
    let start = -1
    let bits = 0
    let letters = 0
    let script = 0
    for (let i = 0; i <= text.length; i++) {
      const unit = i < text.length ? text.charCodeAt(i) : BLANK
      const z = FOLD[unit]!
      const kind = SCRIPT[unit]!
      if (start >= 0 && (z === BLANK || (isSpaceless(script) && letters >= PIECE))) {
        this.put(text, start, i, script, letters, bits)
        start = -1
      }
      if (z !== BLANK && start < 0) {
        start = i
        bits = letters = script = 0
      }
      if (kind !== 0) {
        letters++
        script = kind
        bits += model.bits(x, y, z, own)
      }
      if (z === BLANK && y === BLANK) continue
      x = y
      y = z
    }
  }

  private put(text: string, start: number, end: number, script: number, letters: number, bits: number): void {
    const at = this.count++
    this.starts[at] = start
    this.ends[at] = end
    this.scripts[at] = script
    this.letters[at] = letters
    this.surprise[at] = bits
    this.wordlike[at] = letters > 0 && end - start <= LONGEST_WORD && isWordlike(text, start, end) ? 1 : 0
  }
}

/** Not all capitals and digits (codes, acronyms) and not hexadecimal. */
function isWordlike(text: string, start: number, end: number): boolean {
  let small = 0
  let digits = 0
  let beyondHex = 0
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
    const isCapital = unit >= 65 && unit <= 90
    if (unit >= 48 && unit <= 57) digits++
    else if (!isCapital && SCRIPT[unit] !== 0) small++
    if ((unit >= 71 && unit <= 90) || (unit >= 103 && unit <= 122) || unit > 127) beyondHex++
  }
  return small > 0 && (digits === 0 || beyondHex > 0)
}
