/** One look at each unit: which decoders could find anything at all. */
import { IMAGES } from './ciphers.js'

/** Bits of what {@link signsOf} returns. */
export const SIGNS = {
  run: 1,
  escape: 2,
  entity: 4,
  percent: 8,
  morse: 16,
  leet: 32,
  link: 64,
  codes: 128,
  letters: 256,
  cipher: 512,
} as const

/** Base64 of ASCII has a sign other than letters and digits for `>`, `?` and `~` in every third place alone. */
const LEAST_RUN = 16
const LEAST_ESCAPES = 6
const LEAST_PERCENT = 3
const LEAST_SHORT = 8
const LEAST_MORSE = 24
const LEAST_LEET = 3
const LEAST_MIXED = 3
const LEAST_BINARY = 7
/** Words from one image of a common word, or one word with digits, to the next. */
const NEAR = 8
/** A four-letter image is a word or a name by chance in 0.7 % of cases; a three-letter one in 18 %. */
const LEAST_IMAGE = 4

// Classes of units, as bits.
const LETTER = 1
const BIT = 2
const DIGIT = 4
const MORSE_SIGN = 8
const COUNTED = 16
const ALNUM = LETTER | BIT | DIGIT

const CLASS = new Uint8Array(65_536)
for (let unit = 48; unit <= 57; unit++) CLASS[unit] = unit < 50 ? BIT : DIGIT
for (let unit = 65; unit <= 90; unit++) CLASS[unit] = CLASS[unit | 32] = LETTER
for (const sign of '.·•_–—/| \n\t-') CLASS[sign.charCodeAt(0)] = MORSE_SIGN
for (const sign of '\\%#:') CLASS[sign.charCodeAt(0)] = COUNTED

/** A bitmap of images by length and first four letters: no miss, and one false hit in a hundred words. */
const BITMAP_BITS = 20
const BITMAP = new Uint8Array(2 ** (BITMAP_BITS - 3))

function slotOf(text: string, start: number, length: number): number {
  const first = (text.charCodeAt(start) | 32) - 96 + ((text.charCodeAt(start + 1) | 32) - 96) * 27
  const second = (text.charCodeAt(start + 2) | 32) - 96 + ((text.charCodeAt(start + 3) | 32) - 96) * 27
  return Math.imul(first + second * 729 + length * 531_441, 0x9e3779b1) >>> (32 - BITMAP_BITS)
}

for (const image of IMAGES.keys()) {
  if (image.length < LEAST_IMAGE) continue
  const slot = slotOf(image, 0, image.length)
  BITMAP[slot >>> 3]! |= 1 << (slot & 7)
}

/** @returns a sum of {@link SIGNS}; 0 for nearly every text */
export function signsOf(text: string): number {
  const { length: units } = text
  let signs = 0
  let quietFrom = 0
  let [words, lastImage, lastMixed] = [0, -1000, -1000]
  let [shorts, singles, mixed] = [0, 0, 0]
  let [escapes, percents, entities] = [0, 0, 0]
  for (let i = 0; i < units;) {
    let kind = CLASS[text.charCodeAt(i)]!
    if ((kind & ALNUM) === 0) {
      if ((kind & MORSE_SIGN) === 0) {
        if (i - quietFrom >= LEAST_MORSE) signs |= SIGNS.morse
        quietFrom = i + 1
      }
      if (kind === COUNTED) {
        const unit = text.charCodeAt(i)
        if (unit === 92) escapes++
        else if (unit === 37) percents++
        else if (unit === 35) entities++
        else if (text.startsWith('//', i + 1) || (i > 1 && text.startsWith('//', i - 2))) signs |= SIGNS.link
      }
      i++
      continue
    }
    if (i - quietFrom >= LEAST_MORSE) signs |= SIGNS.morse
    const start = i
    let kinds = 0
    while (i < units && ((kind = CLASS[text.charCodeAt(i)]!) & ALNUM) !== 0) {
      kinds |= kind
      i++
    }
    quietFrom = i
    const length = i - start
    words++
    if (length >= LEAST_RUN) signs |= SIGNS.run
    if (kinds === LETTER) {
      shorts = length === 2 ? shorts + 1 : 0
      singles = length === 1 ? singles + 1 : 0
      if (singles >= LEAST_SHORT) signs |= SIGNS.letters
      if (length < LEAST_IMAGE) continue
      const slot = slotOf(text, start, length)
      if ((BITMAP[slot >>> 3]! & (1 << (slot & 7))) === 0) continue
      if (words - lastImage <= NEAR) signs |= SIGNS.cipher
      lastImage = words
      continue
    }
    singles = 0
    shorts = length <= 4 ? shorts + 1 : 0
    if (shorts >= LEAST_SHORT || (kinds === BIT && length >= LEAST_BINARY)) signs |= SIGNS.codes
    if ((kinds & LETTER) !== 0 && length >= LEAST_MIXED) {
      mixed = words - lastMixed <= NEAR ? mixed + 1 : 1
      if (mixed >= LEAST_LEET) signs |= SIGNS.leet
      lastMixed = words
    }
    // `U+0069`: the plus sign parts the letter from its number.
    if (text.charCodeAt(start - 1) === 43 && text.charCodeAt(start - 2) === 85) escapes++
  }
  if (units - quietFrom >= LEAST_MORSE) signs |= SIGNS.morse
  if (escapes >= LEAST_ESCAPES) signs |= SIGNS.escape
  if (percents >= LEAST_PERCENT) signs |= SIGNS.percent
  if (entities >= LEAST_ESCAPES) signs |= SIGNS.entity
  return signs
}
