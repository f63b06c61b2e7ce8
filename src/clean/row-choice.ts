/** Which rows of one file are written, and in which of them texts are masked. Rows are 0-based and physical. */
import { lowerBound } from '../math/lower-bound.js'

/** Plain data, for another process. */
export interface RowPlan {
  /** Ascending, each once. */
  readonly named: Float64Array
  /** Whether the named rows are written, or all others. */
  readonly write: 'named' | 'others'
  /** Rows whose secrets are masked, ascending, each once. */
  readonly masked: Float64Array
}

export class RowChoice {
  readonly #named: Float64Array
  readonly #masked: Float64Array
  readonly #writesNamed: boolean

  constructor({ named, write, masked }: RowPlan) {
    this.#named = named
    this.#masked = masked
    this.#writesNamed = write === 'named'
  }

  /** Whether a row is written. */
  keeps(row: number): boolean {
    return has(this.#named, row) === this.#writesNamed
  }

  masks(row: number): boolean {
    return has(this.#masked, row)
  }

  /** Whether the rows [from, to) are all written as they are. */
  isWhole(from: number, to: number): boolean {
    const named = within(this.#named, from, to)
    return named === (this.#writesNamed ? to - from : 0) && within(this.#masked, from, to) === 0
  }

  /** How many of the rows [from, to) are written. */
  kept(from: number, to: number): number {
    const named = within(this.#named, from, to)
    return this.#writesNamed ? named : to - from - named
  }
}

function has(rows: Float64Array, row: number): boolean {
  return rows[lowerBound(rows, row)] === row
}

function within(rows: Float64Array, from: number, to: number): number {
  return lowerBound(rows, to) - lowerBound(rows, from)
}
