import { pick, sample } from '../choose.js'

/** Latin letters and what looks like them in Cyrillic and Greek (Unicode confusables, the closest ones). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  j: 'ј',
  o: 'оο',
  p: 'р',
  s: 'ѕ',
  v: 'ν',
  x: 'х',
  y: 'у',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'С',
  E: 'ЕΕ',
  H: 'НΗ',
  K: 'КΚ',
  M: 'МΜ',
  O: 'ОΟ',
  P: 'РΡ',
  T: 'ТΤ',
  X: 'ХΧ',
}

const INVISIBLE = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff']
const RIGHT_TO_LEFT_OVERRIDE = '\u202e'
const POP_DIRECTION = '\u202c'
/** Tag characters repeat ASCII from here on, unseen. */
const TAGS = 0xe0000

/** Plain words long enough to hide something in. */
const WORD = /(?<![\p{L}\p{N}])[A-Za-z]{4,}(?![\p{L}\p{N}])/gu

/** Whether a text has a word that {@link changeWords} would take. */
export function hasLatinWord(text: string): boolean {
  return text.search(/(?<![\p{L}\p{N}])(?=[a-z]*[aceiopsvxy])[A-Za-z]{4,}(?![\p{L}\p{N}])/u) >= 0
}

/** A text with up to `count` of its words, at random, changed. */
export function changeWords(text: string, count: number, random: () => number, change: (word: string) => string): string {
  const words = Array.from(text.matchAll(WORD), (match) => ({ at: match.index, word: match[0] }))
  const able = words.filter(({ word }) => hasLatinWord(word))
  const chosen = sample(able, count, random).sort((a, b) => b.at - a.at)
  return chosen.reduce((so, { at, word }) => so.slice(0, at) + change(word) + so.slice(at + word.length), text)
}

/** One or two letters replaced by look-alikes. */
export function withLookAlikes(word: string, random: () => number): string {
  const places = Array.from(word, (letter, at) => ({ letter, at })).filter(({ letter }) => letter in LOOK_ALIKES)
  const chosen = new Map(sample(places, 1 + Math.floor(random() * 2), random).map(({ letter, at }) => [at, LOOK_ALIKES[letter]!]))
  return Array.from(word, (letter, at) => (chosen.has(at) ? pick(Array.from(chosen.get(at)!), random) : letter)).join('')
}

/** One or two invisible characters inside a word. */
export function withInvisible(word: string, random: () => number): string {
  const count = 1 + Math.floor(random() * 2)
  let out = word
  for (let i = 0; i < count; i++) {
    const at = 1 + Math.floor(random() * (out.length - 1))
    out = out.slice(0, at) + pick(INVISIBLE, random) + out.slice(at)
  }
  return out
}

/** A word written backwards under an override that shows it forwards. */
export function withOverride(word: string): string {
  return RIGHT_TO_LEFT_OVERRIDE + Array.from(word).reverse().join('') + POP_DIRECTION
}

/** ASCII text as tag characters. */
export function inTags(ascii: string): string {
  return Array.from(ascii, (character) => String.fromCodePoint(TAGS + character.codePointAt(0)!)).join('')
}
