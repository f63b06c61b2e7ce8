/** A run of cells in their order, some perhaps left out, with running sums: what windows are counted over. */
import type { GridState } from './grid.js'
import type { Layout } from './layout.js'
import { FAMILIES, type Family } from './layout.js'

export interface Stretch {
  readonly layout: Layout
  /** Numbers of the cells, ascending. */
  readonly cells: Int32Array
  readonly rows: number
  /** Rows before each place, [cells + 1]. */
  readonly rowsBefore: Float64Array
  /** Rows with a feature before each place, row-major [features × (cells + 1)]. */
  readonly before: Uint32Array
  /** By family, features that enough rows have to be tested. */
  readonly tested: Readonly<Record<Family, Int32Array>>
}

/** Fewer rows make no block, and a feature of fewer is not tested. */
export const LEAST_ROWS = 8

export function stretchOf(grid: GridState, layout: Layout, cells: Int32Array): Stretch {
  const length = cells.length + 1
  const rowsBefore = new Float64Array(length)
  const before = new Uint32Array(layout.size * length)
  cells.forEach((cell, c) => {
    const counts = grid.get(cell)
    rowsBefore[c + 1] = rowsBefore[c]! + (counts?.[0] ?? 0)
    for (let f = 1, at = length + c; f < layout.size; f++, at += length) before[at + 1] = before[at]! + (counts?.[f] ?? 0)
  })
  const rows = rowsBefore[cells.length]!
  const stretch = { layout, cells, rows, rowsBefore, before }
  const isTested = (feature: number): boolean => totalOf(stretch, feature) >= LEAST_ROWS && totalOf(stretch, feature) < rows
  const tested = Object.fromEntries(
    FAMILIES.map((family) => {
      const [first, end] = layout.ranges[family]
      return [family, Int32Array.from({ length: end - first }, (_, k) => first + k).filter(isTested)]
    }),
  ) as Record<Family, Int32Array>
  return { ...stretch, tested }
}

/** Rows with a feature at places [from, to). */
export function countOf({ cells, before }: Pick<Stretch, 'cells' | 'before'>, feature: number, from: number, to: number): number {
  const at = feature * (cells.length + 1)
  return before[at + to]! - before[at + from]!
}

export function totalOf(stretch: Pick<Stretch, 'cells' | 'before'>, feature: number): number {
  return countOf(stretch, feature, 0, stretch.cells.length)
}

export function rowsOf({ rowsBefore }: Pick<Stretch, 'rowsBefore'>, from: number, to: number): number {
  return rowsBefore[to]! - rowsBefore[from]!
}

/** Cells with some taken out. */
export function without(cells: Int32Array, taken: readonly { readonly first: number; readonly end: number }[]): Int32Array {
  return cells.filter((cell) => !taken.some(({ first, end }) => cell >= first && cell < end))
}
