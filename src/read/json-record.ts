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

/**
 * A row: a JSON object whose integers beyond 2^53 have become bigint where they are cells of their own, and text where
 * they lie deeper: ids lie there, and JSON.parse rounds them.
 */
export function toRecord(value: unknown, text: string): Readonly<Record<string, unknown>> | RecordFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new RecordFault('format', `a JSON object expected, ${nameOf(value)} found`)
  }
  const record = value as Record<string, unknown>
  let inexact = false
  for (const cell of Object.values(record)) {
    const found = survey(cell, MAX_DEPTH)
    if (found === 'deep') return new RecordFault('limit', `nested more than ${MAX_DEPTH} levels deep`)
    inexact ||= found === 'inexact'
  }
  return inexact ? withExactIntegers(record, text) : record
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

/** Whether a value is nested deeper than `levels`, or holds a number that may have been rounded. */
function survey(value: unknown, levels: number): 'deep' | 'inexact' | 'plain' {
  if (typeof value === 'number')
    return !Number.isSafeInteger(value) && (Number.isInteger(value) || !Number.isFinite(value)) ? 'inexact' : 'plain'
  if (typeof value !== 'object' || value === null) return 'plain'
  if (levels === 0) return 'deep'
  let inexact = false
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  for (const part of parts) {
    const found = survey(part, levels - 1)
    if (found === 'deep') return 'deep'
    inexact ||= found === 'inexact'
  }
  return inexact ? 'inexact' : 'plain'
}

/** The digits of integers beyond 2^53 are looked up in the source. */
function withExactIntegers(record: Record<string, unknown>, text: string): Readonly<Record<string, unknown>> {
  const quoted = quotedIntegers(text)
  const exact = Object.assign(Object.create(null) as Record<string, unknown>, JSON.parse(quoted.text) as typeof record)
  for (const key of quoted.own) {
    const literal = exact[key] as string
    exact[key] = literal.length > MAX_BIGINT_DIGITS ? literal : BigInt(literal)
  }
  return exact
}

/**
 * A valid JSON object with quotes around its integers beyond 2^53.
 * @returns the text, and which of the object's own members such an integer is the (last) value of
 */
function quotedIntegers(text: string): { text: string; own: ReadonlySet<string> } {
  const own = new Set<string>()
  const parts: string[] = []
  let copied = 0
  let depth = 0
  let atKey = false
  let key = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '"') {
      const end = stringEnd(text, i)
      if (depth === 1 && atKey) {
        key = JSON.parse(text.slice(i, end)) as string
        own.delete(key)
        atKey = false
      }
      i = end - 1
    } else if (char === '{' || char === '[') {
      depth++
      atKey = depth === 1
    } else if (char === '}' || char === ']') depth--
    else if (char === ',') atKey = depth === 1
    else if (/[-\d]/.test(char)) {
      const start = i
      while (/[-+.\deE]/.test(text[i + 1] ?? '')) i++
      const literal = text.slice(start, i + 1)
      if (!/^-?\d+$/.test(literal) || Number.isSafeInteger(Number(literal))) continue
      if (depth === 1) own.add(key)
      parts.push(text.slice(copied, start), `"${literal}"`)
      copied = i + 1
    }
  }
  return { text: [...parts, text.slice(copied)].join(''), own }
}

/** The index after the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i + 1
}
