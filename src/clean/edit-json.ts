/** Edits values of a JSON object where they stand: escapes, spaces, numbers and key order stay as written. */
import { toCell } from '../read/cell.js'
import type { CellEdits } from './cell-edit.js'
import type { Replacement } from './replacement.js'

/** A string, number or truth value of a column that is edited, at record[start, end). */
interface Scalar {
  readonly start: number
  readonly end: number
  readonly column: string
  /** The value of the column itself, rather than of something within it. */
  readonly isOwn: boolean
}

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)|[^\\]/gsu
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i
const LITERAL_END = /[\s,\]}]|$/g

/**
 * @param record a JSON object, known to be valid
 * @param row its physical row
 */
export function editJson(record: string, edits: CellEdits, row: number): string {
  const { scalars, times } = scalarsOf(record, edits)
  let out = ''
  let copied = 0
  for (const { start, end, column, isOwn } of scalars) {
    const literal = record.slice(start, end)
    // Of a key that occurs twice, readers may take either value.
    const value = { text: textOf(literal), isText: literal.startsWith('"'), isWhole: isOwn && times.get(column) === 1 }
    const written = edits.apply(row, value, (text, replacements) =>
      value.isText ? editString(literal, replacements) : editScalar(literal, text),
    )
    if (written === null) continue
    out += record.slice(copied, start) + written
    copied = end
  }
  return out + record.slice(copied)
}

/** In their order, with how often each column's key occurs. */
function scalarsOf(record: string, edits: CellEdits) {
  const scalars: Scalar[] = []
  const times = new Map<string, number>()
  let depth = 0
  let column: string | null = null
  for (let at = 0; at < record.length; at++) {
    const character = record[at]!
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    else if (character === '"') {
      const end = stringEnd(record, at)
      if (!isKey(record, end)) {
        if (column !== null) scalars.push({ start: at, end, column, isOwn: depth === 1 })
      } else if (depth === 1) {
        const key = JSON.parse(record.slice(at, end)) as string
        column = edits.touches(key) ? key : null
        if (column !== null) times.set(key, (times.get(key) ?? 0) + 1)
      }
      at = end - 1
    } else if (column !== null && /[-\dtf]/.test(character)) {
      LITERAL_END.lastIndex = at
      const end = LITERAL_END.exec(record)?.index ?? record.length
      scalars.push({ start: at, end, column, isOwn: depth === 1 })
      at = end - 1
    }
  }
  return { scalars, times }
}

function stringEnd(record: string, start: number): number {
  let at = start + 1
  while (at < record.length && record[at] !== '"') at += record[at] === '\\' ? 2 : 1
  return at + 1
}

function isKey(record: string, end: number): boolean {
  let at = end
  while (' \n\r\t'.includes(record[at] ?? 'x')) at++
  return record[at] === ':'
}

/** A literal as the scan reads it; integers keep their digits however many they are. */
function textOf(literal: string): string {
  const value: unknown = JSON.parse(literal)
  if (typeof value === 'string') return value
  return /^-?\d+$/.test(literal) && !Number.isSafeInteger(value) ? literal : (toCell(value) ?? '')
}

/** Another number or truth value in place of one; null where the text is none, or would be read in another spelling. */
function editScalar(literal: string, text: string): string | null {
  const isOfKind = /^[tf]/.test(literal) ? text === 'true' || text === 'false' : NUMBER.test(text)
  return isOfKind && textOf(text) === text ? text : null
}

/** A string literal, quotes included. */
function editString(literal: string, replacements: readonly Replacement[]): string {
  const places = placesOf(literal)
  let out = ''
  let at = 0
  for (const { start, end, text } of replacements) {
    out += literal.slice(at, places[start]) + JSON.stringify(text).slice(1, -1)
    at = places[end]!
  }
  return out + literal.slice(at)
}

/** Where each UTF-16 unit of the string stands in its literal, and one more: its closing quote. */
function placesOf(literal: string): number[] {
  const places: number[] = []
  for (const { 0: written, index } of literal.slice(1, -1).matchAll(ESCAPE)) {
    places.push(index + 1)
    if (!written.startsWith('\\') && written.length === 2) places.push(index + 2)
  }
  return [...places, literal.length - 1]
}
