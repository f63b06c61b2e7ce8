/** What is done to cells of rows that stay: secrets in them are masked, or a label gives way to another. */
import { lowerBound } from '../math/lower-bound.js'
import { masks, type FindPersonal } from './mask-text.js'
import { replaced, type Replacement } from './replacement.js'

/** Of one file. Plain data, for another process. */
export type EditPlan = {
  /** Top-level columns whose cells are edited. */
  readonly columns: readonly string[]
  /** Physical rows, ascending, each once. */
  readonly rows: Float64Array
} & (
  | {
      readonly kind: 'mask'
      /** Module URL whose `personalData` export finds what is masked beside secrets; null for secrets alone. */
      readonly registry: string | null
    }
  | {
      readonly kind: 'relabel'
      /** The new label of each row. */
      readonly labels: readonly string[]
    }
)

/** A value in a cell, as a format finds it. */
export interface CellValue {
  /** As the scan reads it. */
  readonly text: string
  /** A string, rather than a number or a truth value. */
  readonly isText: boolean
  /** All that its cell holds, rather than a part of a list or a struct. */
  readonly isWhole: boolean
}

/** A row in which something was edited. */
export interface EditedRow {
  readonly row: number
  /** Its label until then; null where secrets were masked. */
  readonly before: string | null
}

/** One plan while a file is written. Formats offer it values, and write what it makes of them in their own way. */
export class CellEdits {
  readonly #plan: EditPlan | null
  readonly #findPersonal: FindPersonal
  readonly #done = new Map<number, EditedRow>()

  /** @param plan null where nothing is edited */
  constructor(plan: EditPlan | null, findPersonal: FindPersonal = () => []) {
    this.#plan = plan
    this.#findPersonal = findPersonal
  }

  /** Whether anything of a column is to be edited. */
  touches(column: string): boolean {
    return this.#plan?.columns.includes(column) ?? false
  }

  /** Whether anything of a row is to be edited. */
  has(row: number): boolean {
    return this.#placeOf(row) >= 0
  }

  /** How many of the rows [from, to) are to be edited. */
  within(from: number, to: number): number {
    return this.#plan === null ? 0 : lowerBound(this.#plan.rows, to) - lowerBound(this.#plan.rows, from)
  }

  /**
   * Edits one value of a row.
   * @param write gives the stored form of the text that takes its place; null where its type cannot hold that
   * @returns that form; null where the value stays
   */
  apply<Stored>(
    row: number,
    value: CellValue,
    write: (text: string, replacements: readonly Replacement[]) => Stored | null,
  ): Stored | null {
    const replacements = this.#replacements(row, value)
    if (replacements.length === 0) return null
    const stored = write(replaced(value.text, replacements), replacements)
    if (stored !== null) this.#done.set(row, { row, before: this.#plan?.kind === 'relabel' ? value.text : null })
    return stored
  }

  /** The rows in which something was written, ascending. */
  done(): EditedRow[] {
    return [...this.#done.values()].sort((a, b) => a.row - b.row)
  }

  #replacements(row: number, { text, isText, isWhole }: CellValue): readonly Replacement[] {
    const place = this.#placeOf(row)
    if (this.#plan === null || place < 0) return []
    if (this.#plan.kind === 'mask') return isText ? masks(text, this.#findPersonal) : []
    // An empty cell has no label, and the scan saw one.
    return isWhole && text !== '' ? [{ start: 0, end: text.length, text: this.#plan.labels[place]! }] : []
  }

  #placeOf(row: number): number {
    if (this.#plan === null) return -1
    const { rows } = this.#plan
    const place = lowerBound(rows, row)
    return rows[place] === row ? place : -1
  }
}
