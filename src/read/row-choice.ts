/** Some rows of a file, as if there were no others. */
import { lowerBound } from '../math/lower-bound.js'
import type { PlannedUnit, RawBatch } from './format.js'

export const NO_ROWS = new Float64Array()

/** @param rows ascending. @returns false only where none can be in the unit */
export function holds({ firstRow, rows: count }: PlannedUnit, rows: Float64Array): boolean {
  const first = rows[lowerBound(rows, firstRow)]
  return first !== undefined && (count === null || first < firstRow + count)
}

/** @param rows ascending */
export function rowsAmong(batch: RawBatch, rows: Float64Array): RawBatch {
  const kept: number[] = []
  let at = lowerBound(rows, batch.rows[0] ?? Infinity)
  for (let i = 0; i < batch.length; i++) {
    while (at < rows.length && rows[at]! < batch.rows[i]!) at++
    if (rows[at] === batch.rows[i]) kept.push(i)
  }
  if (kept.length === batch.length) return batch
  const columns = Object.entries(batch.columns).map(([name, cells]): [string, unknown[]] => [name, kept.map((i) => cells[i])])
  return { length: kept.length, rows: Float64Array.from(kept, (i) => batch.rows[i]!), columns: Object.fromEntries(columns) }
}
