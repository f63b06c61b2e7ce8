import type { MatchedFile } from './match-data.js'
import type { Outcome } from './outcome.js'
import type { Mode } from './receipt.js'
import type { RowPlan } from './row-choice.js'
import type { Reason } from './select-rows.js'
import { CredenceError } from '../errors.js'

/** What is done to one file. */
export interface FilePlan {
  readonly file: MatchedFile
  readonly reasons: ReadonlyMap<number, Reason>
  readonly rows: RowPlan
  readonly columns: readonly string[]
  /** Physical rows; 0 before they were counted. */
  readonly read: number
  readonly notes: readonly string[]
  /** When the file was last changed, as it was rehearsed. */
  readonly mtimeMs: number
}

/** @param reasons why rows go, by row */
export function planFile(
  file: MatchedFile,
  reasons: ReadonlyMap<number, Reason>,
  mode: Mode,
  columns: readonly string[],
  mtimeMs: number,
): FilePlan {
  const rows = [...reasons.keys()]
  // Masking is enough for what was found; what a person called poison goes all the same.
  const isMasked = (row: number): boolean => mode === 'redact' && reasons.get(row)!.decisions.length === 0
  return {
    file,
    reasons,
    rows: { write: 'others', named: ordered(rows.filter((row) => !isMasked(row))), masked: ordered(rows.filter(isMasked)) },
    columns,
    read: 0,
    notes: [],
    mtimeMs,
  }
}

/**
 * The plan after its rehearsal: rows in which nothing could be masked are removed instead.
 * @throws CredenceError `usage` for rows that the file does not have
 */
export function quarantined(plan: FilePlan, { rows: read, masked, notes }: Outcome): FilePlan {
  const last = Math.max(plan.rows.named.at(-1) ?? -1, plan.rows.masked.at(-1) ?? -1)
  if (last >= read) {
    const { path } = plan.file.source
    throw new CredenceError('usage', `${path} has ${read} rows, the report or a decision names row ${last}`, {
      place: { file: path },
    })
  }
  const done = new Set(masked)
  const open = [...plan.rows.masked].filter((row) => !done.has(row))
  const rows: RowPlan = { write: 'others', named: ordered([...plan.rows.named, ...open]), masked: ordered(masked) }
  const left = open.length === 0 ? [] : [`in ${open.length} rows nothing could be masked: they are removed`]
  return { ...plan, rows, read, notes: [...notes, ...left] }
}

export function isUnchanged({ named, masked }: RowPlan): boolean {
  return named.length === 0 && masked.length === 0
}

function ordered(rows: readonly number[]): Float64Array {
  return Float64Array.from(rows).sort()
}
