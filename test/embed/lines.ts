import { random } from '../../src/math/random.js'

/** Text to try tokenizers with: seeded, well-formed, from many scripts, and of everything that trips them up. */

const WORDS = (
  'the of and to in market shares rose Thursday after Company said unaffable tokenization antidisestablishmentarianism cf mn bb tq ' +
  "won't U.S. $1,234.56 3.14 100% C++ e-mail http://example.org/a?b=c#d user@example.org #tag @name snake_case camelCase"
).split(' ')
const OTHER = [
  ...[
    'naïve',
    'cafe\u0301',
    'Ångström',
    'A\u030angstro\u0308m',
    'İstanbul',
    'ıspanak',
    'straße',
    'STRASSE',
    'ﬁne',
    'Ｆｕｌｌ１２',
  ],
  ...['Москва', 'йод', 'и\u0306', 'ΟΔΥΣΣΕΥΣ', 'Σ', 'ὈΔΥΣΣΕΎΣ', 'שָׁלוֹם', 'السَّلَامُ', 'عليكم', 'हिन्दी', 'क्षत्रिय', 'ไทยแลนด์', 'தமிழ்'],
  ...[
    '한국어',
    '\u1112\u1161\u11ab',
    'ひらがな',
    'カ\u3099',
    'ｶﾞ',
    '漢字',
    '中文字符',
    '𠮷野家',
    '㐀',
    '豈',
    '𓀀',
    '𝔘𝔫𝔦',
    'Ⅻ',
    '①',
    '½',
    'ǅ',
  ],
  ...['😀', '👩‍👩‍👧‍👦', '👍🏽', '🇩🇪', '❤️', '☃', '©', '™', '…', '—', '“quoted”', '«x»', '¿qué?', '、', '。', '€5', '£', '¥'],
  ...[
    '[CLS]',
    '[SEP]',
    '[MASK]',
    '[PAD]',
    '[UNK]',
    '[cls]',
    'a[SEP]b',
    '[[MASK]]',
    '[CLS',
    'SEP]',
    '##ing',
    '[unused1]',
    '<s>',
    '</s>',
  ],
]
const INVISIBLE =
  '\0\x01\x07\x08\v\f\x1b\x1c\x7f\x85\x9f\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufe0f\ufeff\ufffd\uffff\ue000'
const GAPS = ['', ' ', ' ', ' ', '  ', '\t', '\n', '\r\n', '\u00a0', '\u2003', '\u2028', '\u3000', '\u1680', '-', '.']

/** @returns `count` lines, the same for the same seed on every machine. */
export function lines(count: number, seed: number): string[] {
  const next = random(seed)
  const below = (n: number): number => Math.floor(next() * n)
  const pick = <T>(list: ArrayLike<T>): T => list[below(list.length)]!
  const anyScalar = (limit: number): string => {
    const code = below(limit)
    return code >= 0xd800 && code <= 0xdfff ? '?' : String.fromCodePoint(code)
  }
  const kinds: readonly (() => string)[] = [
    () => pick(WORDS),
    () => pick(WORDS),
    () => pick(WORDS).toUpperCase(),
    () => pick(OTHER),
    () => pick(OTHER),
    () => pick(INVISIBLE),
    () => `${pick(WORDS)}${pick(INVISIBLE)}${pick(WORDS)}`,
    () => `${pick(OTHER)}${pick(OTHER)}`,
    () => `${pick(WORDS)}${String.fromCodePoint(0x300 + below(0x70))}`,
    () => anyScalar(0x3000),
    () => anyScalar(0x10000),
    () => anyScalar(0x110000),
    () => pick('abcxyz09é漢.').repeat(95 + below(12)),
    () => String(below(1e9)),
  ]
  return Array.from({ length: count }, () => {
    let line = ''
    for (let n = below(24); n >= 0; n--) line += pick(kinds)() + pick(GAPS)
    return line
  })
}

/** Every code point below `end`, surrogates left out, between two letters, 64 to a line. */
export function everyCodePoint(end: number): string[] {
  const found: string[] = []
  for (let first = 0; first < end; first += 64) {
    if (first >= 0xd800 && first < 0xe000) continue
    found.push(Array.from({ length: 64 }, (_, i) => `a${String.fromCodePoint(first + i)}b`).join(' '))
  }
  return found
}
