import type { Cell } from '../model/row-batch.js'

declare global {
  // ES2024, in Node 20; the compiler's library is ES2023.
  interface String {
    isWellFormed(): boolean
    toWellFormed(): string
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** UTF-8 bytes as text. Invalid sequences become U+FFFD; a byte order mark stays, as it is part of the value. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/**
 * One canonical text per value, so that all file formats agree: strings as they are, numbers and booleans in their
 * shortest JSON form (`1`, not `1.0`), dates in ISO 8601 UTC, bytes as UTF-8, lists and structs as JSON with keys in
 * file order. `null`, `undefined`, NaN and the empty string are missing: CSV cannot tell an empty string from none.
 * Lone surrogates, which only JSON escapes can make, become U+FFFD.
 */
export function toCell(value: unknown): Cell {
  if (typeof value === 'string') return value === '' ? null : value.isWellFormed() ? value : value.toWellFormed()
  const plain = toPlain(value)
  if (plain === null) return null
  const text = typeof plain === 'string' ? plain : stringify(plain)
  return text === '' ? null : text
}

/** A JSON number that does not fit a double, kept digit by digit. */
class Digits {
  constructor(readonly text: string) {}
}

/** Nesting below this depth is shown as an ellipsis: hostile JSON can be deeper than the stack. */
const MAX_DEPTH = 100

/** The value in JSON's terms: strings, finite numbers, booleans, null, arrays and plain objects; nothing undefined. */
function toPlain(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return value.toWellFormed()
    case 'number':
      return Number.isNaN(value) ? null : Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : new Digits(value.toString())
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : depth > MAX_DEPTH ? '…' : objectToPlain(value, depth + 1)
    default:
      return null
  }
}

function objectToPlain(value: object, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return decodeUtf8(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, (item) => toPlain(item, depth))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), toPlain(item, depth)]))
}

/** JSON of a plain value; numbers as `-0` and `1e21` in plain digits where they are integers. */
function stringify(plain: unknown): string {
  if (plain instanceof Digits) return plain.text
  if (typeof plain === 'number') return Number.isInteger(plain) ? BigInt(plain).toString() : String(plain)
  if (Array.isArray(plain)) return `[${plain.map(stringify).join(',')}]`
  if (typeof plain === 'object' && plain !== null) {
    return `{${Object.entries(plain)
      .map(([key, item]) => `${JSON.stringify(key)}:${stringify(item)}`)
      .join(',')}}`
  }
  return JSON.stringify(plain)
}

/**
 * The same for a value whose keys have no order: structs sorted by key, and without those that are missing. Equal for values
 * that differ in nothing but the format of the file.
 */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return toCell(value) ?? ''
  const plain = sorted(toPlain(value))
  return typeof plain === 'string' ? plain : plain === null ? '' : stringify(plain)
}

function sorted(plain: unknown): unknown {
  if (Array.isArray(plain)) return plain.map(sorted)
  if (typeof plain !== 'object' || plain === null || plain instanceof Digits) return plain
  const entries = Object.entries(plain as Record<string, unknown>).filter(([, item]) => item !== null)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
}

/** A cell cut to `most` UTF-16 units, and whether it was. */
export function cutCell(cell: string, most: number): { readonly text: string; readonly cut: boolean } {
  if (cell.length <= most) return { text: cell, cut: false }
  return { text: cell.slice(0, most).toWellFormed(), cut: true }
}
