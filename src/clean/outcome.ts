import type { EditedRow } from './cell-edit.js'
import type { OutputFile } from './output-file.js'
import type { RowChoice } from './row-choice.js'
import type { SourceFile } from '../read/format.js'
import type { ReadLimits } from '../model/read-limits.js'

/** What is to be done to one file. */
export interface WriteTask {
  readonly file: SourceFile
  readonly choice: RowChoice
  readonly limits: ReadLimits
  readonly out: OutputFile
}

/** What became of it. */
export interface Outcome {
  /** Physical rows of the input. */
  readonly rows: number
  readonly kept: number
  readonly edited: readonly EditedRow[]
  /** What could not be kept as it was, one sentence each. */
  readonly notes: readonly string[]
}
