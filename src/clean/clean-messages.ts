/** What a clean asks of its child process, and what that answers. Plain data. */
import type { Outcome } from './outcome.js'
import type { Written } from './output-file.js'
import type { RowPlan } from './row-choice.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { SourceFile } from '../read/format.js'

export type CleanRequest =
  | { readonly kind: 'flags'; readonly path: string }
  | {
      readonly kind: 'write'
      readonly file: SourceFile
      readonly plan: RowPlan
      readonly limits: ReadLimits
      /** A new file; null for a dry run, which does all but write. */
      readonly path: string | null
    }

export interface WrittenRows {
  readonly outcome: Outcome
  readonly written: Written
}
