/** One row: its whole text, the decision, its neighbours, and rows with the same trigger. */
import type { CellView, RowPlace, RowView, Verdict } from '../api.js'
import { button, el, fill, number, textOf } from './dom.js'
import { rowButton } from './rows.js'
import { findingOf, type State } from './state.js'
import { badge, othersOf, verdictButtons } from './verdicts.js'

export interface RowActions {
  readonly decide: (verdict: Verdict | null) => void
  readonly note: (note: string) => void
  readonly open: (place: RowPlace) => void
  readonly findTrigger: () => void
  readonly undo: () => void
  readonly select: (finding: number) => void
}

const LONGEST_NOTE = 2000

export function showRow(section: Element, state: State, actions: RowActions): void {
  const { row } = state
  if (row === null) {
    fill(section, el('h3', { id: 'row-title' }, 'No row'), el('p', { class: 'quiet' }, 'Choose a row or another finding.'))
    return
  }
  fill(
    section,
    el(
      'div',
      { class: 'row-title' },
      el('h3', { id: 'row-title' }, `Row ${number(row.row)}`),
      el(
        'span',
        { class: 'quiet' },
        row.path,
        row.score === null ? ' · not named by this finding' : ` · score ${row.score.toFixed(3)}`,
      ),
      row.opinion.settled === 'conflict' ? badge('conflict') : null,
    ),
    decisionOf(row, actions),
    sourceOf(row),
    row.cells.map(cellOf),
    alsoIn(row, state, actions),
    neighboursOf(row, actions),
    triggerOf(state, actions),
  )
}

function decisionOf({ opinion }: RowView, { decide, note, undo }: RowActions): HTMLElement {
  const input = el('input', { id: 'note', type: 'text', maxlength: LONGEST_NOTE })
  input.value = opinion.note
  input.addEventListener('change', () => {
    if (input.value.trim() !== opinion.note) note(input.value.trim())
  })
  return el(
    'div',
    { class: 'decision' },
    verdictButtons(opinion, 'Verdict on the row', ['1', '2', '3'], decide),
    button({ class: 'undo' }, undo, 'Undo', el('kbd', {}, 'u')),
    el('div', { class: 'note' }, el('label', { for: 'note' }, 'Note ', el('kbd', {}, 'm')), input),
    othersOf(opinion),
  )
}

function sourceOf({ source, problem }: RowView): HTMLElement | null {
  if (source === 'data') return null
  const what = source === 'report' ? 'This is the excerpt that the report has.' : 'The text of this row is not to be had.'
  return el('p', { class: 'notice' }, `${what} ${problem ?? ''}`)
}

function cellOf({ column, role, turns, cut }: CellView): HTMLElement {
  const isShort = turns.length === 1 && turns.every(({ pieces }) => pieces.reduce((sum, { text }) => sum + text.length, 0) < 80)
  return el(
    'div',
    { class: isShort ? 'cell short' : 'cell' },
    el('h4', {}, column, role === null || role === column ? null : el('span', { class: 'quiet' }, ` ${role}`)),
    turns.map(({ speaker, pieces }) =>
      el(
        'div',
        { class: 'turn' },
        speaker === null ? null : el('span', { class: 'speaker' }, speaker),
        el('p', { class: 'text' }, pieces.length === 0 ? el('span', { class: 'quiet' }, 'empty') : textOf(pieces)),
      ),
    ),
    cut === 0 ? null : el('p', { class: 'quiet' }, `… and ${number(cut)} more characters`),
  )
}

function alsoIn({ findings }: RowView, { finding: current }: State, { select }: RowActions): HTMLElement | null {
  const others = findings.filter(({ index }) => index !== current)
  if (others.length === 0) return null
  const items = others.map(({ index, title }) =>
    el(
      'li',
      {},
      button(
        { class: 'link' },
        () => {
          select(index)
        },
        `${index + 1}. ${title}`,
      ),
    ),
  )
  return el('div', { class: 'also' }, el('h4', {}, 'Also named by'), el('ul', {}, items))
}

function neighboursOf({ row, neighbours }: RowView, { open }: RowActions): HTMLElement | null {
  if (neighbours.length === 0) return null
  const items = neighbours.map((line) => {
    const distance = line.row - row
    const remark = `${Math.abs(distance)} ${distance < 0 ? 'before' : 'after'}${line.flagged ? ', flagged' : ''}`
    return el(
      'li',
      {},
      rowButton(
        line,
        false,
        () => {
          open(line)
        },
        remark,
      ),
    )
  })
  return el('div', { class: 'around' }, el('h4', {}, 'Neighbours in the file'), el('ol', {}, items))
}

function triggerOf(state: State, { open, findTrigger }: RowActions): HTMLElement | null {
  const { trigger } = state
  if (findingOf(state)?.triggers.length === 0) return null
  const title = el('h4', {}, 'Rows with the same trigger')
  if (trigger === null) {
    return el('div', { class: 'around' }, title, button({}, findTrigger, 'Look through the data', el('kbd', {}, 't')))
  }
  if (trigger === 'searching')
    return el('div', { class: 'around' }, title, el('p', { role: 'status' }, 'Looking through the data …'))
  if (trigger.problem !== null) return el('div', { class: 'around' }, title, el('p', { class: 'notice' }, trigger.problem))
  const items = trigger.rows.map((line) =>
    el(
      'li',
      {},
      rowButton(
        line,
        false,
        () => {
          open(line)
        },
        line.score === null ? 'not in this finding' : '',
      ),
    ),
  )
  const more = trigger.total > trigger.rows.length ? `; the first ${trigger.rows.length} are shown` : ''
  const count = `${number(trigger.total)} rows hold it, ${number(trigger.unflagged)} of them not in this finding${more}.`
  return el('div', { class: 'around' }, title, el('p', { class: 'quiet' }, count), el('ol', {}, items))
}
