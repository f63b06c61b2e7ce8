/** Which rows of one file are written, and what is edited in them. Rows are 0-based and physical. */
import type { CellEdits, EditPlan } from './cell-edit.js'
import { lowerBound } from '../math/lower-bound.js'

/** Plain data, for another process. */
export interface RowPlan {
  /** Ascending, each once. */
  readonly named: Float64Array
  /** Whether the named rows are written, or all others. */
  readonly write: 'named' | 'others'
  /** Of rows that are written; null where they are written as they are. */
  readonly edit: EditPlan | null
}

export class RowChoice {
  /** Of rows that are written. */
  readonly edits: CellEdits
  readonly #named: Float64Array
  readonly #writesNamed: boolean

  /** @param edits by the plan's own */
  constructor({ named, write }: RowPlan, edits: CellEdits) {
    this.#named = named
    this.#writesNamed = write === 'named'
    this.edits = edits
  }

  /** Whether a row is written. */
  keeps(row: number): boolean {
    return (this.#named[lowerBound(this.#named, row)] === row) === this.#writesNamed
  }

  /** Whether the rows [from, to) are all written as they are. */
  isWhole(from: number, to: number): boolean {
    return this.kept(from, to) === to - from && this.edits.within(from, to) === 0
  }

  /** How many of the rows [from, to) are written. */
  kept(from: number, to: number): number {
    const named = lowerBound(this.#named, to) - lowerBound(this.#named, from)
    return this.#writesNamed ? named : to - from - named
  }
}
