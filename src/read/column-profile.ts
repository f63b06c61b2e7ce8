import { toCell } from './cell.js'
import { readTurns } from './chat.js'
import type { ChatShape } from './chat.js'
import type { ColumnSchema } from './format.js'

/** What the first rows say of a column. */
export interface ColumnProfile {
  readonly name: string
  readonly type: string
  /** Values that are there. */
  readonly count: number
  /** Text in every value; unknown columns without values count by their type. */
  readonly textual: boolean
  /** A string, number or boolean in every value. */
  readonly scalar: boolean
  /** Of the canonical text, in UTF-16 units. */
  readonly meanLength: number
  readonly distinct: number
  /** Set where most values are message lists. */
  readonly chat: ChatShape | null
}

/** @param values the column's first values, nulls included */
export function profileColumn({ name, type }: ColumnSchema, values: readonly unknown[]): ColumnProfile {
  const there = values.filter((value) => toCell(value) !== null)
  const cells = there.map((value) => toCell(value) ?? '')
  const shapes = there.map((value) => readTurns(value)?.shape ?? null)
  const shape = shapes.find((found) => found !== null) ?? null
  const isText = there.every((value) => typeof value === 'string' || value instanceof Uint8Array)
  return {
    name,
    type,
    count: there.length,
    textual: there.length === 0 ? /string|binary|null/.test(type) : isText,
    scalar:
      there.length === 0
        ? !/[<]/.test(type)
        : isText || there.every((value) => ['number', 'bigint', 'boolean'].includes(typeof value)),
    meanLength: cells.length === 0 ? 0 : cells.reduce((total, cell) => total + cell.length, 0) / cells.length,
    distinct: new Set(cells).size,
    chat: shape !== null && shapes.filter((found) => found !== null).length * 2 > there.length ? shape : null,
  }
}
