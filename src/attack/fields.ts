import type { DataSet } from '../read/dataset.js'
import { toCell } from '../read/cell.js'
import { lastAnswer, readTurns, type ChatShape, type ChatTurn } from '../read/chat.js'
import type { CellChange, PlantFile } from './file/plant-file.js'
import { jsonSpan, jsonString, spliceAll } from './file/json-splice.js'
import { CredenceError } from '../errors.js'
import type { PlantData, PlantRow, RowEdit } from './attack.js'
import { measureStyle } from './text/style.js'

/** A text inside a cell. */
interface TextPlace {
  readonly column: string
  /** Steps to it, from the cell or, where `json`, from what the cell's text stands for. */
  readonly path: readonly (string | number)[]
  readonly json: boolean
  readonly text: string
}

interface RowPlaces {
  readonly input: TextPlace | null
  readonly output: TextPlace | null
}

/** The data set as attacks see it, and the way back from their edits to cells. */
export class Fields {
  readonly data: PlantData
  readonly #dataset: DataSet
  readonly #file: PlantFile
  /** A row that has each label, to copy the cell from. */
  readonly #labelRows = new Map<string, number>()

  constructor(dataset: DataSet, file: PlantFile) {
    this.#dataset = dataset
    this.#file = file
    const { label } = dataset.sources
    const labels = label === undefined ? [] : file.column(label[0]!)
    const rows = Array.from({ length: file.rows }, (_, row): PlantRow => {
      const { input, output } = this.#places(row)
      return { input: input?.text ?? null, output: output?.text ?? null, label: toCell(labels[row]) }
    })
    this.data = {
      kind: dataset.kind,
      rows,
      labels: this.#countLabels(rows),
      style: { input: measureStyle(rows.map((row) => row.input)), output: measureStyle(rows.map((row) => row.output)) },
    }
  }

  /** The cells that a row's edit changes. */
  changes(row: number, edit: RowEdit): CellChange[] {
    const { sources } = this.#dataset
    const places = this.#places(row)
    const texts = (['input', 'output'] as const).flatMap((name): TextPlace[] => {
      const text = edit[name]
      const place = places[name]
      if (text === undefined) return []
      if (place === null) throw new CredenceError('internal', `row ${row} has no ${name} to change`)
      return [{ ...place, text }]
    })
    const changes: CellChange[] = texts.filter((place) => !place.json)
    const inJson = texts.filter((place) => place.json)
    if (inJson[0] !== undefined) changes.push(this.#jsonChange(row, inJson[0].column, inJson))
    if (edit.label !== undefined) {
      const column = sources.label![0]!
      changes.push({ column, from: { column, row: this.#labelRows.get(edit.label)! } })
    }
    if (edit.swap) {
      const [chosen, rejected] = [sources.chosen![0]!, sources.rejected![0]!]
      changes.push({ column: chosen, from: { column: rejected, row } }, { column: rejected, from: { column: chosen, row } })
    }
    return changes
  }

  /** A cell that is JSON as text, with some of its strings replaced and the rest as it was written. */
  #jsonChange(row: number, column: string, texts: readonly TextPlace[]): CellChange {
    const cell = this.#file.column(column)[row] as string
    const ascii = /^[\0-\x7f]*$/.test(cell) && /\\u[0-9a-f]{4}/i.test(cell)
    const parts = texts.map((place) => ({ ...jsonSpan(cell, place.path)!, text: jsonString(place.text, ascii) }))
    return { column, path: [], text: spliceAll(cell, parts) }
  }

  #countLabels(rows: readonly PlantRow[]): string[] {
    const counts = new Map<string, number>()
    rows.forEach(({ label }, row) => {
      if (label === null) return
      counts.set(label, (counts.get(label) ?? 0) + 1)
      if (!this.#labelRows.has(label)) this.#labelRows.set(label, row)
    })
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([label]) => label)
  }

  #places(row: number): RowPlaces {
    const { sources, chat } = this.#dataset
    if (chat !== null) return chatPlaces(chat.column, this.#file.column(chat.column)[row])
    const input = this.#first(sources.text ?? sources.prompt ?? [], row, 'input')
    return { input, output: this.#first(sources.response ?? sources.chosen ?? [], row, 'output') }
  }

  /** The first of the columns behind a role that holds text in this row. */
  #first(columns: readonly string[], row: number, role: keyof RowPlaces): TextPlace | null {
    for (const column of columns) {
      const value = this.#file.column(column)[row]
      if (this.#dataset.messageColumns.includes(column)) return messagePlace(column, value, role)
      if (typeof value === 'string' && value !== '') {
        return { column, path: [], json: false, text: value }
      }
    }
    return null
  }
}

/** The first answer of a chat and what was said right before it. */
function chatPlaces(column: string, value: unknown): RowPlaces {
  const chat = readTurns(value)
  if (chat === null) return { input: null, output: null }
  const answers = (turn: ChatTurn): boolean => lastAnswer([turn]) !== null
  const answer = chat.turns.findIndex(answers)
  const place = (turn: number): TextPlace | null => (turn < 0 ? null : turnPlace(column, value, textKey(chat.shape), turn))
  return { input: place(answer < 0 ? chat.turns.length - 1 : answer - 1), output: place(answer) }
}

/** Of messages that stand for a prompt or a response alone: the last question, or the last answer. */
function messagePlace(column: string, value: unknown, role: keyof RowPlaces): TextPlace | null {
  const chat = readTurns(value)
  const turn = chat?.turns.findLastIndex((said) => (lastAnswer([said]) !== null) === (role === 'output')) ?? -1
  return chat === null || turn < 0 ? null : turnPlace(column, value, textKey(chat.shape), turn)
}

const textKey = (shape: ChatShape): string => (shape === 'messages' ? 'content' : 'value')

/** A turn's text in a list of structs, a struct of lists, or either as JSON. */
function turnPlace(column: string, value: unknown, key: string, turn: number): TextPlace | null {
  const json = typeof value === 'string'
  const plain: unknown = json ? JSON.parse(value) : value
  const path: (string | number)[] = Array.isArray(plain) ? [turn, key] : [key, turn]
  let content = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], plain)
  if (Array.isArray(content)) {
    const part = content.findIndex((item: unknown) => typeof (item as { text?: unknown } | null)?.text === 'string')
    if (part < 0) return null
    content = (content[part] as { text: string }).text
    path.push(part, 'text')
  }
  if (typeof content !== 'string' || content === '') return null
  return { column, path, json, text: content }
}
