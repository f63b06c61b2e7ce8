/** What the page shows, as data. */
import type { FindingView, ReportView, RowLine, RowPlace, RowsView, RowView, SavedView, TriggerView } from '../api.js'

/** As the server's. */
export const PAGE_ROWS = 50

export interface State {
  report: ReportView
  finding: number
  filter: string
  rows: RowsView
  /** Index into `rows.rows`. */
  at: number
  /** A row beside the list: a neighbour, or one that holds the trigger. Null where the list's row is looked at. */
  beside: RowPlace | null
  row: RowView | null
  /** Null before it was asked for. */
  trigger: TriggerView | 'searching' | null
}

export const NO_ROWS: RowsView = { total: 0, from: 0, rows: [], problem: null }

export function findingOf({ report, finding }: State): FindingView | undefined {
  return report.findings[finding]
}

/** The row that is looked at, and that keys decide. */
export function placeOf({ beside, rows, at }: State): RowPlace | null {
  return beside ?? rows.rows[at] ?? null
}

export function isSame(a: RowPlace | null, b: RowPlace | null): boolean {
  return a !== null && b !== null && a.file === b.file && a.row === b.row
}

/** The state with what was saved in it. */
export function withSaved(state: State, { target, opinion, findings, total }: SavedView): State {
  const counted = state.report.findings.map((finding) => {
    const counts = findings.find(({ index }) => index === finding.index)?.counts ?? finding.counts
    return 'finding' in target && target.finding === finding.index ? { ...finding, counts, opinion } : { ...finding, counts }
  })
  const report = { ...state.report, total, findings: counted }
  if ('finding' in target) return { ...state, report }
  const { verdict, settled, note } = opinion
  const change = <Line extends RowLine>(line: Line): Line =>
    isSame(line, target) ? { ...line, verdict, settled, hasNote: note !== '' } : line
  const { row, trigger } = state
  return {
    ...state,
    report,
    rows: { ...state.rows, rows: state.rows.rows.map(change) },
    row: row === null ? null : { ...row, neighbours: row.neighbours.map(change), ...(isSame(row, target) ? { opinion } : {}) },
    trigger: trigger === null || trigger === 'searching' ? trigger : { ...trigger, rows: trigger.rows.map(change) },
  }
}
