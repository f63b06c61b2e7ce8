import type { EditedRow, EditPlan } from './cell-edit.js'
import type { MatchedFile } from './match-data.js'
import type { Outcome } from './outcome.js'
import type { RowPlan } from './row-choice.js'
import type { Reason } from './select-rows.js'
import { CredenceError } from '../errors.js'

/** What is done to one file. */
export interface FilePlan {
  readonly file: MatchedFile
  readonly reasons: ReadonlyMap<number, Reason>
  readonly rows: RowPlan
  /** Rows that stay with an edit, ascending; none before the rehearsal. */
  readonly edited: readonly EditedRow[]
  /** Why rows that the mode would have edited go instead. */
  readonly unedited: ReadonlyMap<number, string>
  /** Physical rows; 0 before they were counted. */
  readonly read: number
  readonly notes: readonly string[]
  /** When the file was last changed, as it was rehearsed. */
  readonly mtimeMs: number
}

/** What a mode does to cells, before it is known of which rows; null where it takes rows out alone. */
export type Editing =
  | { readonly kind: 'mask'; readonly columns: readonly string[]; readonly registry: string | null }
  | { readonly kind: 'relabel'; readonly columns: readonly string[] }
  | null

/** @param reasons why rows go, by row */
export function planFile(file: MatchedFile, reasons: ReadonlyMap<number, Reason>, editing: Editing, mtimeMs: number): FilePlan {
  const unedited = new Map<number, string>()
  const edit = editOf(editing, reasons, unedited)
  const stay = new Set(edit?.rows)
  const named = ordered([...reasons.keys()].filter((row) => !stay.has(row)))
  return { file, reasons, rows: { write: 'others', named, edit }, edited: [], unedited, read: 0, notes: [], mtimeMs }
}

/** @param unedited gets the rows that stay as they are, and why */
function editOf(editing: Editing, reasons: ReadonlyMap<number, Reason>, unedited: Map<number, string>): EditPlan | null {
  if (editing === null) return null
  // What a person called poison goes, whatever could be edited in it.
  const open = ordered([...reasons].flatMap(([row, { decisions }]) => (decisions.length === 0 ? [row] : [])))
  if (editing.kind === 'mask') return { ...editing, rows: open }
  const labels = new Map<number, string>()
  for (const row of open) {
    const [label, ...others] = new Set(reasons.get(row)!.findings.flatMap(({ suggested }) => suggested ?? []))
    if (label === undefined) unedited.set(row, 'no label is suggested')
    else if (others.length > 0) unedited.set(row, 'findings suggest different labels')
    else labels.set(row, label)
  }
  return { ...editing, rows: Float64Array.from(labels.keys()), labels: [...labels.values()] }
}

const FAILED = { mask: 'nothing could be masked', relabel: 'the suggested label cannot be written where the label stands' }

/**
 * The plan after its rehearsal: rows in which nothing could be edited are removed instead.
 * @throws CredenceError `usage` for rows that the file does not have
 */
export function quarantined(plan: FilePlan, { rows: read, edited, notes }: Outcome): FilePlan {
  const { named, edit } = plan.rows
  const last = Math.max(named.at(-1) ?? -1, edit?.rows.at(-1) ?? -1)
  if (last >= read) {
    const { path } = plan.file.source
    throw new CredenceError('usage', `${path} has ${read} rows, the report or a decision names row ${last}`, {
      place: { file: path },
    })
  }
  const unedited = new Map(plan.unedited)
  const done = new Set(edited.map(({ row }) => row))
  for (const row of edit?.rows ?? []) if (!done.has(row)) unedited.set(row, FAILED[edit!.kind])
  const rows: RowPlan = {
    write: 'others',
    named: ordered(new Set([...named, ...unedited.keys()])),
    edit: edit === null ? null : only(edit, done),
  }
  return { ...plan, rows, edited, unedited, read, notes: [...notes, ...counted(unedited)] }
}

/** The plan for some of its rows. */
function only(edit: EditPlan, wanted: ReadonlySet<number>): EditPlan {
  const isWanted = (_: unknown, place: number): boolean => wanted.has(edit.rows[place]!)
  const rows = edit.rows.filter(isWanted)
  return edit.kind === 'mask' ? { ...edit, rows } : { ...edit, rows, labels: edit.labels.filter(isWanted) }
}

/** A sentence for each reason. */
function counted(unedited: ReadonlyMap<number, string>): string[] {
  const times = new Map<string, number>()
  for (const why of unedited.values()) times.set(why, (times.get(why) ?? 0) + 1)
  return [...times].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, rows]) => `in ${rows} rows ${why}: they are removed`)
}

export function isUnchanged({ named, edit }: RowPlan): boolean {
  return named.length === 0 && (edit === null || edit.rows.length === 0)
}

function ordered(rows: Iterable<number>): Float64Array {
  return Float64Array.from(rows).sort()
}
