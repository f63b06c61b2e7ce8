/** First pass: how many rows each file has, so that positions are known, and which labels and sources there are. */
import type { RowBatch } from '../../src/model/row-batch.js'

/** More different values than this are no classes; more than that no sources. */
const MOST_LABELS = 200
const MOST_SOURCES = 1000
/** Values that have counts of their own. */
const TRACKED = 32
/** Cells of the grid of positions. */
const CELLS = 512
export const VALUE_UNITS = 120

/** How often each value comes; null once there are too many. */
type Values = Map<string, number> | null

export interface SurveyState {
  /** By file: one more than its last row. */
  readonly files: Map<number, number>
  rows: number
  labels: Values
  sources: Values
}

/** The order of all rows: files one after the other. */
export interface Survey {
  /** Ascending by file; `offset` is the position of its first row. */
  readonly files: readonly { readonly file: number; readonly rows: number; readonly offset: number }[]
  /** Positions in all. */
  readonly positions: number
  /** Rows that were read. */
  readonly rows: number
  /** Positions in a cell, and cells. */
  readonly width: number
  readonly cells: number
  /** The commonest first; empty where there are fewer than two or too many. */
  readonly labels: readonly string[]
  readonly sources: readonly string[]
}

export function surveyState(): SurveyState {
  return { files: new Map(), rows: 0, labels: new Map(), sources: new Map() }
}

export function survey(state: SurveyState, batch: RowBatch): void {
  let last = state.files.get(batch.file) ?? 0
  for (let i = 0; i < batch.length; i++) {
    last = Math.max(last, batch.rows[i]! + 1)
    if (batch.turns[i] !== 0) continue
    state.rows++
    state.labels = counted(state.labels, batch.columns.label?.[i], 1, MOST_LABELS)
    state.sources = counted(state.sources, batch.columns.source?.[i], 1, MOST_SOURCES)
  }
  if (batch.length > 0) state.files.set(batch.file, last)
}

export function mergeSurveys(into: SurveyState, from: SurveyState): SurveyState {
  for (const [file, rows] of from.files) into.files.set(file, Math.max(rows, into.files.get(file) ?? 0))
  into.rows += from.rows
  into.labels = merged(into.labels, from.labels, MOST_LABELS)
  into.sources = merged(into.sources, from.sources, MOST_SOURCES)
  return into
}

export function surveyed({ files, rows, labels, sources }: SurveyState): Survey {
  let positions = 0
  const placed = [...files]
    .sort(([a], [b]) => a - b)
    .map(([file, count]) => {
      const offset = positions
      positions += count
      return { file, rows: count, offset }
    })
  const width = Math.max(1, Math.ceil(positions / CELLS))
  const cells = Math.ceil(positions / width)
  return { files: placed, positions, rows, width, cells, labels: commonest(labels), sources: commonest(sources) }
}

/** Where a position is: the inverse of `offset + row`. */
export function placeOf({ files }: Survey, position: number): { readonly file: number; readonly row: number } {
  const at = files.findLast(({ offset }) => offset <= position)
  return { file: at?.file ?? 0, row: position - (at?.offset ?? 0) }
}

function counted(values: Values, cell: string | null | undefined, count: number, most: number): Values {
  if (values === null || cell === null || cell === undefined) return values
  const value = cell.slice(0, VALUE_UNITS)
  const before = values.get(value)
  // A slice holds on to the cell that it was cut from.
  values.set(before === undefined ? copied(value) : value, (before ?? 0) + count)
  return values.size > most ? null : values
}

function merged(into: Values, from: Values, most: number): Values {
  if (from === null) return null
  let values = into
  for (const [value, count] of from) values = counted(values, value, count, most)
  return values
}

function commonest(values: Values): string[] {
  if (values === null || values.size < 2) return []
  return [...values]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, TRACKED)
    .map(([value]) => value)
}

function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}
