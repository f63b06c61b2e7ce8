/** The review's page: state, what changes it, and what is shown again when it did. */
import type { RowPlace, SavedView, Verdict } from '../api.js'
import { byId, el, fill } from './dom.js'
import { showFinding, showFindings } from './findings.js'
import { keepingFocus } from './focus.js'
import { listenToKeys } from './keys.js'
import { showRow, type RowActions } from './row.js'
import { indexIn, showRows } from './rows.js'
import { getReport, getRow, getRows, getTrigger, postDecision, postUndo } from './server.js'
import { findingOf, isSame, NO_ROWS, PAGE_ROWS, placeOf, withSaved, type State } from './state.js'
import { progressOf, VERDICTS } from './verdicts.js'

let state: State
const filterField = byId('filter', HTMLInputElement)
const keysDialog = byId('keys', HTMLDialogElement)

/** One after the other: a key pressed while a decision is on its way to the disk means what comes after it. */
let queue: Promise<void> = Promise.resolve()
function inTurn(action: () => Promise<void>): void {
  queue = queue.then(action).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error), true)
  })
}

function say(text: string, isProblem = false): void {
  const said = byId('said', HTMLParagraphElement)
  said.classList.toggle('problem', isProblem)
  fill(said, text)
}

function show(): void {
  keepingFocus(draw, () => `${state.finding} ${state.row?.file ?? ''} ${state.row?.row ?? ''}`)
}

function draw(): void {
  const { report } = state
  fill(byId('progress', HTMLDivElement), progressOf(report.total, 'Rows decided'))
  showFindings(byId('finding-list', HTMLOListElement), state, (finding) => {
    inTurn(() => select(finding))
  })
  showFinding(byId('finding', HTMLElement), state, (verdict) => {
    inTurn(() => decideFinding(verdict))
  })
  showRows(state, (at) => {
    inTurn(() => openAt(at))
  })
  showRow(byId('row', HTMLElement), state, rowActions)
}

const rowActions: RowActions = {
  decide: (verdict) => {
    inTurn(() => decideRow(verdict))
  },
  note: (note) => {
    inTurn(() => saveNote(note))
  },
  open: (place) => {
    inTurn(() => openBeside(place))
  },
  findTrigger: () => {
    findTrigger()
  },
  undo: () => {
    inTurn(undo)
  },
  select: (finding) => {
    inTurn(() => select(finding))
  },
}

async function start(): Promise<void> {
  const report = await getReport(false)
  state = { report, finding: 0, filter: '', rows: NO_ROWS, at: 0, beside: null, row: null, trigger: null }
  fill(
    byId('report', HTMLParagraphElement),
    report.report,
    el('span', { class: `verdict-word ${report.verdict}` }, report.verdict),
    ` reviewed by ${report.reviewer}`,
  )
  showNotices()
  await select(0)
  document.body.classList.add('ready')
  // What is typed meanwhile waits its turn.
  if (!report.isWhole) inTurn(knowAllRows)
}

async function knowAllRows(): Promise<void> {
  say('Reading which rows are flagged …')
  state = { ...state, report: await getReport(true) }
  showNotices()
  await loadPage(0, 0, true)
  say('')
}

function showNotices(): void {
  const notices = state.report.notices.map((notice) => el('p', { class: 'notice' }, notice))
  fill(byId('notices', HTMLDivElement), notices)
}

async function select(finding: number): Promise<void> {
  filterField.value = ''
  state = { ...state, finding, filter: '', trigger: null }
  await loadPage(0, 0, true)
  document.querySelector('.finding-item[aria-current]')?.scrollIntoView({ block: 'nearest' })
}

/** @param at the row to open; the last for -1 */
async function loadPage(from: number, at: number, fresh = false): Promise<void> {
  const { finding, filter } = state
  const rows = findingOf(state) === undefined ? NO_ROWS : await getRows(finding, from, filter, fresh)
  state = { ...state, rows }
  await openAt(at < 0 ? rows.rows.length - 1 : at)
}

async function openAt(at: number): Promise<void> {
  state = { ...state, at, beside: null }
  await loadRow()
  const current = document.querySelector<HTMLElement>('#row-list [aria-current]')
  current?.scrollIntoView({ block: 'nearest' })
  current?.focus({ preventScroll: true })
}

async function openBeside(place: RowPlace): Promise<void> {
  const at = indexIn(state, place)
  if (at >= 0) return openAt(at)
  state = { ...state, beside: place }
  await loadRow()
  byId('row', HTMLElement).focus()
}

async function loadRow(): Promise<void> {
  const place = placeOf(state)
  const row = place === null ? null : await getRow(state.finding, place)
  state = { ...state, row }
  show()
}

async function move(by: 1 | -1): Promise<void> {
  const { rows, at, beside } = state
  const next = beside === null ? at + by : at
  if (rows.rows[next] !== undefined) return openAt(next)
  if (next < 0 && rows.from > 0) return loadPage(rows.from - PAGE_ROWS, -1)
  if (next >= 0 && rows.from + rows.rows.length < rows.total) return loadPage(rows.from + PAGE_ROWS, 0)
  say(next < 0 ? 'This is the first row.' : 'This is the last row.')
}

async function decideRow(verdict: Verdict | null, thenMove = false): Promise<void> {
  const place = placeOf(state)
  if (place === null) return
  const typed = document.getElementById('note')
  const note = typed instanceof HTMLInputElement ? typed.value.trim() : ''
  saved(await postDecision({ target: { file: place.file, row: place.row }, verdict, note, finding: state.finding }))
  say(verdict === null ? `Row ${place.row}: verdict taken back.` : `Row ${place.row}: ${verdict}, saved.`)
  const { rows, at, beside } = state
  const isLast = at + 1 >= rows.rows.length && rows.from + rows.rows.length >= rows.total
  if (thenMove && beside === null && !isLast) await move(1)
}

async function saveNote(note: string): Promise<void> {
  const { row } = state
  if (row === null || note === row.opinion.note) return
  const target = { file: row.file, row: row.row }
  saved(await postDecision({ target, verdict: row.opinion.verdict, note, finding: state.finding }))
  say(`Row ${row.row}: note saved.`)
}

async function decideFinding(verdict: Verdict | null): Promise<void> {
  const finding = findingOf(state)
  if (finding === undefined) return
  const { index, opinion } = finding
  saved(await postDecision({ target: { finding: index }, verdict, note: opinion.note, finding: index }))
  say(verdict === null ? `Finding ${index + 1}: verdict taken back.` : `Finding ${index + 1}: ${verdict}, saved.`)
}

async function undo(): Promise<void> {
  const undone = await postUndo()
  if (undone === null) {
    say('There is nothing to undo in this sitting.')
    return
  }
  const { target, finding } = undone
  saved(undone)
  if ('finding' in target) {
    say(`Finding ${target.finding + 1}: undone.`)
    return
  }
  if (finding !== null && finding !== state.finding) await select(finding)
  if (!isSame(placeOf(state), target)) await openBeside(target)
  say(`Row ${target.row}: undone.`)
}

function saved(view: SavedView): void {
  state = withSaved(state, view)
  show()
}

/** Not in turn: it may take seconds, and rows can be decided meanwhile. */
function findTrigger(): void {
  const { finding, trigger } = state
  if (trigger !== null || findingOf(state)?.triggers.length === 0) return
  state = { ...state, trigger: 'searching' }
  show()
  getTrigger(finding).then(
    (found) => {
      if (state.finding !== finding) return
      state = { ...state, trigger: found }
      show()
    },
    (error: unknown) => {
      say(String(error), true)
    },
  )
}

async function putFilter(): Promise<void> {
  const filter = filterField.value.trim()
  if (filter === state.filter) return
  state = { ...state, filter }
  say(filter === '' ? '' : `Looking for “${filter}” …`)
  await loadPage(0, 0, true)
  say('')
}

listenToKeys(
  {
    move: (by) => {
      inTurn(() => move(by))
    },
    moveFinding: (by) => {
      inTurn(async () => {
        const next = state.finding + by
        if (state.report.findings[next] === undefined) say(by > 0 ? 'This is the last finding.' : 'This is the first finding.')
        else await select(next)
      })
    },
    decide: (digit) => {
      inTurn(() => decideRow(VERDICTS[digit] ?? null, true))
    },
    decideFinding: (digit) => {
      inTurn(() => decideFinding(VERDICTS[digit] ?? null))
    },
    undo: () => {
      inTurn(undo)
    },
    focusNote: () => {
      document.getElementById('note')?.focus()
    },
    findTrigger,
    focusFilter: () => {
      filterField.focus()
    },
    help: () => {
      keysDialog.showModal()
    },
    leaveField: (field) => {
      field.blur()
      document.querySelector<HTMLElement>('#row-list [aria-current]')?.focus()
    },
  },
  () => byId('keys-on', HTMLInputElement).checked,
)
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.id === 'note') event.target.blur()
})
byId('filter-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  inTurn(putFilter)
})
// The field's own cross empties it without a submit.
filterField.addEventListener('search', () => {
  inTurn(putFilter)
})
byId('show-keys', HTMLButtonElement).addEventListener('click', () => {
  keysDialog.showModal()
})
byId('page-back', HTMLButtonElement).addEventListener('click', () => {
  inTurn(() => loadPage(state.rows.from - PAGE_ROWS, 0))
})
byId('page-on', HTMLButtonElement).addEventListener('click', () => {
  inTurn(() => loadPage(state.rows.from + PAGE_ROWS, 0))
})
inTurn(start)
