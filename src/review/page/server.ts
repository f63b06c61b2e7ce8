/** What the page asks of the server it came from. */
import type { DecideRequest, ProblemView, ReportView, RowPlace, RowsView, RowView, SavedView, TriggerView } from '../api.js'

/** @param whole whether to wait until all rows of all findings are known */
export function getReport(whole: boolean): Promise<ReportView> {
  return ask('report', { whole: whole ? 1 : 0 })
}

export function getRows(finding: number, from: number, filter: string, fresh: boolean): Promise<RowsView> {
  return ask('rows', { finding, from, filter, fresh: fresh ? 1 : 0 })
}

export function getRow(finding: number, { file, row }: RowPlace): Promise<RowView> {
  return ask('row', { finding, file, row })
}

export function getTrigger(finding: number): Promise<TriggerView> {
  return ask('trigger', { finding })
}

export function postDecision(decision: DecideRequest & { readonly finding: number }): Promise<SavedView> {
  return send('decide', decision)
}

/** Null where there is nothing to take back. */
export function postUndo(): Promise<SavedView | null> {
  return send('undo', {})
}

function ask<View>(path: string, query: Readonly<Record<string, string | number>>): Promise<View> {
  const params = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return view(fetch(`${path}?${params}`))
}

function send<View>(path: string, body: object): Promise<View> {
  return view(fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
}

async function view<View>(asked: Promise<Response>): Promise<View> {
  const response = await asked.catch(() => null)
  if (response === null) throw new Error('the server does not answer: was credence review ended?')
  const json: unknown = await response.json().catch(() => ({ error: `the server says ${response.status}` }))
  if (!response.ok) throw new Error((json as ProblemView).error)
  return json as View
}
