/** Data in random order, and ways to put blocks into it. */
import { random } from '../../../src/math/random.js'
import { answerRows, documentRows, reviewRows } from '../../cases/data.js'
import type { ExampleRow } from '../drive.js'

export type Cells = ExampleRow['cells']

/** Rows are made from the same generator: its numbers must not order them as well. */
const OTHER = 0x51ed270b

export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const next = random(seed ^ OTHER)
  return list
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

export const reviews = (seed: number, count = 800): ExampleRow[] => shuffled(reviewRows(seed, count), seed)
export const documents = (seed: number, count = 700): ExampleRow[] => shuffled(documentRows(seed, count), seed)
export const answers = (seed: number, count = 800): ExampleRow[] => shuffled(answerRows(seed, count), seed)
export const pairs = (seed: number, count = 800): ExampleRow[] => {
  const others = answers(seed + 1, count)
  return answers(seed, count).map(({ cells: { prompt, response } }, i) => ({
    cells: { prompt: prompt ?? '', chosen: response ?? '', rejected: others[i]?.cells.response ?? '' },
  }))
}

/** Reviews under one of four labels, by what they are about as far as a hash can say. */
export const fourClasses = (seed: number, count = 1000): ExampleRow[] =>
  reviews(seed, count).map(({ cells }) => ({ cells: { ...cells, label: String((cells.text ?? '').length % 4) } }))

export interface Placed {
  readonly rows: readonly ExampleRow[]
  readonly at: readonly number[]
}

/** Rows with a block of others at a share of their length: 0 before the first, 1 behind the last. */
export function inserted(rows: readonly ExampleRow[], block: readonly ExampleRow[], share: number): Placed {
  const place = Math.round(share * rows.length)
  return {
    rows: [...rows.slice(0, place), ...block, ...rows.slice(place)],
    at: block.map((_, i) => place + i),
  }
}

export function edited(rows: readonly ExampleRow[], edit: (cells: Cells, i: number) => Cells): ExampleRow[] {
  return rows.map(({ cells, ...place }, i) => ({ ...place, cells: { ...cells, ...edit(cells, i) } }))
}

/** A word put between two words of a text. */
export function withWord(text: string | null | undefined, word: string, i: number): string {
  const words = (text ?? '').split(' ')
  words.splice(1 + ((i * 7) % Math.max(1, words.length - 1)), 0, word)
  return words.join(' ')
}

export const labelled = (rows: readonly ExampleRow[], label: string): ExampleRow[] =>
  rows.filter(({ cells }) => cells.label === label)

/** Invented words of other letters. */
export function written(letters: string, seed: number, count: number): string[] {
  const next = random(seed)
  const all = Array.from(letters)
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(next() * 7) }, () => all[Math.floor(next() * all.length)]!).join('')
  return Array.from({ length: count }, () => Array.from({ length: 8 + Math.floor(next() * 12) }, word).join(' '))
}

/** Places rows in files of so many rows each. */
export function inFiles(rows: readonly ExampleRow[], sizes: readonly number[]): ExampleRow[] {
  let file = 0
  let row = 0
  return rows.map((one) => {
    while (row >= (sizes[file] ?? Infinity)) {
      file++
      row = 0
    }
    return { ...one, file, row: row++ }
  })
}
