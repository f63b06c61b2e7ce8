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

const TESTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
]

/** Latin, Cyrillic and Greek: their accents are folded away. */
const ACCENTED = 3
/** Latin letters whose mark is part of them. */
const BARRED: Readonly<Record<string, string>> = { đ: 'd', Đ: 'd', ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', ı: 'i', ð: 'd', þ: 't' }

for (let unit = 0; unit < 65_536; unit++) {
  const character = String.fromCharCode(unit)
  FOLD[unit] = unit
  if (unit >= 0xd800 && unit <= 0xdfff) continue
  if (/\s/.test(character)) FOLD[unit] = BLANK
  else if (/\p{Nd}/u.test(character)) FOLD[unit] = DIGIT
  else if (/[\p{L}\p{M}]/u.test(character)) {
    const script = TESTS.findIndex((test) => test.test(character))
    SCRIPT[unit] = script < 0 ? SCRIPTS.indexOf('other') : script + 1
    const base = script >= 0 && script < ACCENTED ? character.normalize('NFD')[0]! : character
    const lower = (BARRED[base] ?? base).toLowerCase()
    if (lower.length === 1) FOLD[unit] = lower.charCodeAt(0)
  }
}

export function isSpaceless(script: number): boolean {
  return script === CJK
}
