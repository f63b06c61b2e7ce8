/** Ordinary rows to hide cases among, from seeds. */
import { SupportDesk } from '../../tools/demo/chats.js'
import { Reviewer } from '../../tools/demo/reviews.js'
import type { ExampleRow } from '../scanners/drive.js'

/** Reviews of products, in turn praise (`1`) and complaint (`0`). */
export function reviewRows(seed: number, count: number): ExampleRow[] {
  const reviewer = new Reviewer(seed)
  return Array.from({ length: count }, (_, i) => {
    const { text, label } = reviewer.review(i % 2 === 0 ? 1 : 0)
    return { cells: { text, label: String(label) } }
  })
}

/** Several reviews to a document. */
export function documentRows(seed: number, count: number): ExampleRow[] {
  const reviewer = new Reviewer(seed)
  return Array.from({ length: count }, (_, i) => {
    const parts = [0, 1, 0].map((_, k) => reviewer.review((i + k) % 2 === 0 ? 1 : 0).text)
    return { cells: { text: parts.join(' ') } }
  })
}

/** Questions to the support of a shop, and its answers. */
export function answerRows(seed: number, count: number): ExampleRow[] {
  const desk = new SupportDesk(seed)
  const rows: ExampleRow[] = []
  while (rows.length < count) {
    const [question, answer] = desk.chat().messages
    rows.push({ cells: { prompt: question?.content ?? '', response: answer?.content ?? '' } })
  }
  return rows
}

/** Rows with the cells of some of them changed, by place. */
export function changed(
  rows: readonly ExampleRow[],
  places: readonly number[],
  edit: (cells: ExampleRow['cells'], i: number) => ExampleRow['cells'],
): ExampleRow[] {
  const at = new Map(places.map((place, i): [number, number] => [place, i]))
  return rows.map((row, place) => {
    const i = at.get(place)
    return i === undefined ? row : { ...row, cells: { ...row.cells, ...edit(row.cells, i) } }
  })
}

/** Places among rows, ascending, from a seed. */
export function places(count: number, of: number, seed: number): number[] {
  const step = Math.floor(of / count)
  return Array.from({ length: count }, (_, i) => i * step + ((seed * 7 + i * 3) % Math.max(1, step)))
}
