/** What the review's server and its page say to each other. Types alone: the page's script shares them. */

export type Verdict = 'poison' | 'clean' | 'unsure'

/**
 * A piece of text, safe to show as text: what hides or acts is written out, such as `\u{202E}`. The page never gets raw text of
 * the data.
 */
export interface Piece {
  readonly text: string
  /** Part of what the finding is about. */
  readonly marked?: true
  /** Written out: the data has something that cannot be seen. */
  readonly hidden?: true
}

/** Rows by what was decided about them. */
export interface Counts {
  readonly rows: number
  readonly poison: number
  readonly clean: number
  readonly unsure: number
  readonly conflict: number
}

export interface Opinion {
  /** This reviewer's own. */
  readonly verdict: Verdict | null
  readonly note: string
  /** What all reviewers come to. */
  readonly settled: Verdict | 'conflict' | null
  readonly others: readonly { readonly reviewer: string; readonly verdict: Verdict | null; readonly note: string }[]
}

export interface FindingView {
  readonly index: number
  readonly id: string
  readonly message: string
  readonly severity: string
  readonly category: string
  readonly title: string
  readonly why: string
  readonly advice: string
  readonly triggers: readonly (readonly Piece[])[]
  readonly moreTriggers: number
  readonly target: string | null
  /** Such as `new` or `suppressed until 2027-01-31: a reason`. */
  readonly states: readonly string[]
  readonly counts: Counts
  readonly opinion: Opinion
}

export interface ReportView {
  readonly report: string
  readonly verdict: string
  readonly reviewer: string
  readonly findings: readonly FindingView[]
  /** Distinct rows of all findings. */
  readonly total: Counts
  /** What the reviewer must know: data that is not there, rows that are not listed. */
  readonly notices: readonly string[]
  /** False while of each finding only the rows that the report itself lists are known. */
  readonly isWhole: boolean
}

/** A row named by the indices that the server gave out. */
export interface RowPlace {
  readonly file: number
  readonly row: number
}

export interface RowLine extends RowPlace {
  /** Of the file; empty where there is only one. */
  readonly path: string
  readonly score: number | null
  /** Null where neither the data nor the report has it. */
  readonly excerpt: readonly Piece[] | null
  readonly target: string | null
  readonly verdict: Verdict | null
  readonly settled: Verdict | 'conflict' | null
  readonly hasNote: boolean
}

export interface RowsView {
  /** Rows of the finding that fit the filter. */
  readonly total: number
  readonly from: number
  readonly rows: readonly RowLine[]
  /** Why there are none, where that is not plain. */
  readonly problem: string | null
}

export interface CellView {
  readonly column: string
  readonly role: string | null
  readonly turns: readonly { readonly speaker: string | null; readonly pieces: readonly Piece[] }[]
  /** UTF-16 units left out. */
  readonly cut: number
}

export interface RowView extends RowPlace {
  readonly path: string
  readonly score: number | null
  /** The whole row, the report's excerpt of it, or nothing. */
  readonly source: 'data' | 'report' | 'none'
  readonly problem: string | null
  readonly cells: readonly CellView[]
  readonly neighbours: readonly (RowLine & { readonly flagged: boolean })[]
  readonly findings: readonly { readonly index: number; readonly title: string }[]
  readonly opinion: Opinion
}

/** Rows that hold the trigger of a finding, flagged or not. */
export interface TriggerView {
  readonly total: number
  /** Of these, rows that the finding does not name. */
  readonly unflagged: number
  readonly rows: readonly (RowLine & { readonly flagged: boolean })[]
  readonly problem: string | null
}

export type TargetPlace = { readonly finding: number } | RowPlace

export interface DecideRequest {
  readonly target: TargetPlace
  readonly verdict: Verdict | null
  readonly note: string
}

/** What changed, once it is on the disk. */
export interface SavedView {
  readonly target: TargetPlace
  readonly opinion: Opinion
  readonly findings: readonly { readonly index: number; readonly counts: Counts }[]
  readonly total: Counts
  /** Where it was undone: a finding that has the row. */
  readonly finding: number | null
}

export interface ProblemView {
  readonly error: string
}
