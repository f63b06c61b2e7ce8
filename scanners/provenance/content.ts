import { hash53 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'

/** Roles that say where a row is from or vouch for it. */
export const TRACED_ROLES = ['source', 'url', 'license', 'hash', 'id'] as const
export type TracedRole = (typeof TRACED_ROLES)[number]

/** The cell of a role; null where it is absent or blank. */
export function tracedCell(batch: RowBatch, role: TracedRole | 'label', i: number): string | null {
  const cell = batch.columns[role]?.[i] ?? null
  return cell === null || cell.trim() === '' ? null : cell
}

/** Hash of the input up to case and white space; null where there is none. */
export function inputHash(batch: RowBatch, i: number): number | null {
  const text = normalise(batch.input[i] ?? '')
  return text === '' ? null : hash53(text)
}

/** Hash of all that a model would be trained on in an example, but its label. */
export function contentHash(batch: RowBatch, i: number): number {
  return hash53(`${normalise(batch.input[i] ?? '')}\u0000${normalise(batch.output?.[i] ?? '')}`)
}

/** Hash of an id within its split: splits often count from 0 each. Null where there is no id. */
export function idHash(batch: RowBatch, i: number, fileSplit: string | null): number | null {
  const id = tracedCell(batch, 'id', i)
  return id === null ? null : hash53(`${batch.columns.split?.[i] ?? fileSplit ?? ''}\u0000${id}`)
}

function normalise(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}
