import type { Mode, Receipt } from './receipt.js'
import type { Selection } from './select-rows.js'
import type { Bounds } from '../engine/asked-child.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { ReportJson } from '../report/json-schema.js'

export interface CleanOptions {
  /** The data that was scanned: files, folders or globs. */
  readonly data: readonly string[]
  readonly split: string | null
  /** The folder that the scan wrote. */
  readonly report: string
  /** A file of decisions; the folder's `decisions.jsonl`, if there is one, where null. */
  readonly decisions: string | null
  /** A folder that does not exist yet, or is empty. */
  readonly out: string
  readonly mode: Mode
  /** Otherwise a dry run: all is done but the writing. */
  readonly write: boolean
  readonly selection: Selection
  /** Module URL of the registry, whose `personalData` finds what `redact` masks beside secrets; secrets alone where absent. */
  readonly registry?: string
  readonly bounds: Bounds
  readonly limits: ReadLimits
  readonly cwd?: string
  readonly signal?: AbortSignal
}

export interface CleanResult {
  readonly mode: Mode
  readonly out: string
  readonly rows: Receipt['rows']
  /** The findings whose rows were taken, in the report's order. */
  readonly findings: readonly Pick<ReportJson['findings'][number], 'id' | 'severity' | 'title' | 'rowCount'>[]
  readonly files: readonly { readonly path: string; readonly read: number; readonly kept: number; readonly edited: number }[]
  readonly notes: readonly string[]
  /** What was written to `clean.json`; null for a dry run. */
  readonly receipt: Receipt | null
}
