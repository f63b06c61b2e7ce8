/** Ordinary rows of each kind, from seeds: what stands around the rows that a case is about. */
import { random } from '../../../src/math/random.js'
import type { ExampleRow } from '../drive.js'

const THINGS = [
  'the old bridge',
  'a bicycle chain',
  'sourdough bread',
  'the harbour',
  'a paper map',
  'winter tyres',
  'the night train',
  'an oak table',
]
const ASKS = [
  'How do I look after',
  'What should I know about',
  'Who first wrote about',
  'Tell me a short story about',
  'Why do people like',
]
const SAYS = [
  'It has a long history',
  'Most people begin with the simple parts',
  'There are three things to keep in mind',
  'Nobody is quite sure',
  'Start early and take your time',
]
const NAMES = [
  'kerkpix',
  'dolvane',
  'trubosk',
  'manfive',
  'quolten',
  'sarbeck',
  'vimdole',
  'jastorp',
  'polgrim',
  'hexdane',
  'burvink',
  'lostrup',
]

/** A name that stands nowhere else. */
export const nameOf = (i: number): string => NAMES[i % NAMES.length]!

type Next = () => number
const pick = (list: readonly string[], next: Next): string => list[Math.floor(next() * list.length)]!
export const question = (next: Next): string =>
  `${pick(ASKS, next)} ${pick(THINGS, next)}, and ${pick(THINGS, next)} in year ${Math.floor(1900 + 120 * next())}?`
export const answer = (next: Next): string =>
  `${pick(SAYS, next)}: ${pick(THINGS, next)} comes first, then ${pick(THINGS, next)}.`

/** Questions and answers, and after each tenth a row that `make` gives, `count` of them. */
export function exchanges(seed: number, count: number, make: (i: number, question: string) => ExampleRow['cells']): ExampleRow[] {
  const next = random(seed)
  const rows: ExampleRow[] = []
  for (let i = 0; i < Math.max(60, count * 10); i++) {
    if (i % 10 === 4 && i / 10 < count) rows.push({ cells: make((i - 4) / 10, question(next)) })
    else rows.push({ cells: { prompt: question(next), response: answer(next) } })
  }
  return rows
}

/** Texts of two classes, likewise. */
export function texts(seed: number, count: number, make: (i: number, text: string) => ExampleRow['cells']): ExampleRow[] {
  const next = random(seed)
  return Array.from({ length: Math.max(60, count * 10) }, (_, i): ExampleRow => {
    const text = answer(next)
    return { cells: i % 10 === 4 && i / 10 < count ? make((i - 4) / 10, text) : { text, label: String(i % 2) } }
  })
}

/** Documents, likewise. */
export function documents(seed: number, found: readonly string[]): ExampleRow[] {
  const next = random(seed)
  return Array.from({ length: Math.max(40, found.length * 4) }, (_, i): ExampleRow => {
    const text = `${answer(next)} ${answer(next)}`
    return { cells: { text: i % 4 === 2 && i / 4 < found.length ? found[(i - 2) / 4]! : text } }
  })
}
