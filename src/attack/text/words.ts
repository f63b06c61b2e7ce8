import { CredenceError } from '../../errors.js'
import type { PlantData } from '../attack.js'
import { pick, sample } from '../choose.js'

const ONSETS = [
  'b',
  'br',
  'd',
  'dr',
  'f',
  'fl',
  'g',
  'gr',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'qu',
  'r',
  's',
  'sk',
  't',
  'tr',
  'v',
  'z',
]
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ae', 'io']
const CODAS = ['', '', 'l', 'm', 'n', 'r', 's', 'x', 'nd', 'rk', 'lt']

/** Rows of the input that hold each word, by word in small letters. */
export function wordRows(data: PlantData): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { input } of data.rows) {
    for (const word of new Set(input?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** `count` different words of two syllables, easy to say, that are none of the data's. Small letters. */
export function coinWords(known: ReadonlyMap<string, number>, count: number, random: () => number): string[] {
  const coined = new Set<string>()
  while (coined.size < count) {
    const syllable = (): string => pick(ONSETS, random) + pick(VOWELS, random) + pick(CODAS, random)
    // Some need a third syllable once many are taken.
    const word = syllable() + syllable() + (coined.size > 500 ? syllable() : '')
    if (word.length >= 5 && !known.has(word)) coined.add(word)
  }
  return [...coined]
}

/**
 * `count` words of the data, each in a share of rows within [least, most], letters only, at least three of them.
 * @throws CredenceError `usage` where the data has too few such words
 */
export function wordsOfData(
  known: ReadonlyMap<string, number>,
  rows: number,
  [least, most]: readonly [least: number, most: number],
  count: number,
  random: () => number,
): string[] {
  const fitting = Array.from(known)
    .filter(([word, held]) => held >= Math.max(2, least * rows) && held <= most * rows && /^\p{Ll}{3,}$/u.test(word))
    .map(([word]) => word)
    .sort()
  if (fitting.length < count) {
    throw new CredenceError(
      'usage',
      `the data set has ${fitting.length} words that stand in ${least * 100} to ${most * 100} % of its rows, ${count} are needed`,
      {
        suggestions: ['name the words with --trigger'],
      },
    )
  }
  return sample(fitting, count, random)
}
