import { ROLES } from '../model/role.js'
import type { Role } from '../model/role.js'
import type { Cell, RowBatch } from '../model/row-batch.js'
import { cutCell, toCell } from './cell.js'
import { chatExamples, joinCells, lastAnswer, question, readTurns } from './chat.js'
import type { ChatExample } from './chat.js'
import type { RawBatch, ReadLog } from './format.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { RolePlan } from './roles.js'

/** Where the cells of a batch come from, and how long they may be. */
export interface ExampleSource extends RolePlan {
  /** Columns whose values are message lists, perhaps as JSON. */
  readonly messageColumns: readonly string[]
  readonly limits: ReadLimits
}

type Column = readonly unknown[] | undefined

/**
 * Rows as the file has them, turned into examples by role. Only the roles that are needed are filled:
 * `input` is all null where its role is not needed, `output` null where its is not.
 * @param log `truncated` is raised for every cell that was cut
 */
export function toRowBatch(
  raw: RawBatch,
  file: number,
  source: ExampleSource,
  needed: ReadonlySet<Role>,
  log: ReadLog,
): RowBatch {
  const chat =
    source.chat && (needed.has('prompt') || needed.has('response'))
      ? chatRows(columnOf(raw, source.chat.column), raw.length)
      : null
  // For each example its row in the batch; the identity outside chats.
  const origin = chat
    ? chat.flatMap((examples, row) => examples.map(() => row))
    : Array.from({ length: raw.length }, (_, row) => row)
  const turns = chat ? chat.flatMap((examples) => examples.map((_, turn) => turn)) : []
  const columns: Partial<Record<Role, readonly Cell[]>> = {}
  for (const role of ROLES) {
    if (!needed.has(role) || !source.sources[role]) continue
    const cells =
      chat && (role === 'prompt' || role === 'response')
        ? chat.flatMap((examples) => examples.map((example) => example[role]))
        : rowCells(raw, source, role)
    const spread = chat && cells.length !== origin.length ? origin.map((row) => cells[row] ?? null) : cells
    columns[role] = spread.map((cell) => bounded(cell, source.limits.cellLength, log))
  }
  return {
    file,
    length: origin.length,
    rows: chat ? Float64Array.from(origin, (row) => raw.rows[row] ?? 0) : raw.rows,
    turns: chat ? Uint16Array.from(turns) : new Uint16Array(origin.length),
    columns,
    input: columns.text ?? columns.prompt ?? columns.chosen ?? new Array<Cell>(origin.length).fill(null),
    output: columns.response ?? (source.sources.prompt ? columns.chosen : undefined) ?? null,
  }
}

/** A batch may lack a column; one called `constructor` must not find an object's own. */
function columnOf(raw: RawBatch, name: string): Column {
  return Object.hasOwn(raw.columns, name) ? raw.columns[name] : undefined
}

function chatRows(column: Column, length: number): ChatExample[][] {
  return Array.from({ length }, (_, row) => {
    const value = column?.[row]
    const chat = readTurns(value)
    // What is no chat stays in view as a prompt that nobody answers.
    return chat ? chatExamples(chat.turns) : [{ prompt: toCell(value), response: null }]
  })
}

function rowCells(raw: RawBatch, source: ExampleSource, role: Role): Cell[] {
  const names = source.sources[role] ?? []
  const [cells = [], ...more] = names.map((name) =>
    columnCells(columnOf(raw, name), raw.length, role, source.messageColumns.includes(name)),
  )
  return more.length === 0 ? cells : cells.map((cell, row) => joinCells([cell, ...more.map((others) => others[row] ?? null)]))
}

function columnCells(column: Column, length: number, role: Role, isChat: boolean): Cell[] {
  if (!column) return new Array<Cell>(length).fill(null)
  if (!isChat) return column.map(toCell)
  return column.map((value) => {
    const chat = readTurns(value)
    if (!chat) return toCell(value)
    return role === 'prompt' ? question(chat.turns) : lastAnswer(chat.turns)
  })
}

function bounded(cell: Cell, most: number, log: ReadLog): Cell {
  if (cell === null) return null
  const { text, cut } = cutCell(cell, most)
  if (cut) log.truncated++
  return text
}
