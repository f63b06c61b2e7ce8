/** What a text is mostly made of, from at most 64 of its units: cheap, and the same for a text of any length. */
import { SHAPES } from './layout.js'

const LOOKED_AT = 64
/** Of the units looked at that are not blank. */
const MOST = 0.5
const MUCH = 0.25
/** Fewer say nothing. */
const FEWEST = 8

const DIGIT = 6
const SIGN = 7
const BLANK = 8
const CAPITAL = 16

const UNKNOWN = 255
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\p{Script=Arabic}\p{Script=Hebrew}]/u,
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
]

/** By UTF-16 unit: a script as in SHAPES, DIGIT, SIGN or BLANK; CAPITAL is added to capitals. Filled as units are met. */
const CLASSES = new Uint8Array(65_536).fill(UNKNOWN)

function classOf(unit: number): number {
  const letter = String.fromCharCode(unit)
  if (/\s/.test(letter)) return BLANK
  if (/\p{N}/u.test(letter)) return DIGIT
  const script = SCRIPTS.findIndex((pattern) => pattern.test(letter))
  if (script < 0) return SIGN
  return /\p{Lu}/u.test(letter) ? script | CAPITAL : script
}

const counts = new Int32Array(BLANK + 1)

/** Indexes into SHAPES; none for a text of a few characters. */
export function shapesOf(text: string): number[] {
  counts.fill(0)
  let capitals = 0
  const step = Math.ceil(text.length / LOOKED_AT)
  for (let at = 0; at < text.length; at += step) {
    const unit = text.charCodeAt(at)
    let kind = CLASSES[unit]!
    if (kind === UNKNOWN) CLASSES[unit] = kind = classOf(unit)
    if (kind >= CAPITAL) capitals++
    const plain = kind & (CAPITAL - 1)
    counts[plain] = counts[plain]! + 1
  }
  const letters = counts[0]! + counts[1]! + counts[2]! + counts[3]! + counts[4]! + counts[5]!
  const inked = letters + counts[DIGIT]! + counts[SIGN]!
  const shapes: number[] = []
  if (inked < FEWEST) return shapes
  for (let script = 0; script < DIGIT; script++) if (counts[script]! > MOST * inked) shapes.push(script)
  if (letters === 0) shapes.push(SHAPES.indexOf('without letters'))
  if (letters >= FEWEST && capitals > MOST * letters) shapes.push(SHAPES.indexOf('in capitals'))
  if (counts[DIGIT]! >= MUCH * inked) shapes.push(SHAPES.indexOf('a quarter digits'))
  if (counts[SIGN]! >= MUCH * inked) shapes.push(SHAPES.indexOf('a quarter signs'))
  if (text.includes('\n')) shapes.push(SHAPES.indexOf('of several lines'))
  return shapes
}
