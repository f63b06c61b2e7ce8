/** Edits of an Arrow column: texts as they are taken; all else where it stands in its batch, which was decoded for that alone. */
import { isUtf8 } from 'node:buffer'
import { DataType, Precision, type Data } from 'apache-arrow'
import { isText, type EditText, type Taken } from './arrow-take.js'
import type { CellEdits } from './cell-edit.js'
import { arrowGetter, dictionaryValues } from '../read/arrow-values.js'
import { toCell } from '../read/cell.js'

/** @param type of the column that the texts stand in */
export function textEditor(type: DataType, edits: CellEdits): EditText {
  const isWhole = isText(type)
  return (bytes, row) => {
    if (!edits.has(row) || !isUtf8(bytes)) return bytes
    const value = { text: Buffer.from(bytes).toString('utf8'), isText: true, isWhole }
    return edits.apply(row, value, (text) => Buffer.from(text, 'utf8')) ?? bytes
  }
}

/** Numbers, truth values, and which entry of its dictionary a row has. */
export function editInPlace(data: Data, { indices, rows }: Taken, edits: CellEdits): void {
  const slots = slotsOf(data)
  if (slots === null) return
  const get = arrowGetter(data)
  for (const [i, index] of indices.entries()) {
    const row = rows[i]!
    const text = edits.has(row) ? toCell(get(index)) : null
    if (text === null) continue
    edits.apply(row, { text, isText: false, isWhole: true }, (after) => {
      const stored = slots.encode(after)
      if (stored === null) return null
      const before = slots.read(index)
      slots.write(index, stored)
      if (toCell(get(index)) === after) return after
      // The type holds something near it, but not that.
      slots.write(index, before)
      return null
    })
  }
}

/** The stored values of a column, by their places in it. */
interface Slots {
  readonly read: (index: number) => number | bigint
  readonly write: (index: number, value: number | bigint) => void
  /** Null where nothing is stored for the text. */
  readonly encode: (text: string) => number | bigint | null
}

/** Null for types that no label has, and for texts, which have no slots. */
function slotsOf(data: Data): Slots | null {
  const { type } = data
  if (DataType.isBool(type)) return bitSlots(data.values as Uint8Array)
  const isNumber = DataType.isInt(type) || (DataType.isFloat(type) && type.precision !== Precision.HALF)
  if (!isNumber && !DataType.isDictionary(type)) return null
  const values = data.values as Record<number, number | bigint>
  const isWide = values instanceof BigInt64Array || values instanceof BigUint64Array
  const toStored = (text: string): number | bigint | null => {
    if (!isWide) return Number(text)
    return /^-?\d+$/.test(text) ? BigInt(text) : null
  }
  const places = DataType.isDictionary(type)
    ? new Map(dictionaryValues(data).map((value, place) => [toCell(value), String(place)] as const))
    : null
  return {
    read: (index) => values[index]!,
    write: (index, value) => {
      values[index] = value
    },
    encode: (text) => {
      const own = places === null ? text : places.get(text)
      return own === undefined ? null : toStored(own)
    },
  }
}

function bitSlots(bitmap: Uint8Array): Slots {
  return {
    read: (index) => (bitmap[index >> 3]! >> (index & 7)) & 1,
    write: (index, value) => {
      const bit = 1 << (index & 7)
      bitmap[index >> 3] = Number(value) === 1 ? bitmap[index >> 3]! | bit : bitmap[index >> 3]! & ~bit
    },
    encode: (text) => (text === 'true' ? 1 : text === 'false' ? 0 : null),
  }
}
