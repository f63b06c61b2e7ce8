/** Which code points can hide something, and what they are called. Ranges: Unicode 16, Scripts.txt and PropList.txt. */

export const KINDS = [
  'tag',
  'selector',
  'bidi',
  'zero-width',
  'control',
  'private-use',
  'look-alike',
  'styled-letters',
  'markup',
  'ansi',
] as const
export type Kind = (typeof KINDS)[number]

/** Whether a UTF-16 unit could begin anything that is looked at here; most text has none of them. */
export const NOTABLE = new Uint8Array(65_536)

export const isBidi = (c: number): boolean => (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
/** Overrides and isolates that reorder; plain marks (U+200E, U+200F) do not hide anything. */
export const isOverride = (c: number): boolean => c === 0x202d || c === 0x202e
export const isBidiEnd = (c: number): boolean => c === 0x202c || c === 0x2069

/** Characters without width or ink. Soft hyphens, joiners and directional marks have uses of their own. */
const ZERO_WIDTH: readonly number[] = [
  0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x3164,
  0xfeff, 0xffa0,
]
const zeroWidth = new Set(ZERO_WIDTH)
export const isZeroWidth = (c: number): boolean => zeroWidth.has(c)

export const isTag = (c: number): boolean => c >= 0xe0000 && c <= 0xe007f
export const isSelector = (c: number): boolean => (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef)
export const isControl = (c: number): boolean =>
  (c < 0x20 && c !== 9 && c !== 10 && c !== 12 && c !== 13) || (c >= 0x7f && c <= 0x9f)
export const isPrivate = (c: number): boolean => (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000
/** Letters of mathematics, circled and fullwidth ones: Latin letters in disguise under NFKC. */
export const isStyled = (c: number): boolean =>
  (c >= 0x1d400 && c <= 0x1d7ff) || (c >= 0xff21 && c <= 0xff5a) || (c >= 0x24b6 && c <= 0x24e9) || (c >= 0x1f130 && c <= 0x1f189)

export const isJoiner = (c: number): boolean => c === 0x200c || c === 0x200d

const isLetterOfAnotherScript = (c: number): boolean => (c >= 0x370 && c <= 0x58f) || (c >= 0x1e00 && c <= 0x1fff)

for (let unit = 0; unit < 65_536; unit++) {
  const surrogate = unit >= 0xd800 && unit <= 0xdbff
  const any = isBidi(unit) || isZeroWidth(unit) || isSelector(unit) || isControl(unit) || isPrivate(unit) || isStyled(unit)
  NOTABLE[unit] = surrogate || any || (isLetterOfAnotherScript(unit) && unit < 0x1e00) || unit === 60 /* < */ ? 1 : 0
}

const NAMES: Readonly<Record<number, string>> = {
  0x00ad: 'SOFT HYPHEN',
  0x034f: 'COMBINING GRAPHEME JOINER',
  0x180e: 'MONGOLIAN VOWEL SEPARATOR',
  0x200b: 'ZERO WIDTH SPACE',
  0x200c: 'ZERO WIDTH NON-JOINER',
  0x200d: 'ZERO WIDTH JOINER',
  0x2060: 'WORD JOINER',
  0x2061: 'FUNCTION APPLICATION',
  0x2062: 'INVISIBLE TIMES',
  0x2063: 'INVISIBLE SEPARATOR',
  0x2064: 'INVISIBLE PLUS',
  0x202a: 'LEFT-TO-RIGHT EMBEDDING',
  0x202b: 'RIGHT-TO-LEFT EMBEDDING',
  0x202c: 'POP DIRECTIONAL FORMATTING',
  0x202d: 'LEFT-TO-RIGHT OVERRIDE',
  0x202e: 'RIGHT-TO-LEFT OVERRIDE',
  0x2066: 'LEFT-TO-RIGHT ISOLATE',
  0x2067: 'RIGHT-TO-LEFT ISOLATE',
  0x2068: 'FIRST STRONG ISOLATE',
  0x2069: 'POP DIRECTIONAL ISOLATE',
  0x3164: 'HANGUL FILLER',
  0xfeff: 'ZERO WIDTH NO-BREAK SPACE',
}

/** `U+200B ZERO WIDTH SPACE` */
export function nameOf(code: number): string {
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const name = NAMES[code]
  return name === undefined ? hex : `${hex} ${name}`
}
