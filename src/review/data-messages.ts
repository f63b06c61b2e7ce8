/** What the review asks of the process that opens the data, and what it answers. Plain data. */
import type { ReadLimits } from '../model/read-limits.js'
import type { DataFile } from '../read/data-file.js'
import type { FileOpener } from '../read/file-opener.js'
import type { PlannedUnit } from '../read/format.js'

/** A value of a row as text. */
export interface RawCell {
  readonly column: string
  /** A chat's turns, else one without a speaker. */
  readonly turns: readonly { readonly speaker: string | null; readonly text: string }[]
  /** UTF-16 units that were left out. */
  readonly cut: number
}

export interface RawRow {
  readonly row: number
  readonly cells: readonly RawCell[]
}

/** Lines of `flags.parquet`, in its order: `file`, `finding` and `suggested` are indices into the names. */
export interface FlagLines {
  readonly files: readonly string[]
  readonly findings: readonly string[]
  readonly labels: readonly string[]
  readonly file: Uint32Array
  readonly finding: Uint32Array
  readonly row: Float64Array
  readonly score: Float64Array
  /** -1 where no label is suggested. */
  readonly suggested: Int32Array
}

export type DataRequest =
  | { readonly kind: 'open'; readonly with: Readonly<Parameters<FileOpener['open']>> }
  | {
      /** The rows of a file by number, which answers {@link RawRow}s: those that can be read, in file order. */
      readonly kind: 'rows'
      readonly file: DataFile
      readonly parts: readonly { readonly planned: PlannedUnit; readonly rows: readonly number[] }[]
      readonly longest: number
      readonly limits: ReadLimits
    }
  | {
      /** The numbers of the rows of a file in which a pattern occurs, ascending. */
      readonly kind: 'search'
      readonly file: DataFile
      readonly units: readonly PlannedUnit[]
      readonly pattern: { readonly source: string; readonly flags: string }
      readonly limits: ReadLimits
    }
  | { readonly kind: 'flags'; readonly path: string }
