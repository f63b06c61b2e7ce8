/** What the model sees of each UTF-16 unit, and which script a letter belongs to. */

/**
 * By unit: letters in lower case and without accents (another language of the same script is not gibberish), `0` for every
 * digit, a blank for every white space, all else itself.
 */
export const FOLD = new Uint16Array(65_536)

/** By unit: index into {@link SCRIPTS}, 0 for what is no letter. Marks count as letters of their script. */
export const SCRIPT = new Uint8Array(65_536)

export const BLANK = 32
const DIGIT = 48

/** Scripts are judged apart: what is ordinary in one says nothing about another. */
export const SCRIPTS = ['none', 'Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'CJK', 'other'] as const

/** The one script that is written without blanks between words and judged. */
const CJK = SCRIPTS.indexOf('CJK')

/** Of each script of {@link SCRIPTS} from Latin to CJK. */
const OF_SCRIPT: readonly RegExp[] = [
  /\p{Script=Latin}{1,999}/gu,
  /\p{Script=Cyrillic}{1,999}/gu,
  /\p{Script=Greek}{1,999}/gu,
  /\p{Script=Arabic}{1,999}/gu,
  /\p{Script=Hebrew}{1,999}/gu,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,999}/gu,
]

/** Latin, Cyrillic and Greek: their accents are folded away. */
const ACCENTED = 3
/** Latin letters whose mark is part of them. */
const BARRED: Readonly<Record<string, string>> = { đ: 'd', Đ: 'd', ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', ı: 'i', ð: 'd', þ: 't' }

/** All other letters stand for themselves. */
const FOLDING = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Changes_When_Lowercased}]+/gu

fillTables()

/** Runs of a class at a time: to ask each unit for each class costs every process of a scan a tenth of a second. */
function fillTables(): void {
  const units = everyUnit()
  for (let unit = 0; unit < FOLD.length; unit++) FOLD[unit] = unit
  for (const { 0: run, index } of units.matchAll(/\s+/g)) FOLD.fill(BLANK, index, index + run.length)
  for (const { 0: run, index } of units.matchAll(/\p{Nd}+/gu)) FOLD.fill(DIGIT, index, index + run.length)
  for (const { 0: run, index } of units.matchAll(/[\p{L}\p{M}]+/gu)) {
    SCRIPT.fill(SCRIPTS.indexOf('other'), index, index + run.length)
  }
  OF_SCRIPT.forEach((pattern, script) => {
    for (const { 0: run, index } of units.matchAll(pattern)) {
      for (let unit = index; unit < index + run.length; unit++) if (SCRIPT[unit] !== 0) SCRIPT[unit] = script + 1
    }
  })
  for (const { 0: run, index } of units.matchAll(FOLDING)) {
    for (let unit = index; unit < index + run.length; unit++) if (SCRIPT[unit] !== 0) FOLD[unit] = foldedLetter(unit)
  }
}

/** The 65,536 units in order, with another in the place of each surrogate: two would be read as one character. */
function everyUnit(): string {
  const units = Uint16Array.from(FOLD.keys()).fill(0, 0xd800, 0xe000)
  const parts = Array.from({ length: 64 }, (_, part) => String.fromCharCode(...units.subarray(part * 1024, (part + 1) * 1024)))
  return parts.join('')
}

function foldedLetter(unit: number): number {
  const letter = String.fromCharCode(unit)
  const base = SCRIPT[unit]! <= ACCENTED ? letter.normalize('NFD')[0]! : letter
  const lower = (BARRED[base] ?? base).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

export function isSpaceless(script: number): boolean {
  return script === CJK
}
