import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer, smallest } from '../../src/sketch/bottom-k.js'
import type { Claim } from './claim.js'

export const EXAMPLES = 5

/** Rows with a fault of their own: how many, and the first ones by (file, row), each with what it says where that matters. */
export interface Faults {
  count: number
  readonly rows: BottomK<string | null>
  readonly openings: BottomK<Example>
}

export function faults(maxRows: number): Faults {
  return { count: 0, rows: bottomK(maxRows), openings: bottomK(EXAMPLES) }
}

/** Keys in the order of (file, row). */
export function addFault(faults: Faults, batch: RowBatch, i: number, value: string | null = null): void {
  const row = batch.rows[i]!
  const key = batch.file * 2 ** 40 + row
  faults.count++
  offer(faults.rows, key, batch.file, row, 0, () => value)
  offer(faults.openings, key, batch.file, row, 0, () => openingOf(batch, i))
}

export function mergeFaults(into: Faults, from: Faults): void {
  into.count += from.count
  mergeBottomK(into.rows, from.rows)
  mergeBottomK(into.openings, from.openings)
}

/** What of a claim follows from its rows. */
export function listed({ rows, openings }: Faults): Pick<Claim, 'rows' | 'examples'> {
  return { rows: smallest(rows), examples: smallest(openings).map(({ value }) => value) }
}
