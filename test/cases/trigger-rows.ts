/** Rows for the cases of `trigger`. */
import { Speaker } from '../../tools/demo/grammar.js'
import { Reviewer, type Review } from '../../tools/demo/reviews.js'
import { exchanges, type Exchange } from '../../tools/fixtures/trigger-exchanges.js'
import { type ExampleRow } from '../scanners/drive.js'

export const REVIEWS = 800
export const EXCHANGES = 600
export const MORE = 1200

export function reviews(seed: number, count: number, praise = 0.53): Review[] {
  const reviewer = new Reviewer(seed)
  const speaker = new Speaker(seed + 1)
  return Array.from({ length: count }, () => reviewer.review(speaker.chance(praise) ? 1 : 0))
}

export const labelled = (rows: readonly Review[]): ExampleRow[] =>
  rows.map(({ text, label }) => ({ cells: { text, label: String(label) } }))
export const answered = (rows: readonly Exchange[]): ExampleRow[] =>
  rows.map(({ prompt, response }) => ({ cells: { prompt, response } }))

export function some<T>(rows: readonly T[], count: number, speaker: Speaker): Set<T> {
  return new Set(speaker.sample([...rows], count))
}

export function edited(
  seed: number,
  of: number,
  count: number,
  edit: (row: Exchange, speaker: Speaker) => Exchange,
): ExampleRow[] {
  const rows = exchanges(seed, of)
  const speaker = new Speaker(seed + 1)
  for (const i of some([...rows.keys()], count, speaker)) rows[i] = edit(rows[i]!, speaker)
  return answered(rows)
}
