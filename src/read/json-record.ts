import { isUtf8 } from 'node:buffer'
import { RecordFault } from './text-records.js'

/** Nesting that no data set needs, and that recursive code downstream survives. */
const MAX_DEPTH = 256
/** Longer integers stay text: making a bigint of them takes quadratic time. */
const MAX_BIGINT_DIGITS = 4096

/**
 * Strict JSON (RFC 8259) in UTF-8. Of a key that occurs twice the last value counts, as in every common reader.
 * @param known whether the bytes are known to be UTF-8
 */
export function parseJson(
  bytes: Buffer,
  start: number,
  end: number,
  known: boolean,
): { value: unknown; text: string } | RecordFault {
  if (!known && !isUtf8(bytes.subarray(start, end))) return new RecordFault('format', 'not valid UTF-8')
  const text = bytes.toString('utf8', start, end)
  try {
    return { value: JSON.parse(text) as unknown, text }
  } catch (error) {
    // The engine's message quotes the data; only the position is taken from it.
    const position = /at position (\d+)/.exec((error as Error).message)?.[1]
    const kind = position === undefined ? '' : ` (at character ${position})`
    return new RecordFault('format', `not valid JSON${kind}`)
  }
}

/** A row: a JSON object whose integers beyond 2^53 have become bigint where they are cells of their own. */
export function toRecord(value: unknown, text: string): Readonly<Record<string, unknown>> | RecordFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new RecordFault('format', `a JSON object expected, ${nameOf(value)} found`)
  }
  const record = value as Record<string, unknown>
  let inexact = false
  for (const key of Object.keys(record)) {
    const cell = record[key]
    if (typeof cell === 'number') inexact ||= !Number.isSafeInteger(cell) && (Number.isInteger(cell) || !Number.isFinite(cell))
    else if (typeof cell === 'object' && isTooDeep(cell, MAX_DEPTH)) {
      return new RecordFault('limit', `nested more than ${MAX_DEPTH} levels deep`)
    }
  }
  return inexact ? withExactIntegers(record, text) : record
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return parts.some((part) => isTooDeep(part, levels - 1))
}

/** JSON.parse rounds integers beyond 2^53; ids lie there. Their digits are looked up in the source. */
function withExactIntegers(record: Record<string, unknown>, text: string): Readonly<Record<string, unknown>> {
  const exact = Object.assign(Object.create(null) as Record<string, unknown>, record)
  for (const [key, literal] of topLevelNumbers(text)) {
    if (!/^-?\d+$/.test(literal) || Number.isSafeInteger(Number(literal))) continue
    exact[key] = literal.length > MAX_BIGINT_DIGITS ? literal : BigInt(literal)
  }
  return exact
}

/** The literals of an object's own number members. `text` is known to be a valid JSON object. */
function topLevelNumbers(text: string): Map<string, string> {
  const numbers = new Map<string, string>()
  let depth = 0
  let atKey = false
  let key = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '"') {
      const end = stringEnd(text, i)
      if (depth === 1 && atKey) {
        key = JSON.parse(text.slice(i, end)) as string
        numbers.delete(key)
        atKey = false
      }
      i = end - 1
    } else if (char === '{' || char === '[') {
      depth++
      atKey = depth === 1
    } else if (char === '}' || char === ']') depth--
    else if (char === ',') atKey = depth === 1
    else if (depth === 1 && /[-\d]/.test(char)) {
      const start = i
      while (/[-+.\deE]/.test(text[i + 1] ?? '')) i++
      numbers.set(key, text.slice(start, i + 1))
    }
  }
  return numbers
}

/** The index after the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i + 1
}
