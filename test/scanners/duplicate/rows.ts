/** Ordinary rows about four subjects, and copies of rows, from seeds. */
import { random } from '../../../src/math/random.js'
import type { ExampleRow } from '../drive.js'

const SUBJECTS = [
  'match team goal coach season striker league stadium keeper derby referee penalty squad cup trophy defender midfield fans whistle tackle transfer injury bench captain draw title club pitch header substitute',
  'shares profit bank market rates bond investor earnings dollar merger quarter stock analyst budget inflation lender loan deficit forecast dividend hedge trader yield currency tariff revenue audit pension broker asset',
  'phone software chip screen battery browser server update laptop network sensor camera robot cloud startup router keyboard driver patch firmware developer platform signal encryption gadget tablet storage processor beta code',
  'minister election vote treaty border embassy parliament troops sanction summit rebel president cabinet policy senate campaign refugee envoy coalition protest ceasefire ambassador ballot governor reform council decree province mandate congress',
].map((words) => words.split(' '))

const COMMON =
  'the a of and to in on for with after before that was were has had from by at as it its said will would over more new old two three last next week day year people city while against under about into when who which many some other first big small early late still never again near around part side half full long short high low best worst made took gave found left saw began ended held kept lost won met went came called told asked'.split(
    ' ',
  )

export type Random = () => number

export function pick<T>(next: Random, list: readonly T[]): T {
  return list[Math.floor(next() * list.length)]!
}

/** `count` words about a subject. */
export function prose(next: Random, subject: number, count: number): string {
  return Array.from({ length: count }, () => pick(next, next() < 0.4 ? SUBJECTS[subject % SUBJECTS.length]! : COMMON)).join(' ')
}

/** Texts of 20 to 45 words; the label says the subject. */
export function news(seed: number, count: number): ExampleRow[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => ({
    cells: { text: `${prose(next, i, 20 + Math.floor(next() * 26))}.`, label: String(i % SUBJECTS.length) },
  }))
}

export function documents(seed: number, count: number): ExampleRow[] {
  return news(seed, count).map(({ cells }) => ({ cells: { text: cells.text ?? '' } }))
}

export function answers(seed: number, count: number): ExampleRow[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => ({
    cells: {
      prompt: `${prose(next, i, 8 + Math.floor(next() * 10))}?`,
      response: `${prose(next, i, 12 + Math.floor(next() * 20))}.`,
    },
  }))
}

export function preferences(seed: number, count: number): ExampleRow[] {
  const next = random(seed)
  const text = (i: number, words: number): string => `${prose(next, i, words + Math.floor(next() * words))}.`
  return Array.from({ length: count }, (_, i) => ({ cells: { prompt: text(i, 8), chosen: text(i, 15), rejected: text(i, 15) } }))
}

type Cells = ExampleRow['cells']

/** The rows, with rows at every `step`th place, from the 5th on, made from the row three places before. */
export function copied(
  rows: readonly ExampleRow[],
  count: number,
  edit: (cells: Cells, i: number) => Cells = (cells) => cells,
): ExampleRow[] {
  const step = Math.floor((rows.length - 5) / count)
  return rows.map((row, place) => {
    const i = (place - 5) / step
    return Number.isInteger(i) && i >= 0 && i < count
      ? { ...row, cells: { ...row.cells, ...edit(rows[place - 3]!.cells, i) } }
      : row
  })
}

/** The rows, with the cells of `made` in place of those of rows spread over them. */
export function mixed(rows: readonly ExampleRow[], made: readonly Cells[]): ExampleRow[] {
  const step = Math.floor(rows.length / made.length)
  return rows.map((row, place) => {
    const cells = place % step === 2 ? made[Math.floor(place / step)] : undefined
    return cells === undefined ? row : { ...row, cells: { ...row.cells, ...cells } }
  })
}

/** Copies of one text in which each word is now and then another one. */
export function nearCopies(next: Random, text: string, count: number, change: number, fill: () => string): string[] {
  return Array.from({ length: count }, () =>
    text
      .split(' ')
      .map((word) => (next() < change ? fill() : word))
      .join(' '),
  )
}
