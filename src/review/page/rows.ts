/** The list of a finding's rows, a page at a time. */
import type { RowLine, RowPlace } from '../api.js'
import { button, byId, el, fill, number, textOf } from './dom.js'
import { findingOf, isSame, PAGE_ROWS, placeOf, type State } from './state.js'
import { badge } from './verdicts.js'

export function showRows(state: State, open: (at: number) => void): void {
  const { rows, filter } = state
  const lines = rows.rows.map((line, at) =>
    el(
      'li',
      {},
      rowButton(line, isSame(line, placeOf(state)), () => {
        open(at)
      }),
    ),
  )
  fill(byId('row-list', HTMLOListElement), lines)
  fill(byId('rows-count', HTMLParagraphElement), countText(state))
  const [first, last] = [rows.from + 1, rows.from + rows.rows.length]
  const place = rows.total > PAGE_ROWS ? `${number(first)} to ${number(last)} of ${number(rows.total)}` : ''
  fill(byId('page-place', HTMLSpanElement), place)
  byId('page-back', HTMLButtonElement).hidden = rows.total <= PAGE_ROWS
  byId('page-on', HTMLButtonElement).hidden = rows.total <= PAGE_ROWS
  byId('page-back', HTMLButtonElement).disabled = rows.from === 0
  byId('page-on', HTMLButtonElement).disabled = last >= rows.total
  byId('rows', HTMLElement).classList.toggle('filtered', filter !== '')
}

function countText(state: State): string {
  const { rows, filter } = state
  const all = findingOf(state)?.counts.rows ?? 0
  if (rows.problem !== null) return rows.problem
  if (filter !== '') return `${number(rows.total)} of ${number(all)} rows for “${filter}”`
  if (all === 0) return 'The finding is about the whole data set and names no rows.'
  return rows.total === all ? `${number(all)} rows` : `${number(rows.total)} of ${number(all)} rows are listed`
}

/** A row as a button that opens it, in whichever list. */
export function rowButton(line: RowLine, isCurrent: boolean, open: () => void, remark = ''): HTMLButtonElement {
  const { path, row, excerpt, target, verdict, settled, hasNote } = line
  const opinion = settled === 'conflict' ? 'conflict' : (verdict ?? settled)
  return button(
    { class: 'row-item', ...(isCurrent ? { 'aria-current': 'true' } : {}) },
    open,
    el(
      'span',
      { class: 'row-head' },
      el('span', { class: 'row-name' }, path === '' ? `row ${row}` : `${path} row ${row}`),
      target === null ? null : el('span', { class: 'target' }, '→ ', target),
      remark === '' ? null : el('span', { class: 'remark' }, remark),
      hasNote ? el('span', { class: 'remark' }, 'note') : null,
      opinion === null ? null : badge(opinion),
    ),
    excerpt === null
      ? el('span', { class: 'excerpt none' }, 'text not to be had')
      : el('span', { class: 'excerpt' }, textOf(excerpt)),
  )
}

/** Where the list has the row, or -1. */
export function indexIn({ rows }: State, place: RowPlace): number {
  return rows.rows.findIndex((line) => isSame(line, place))
}
