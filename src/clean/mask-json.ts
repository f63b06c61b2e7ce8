/** Masks secrets in the strings of a JSON object where they stand: escapes, spaces, numbers and key order stay as written. */
import { MASK, maskedSpans } from './mask-text.js'

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)|[^\\]/gsu

/**
 * @param record valid JSON
 * @param columns keys of the object whose values are looked at, at any depth
 */
export function maskJson(record: string, columns: readonly string[]): string {
  let out = ''
  let copied = 0
  let depth = 0
  let wanted = false
  for (let at = 0; at < record.length; at++) {
    const character = record[at]!
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (character !== '"') continue
    const end = stringEnd(record, at)
    const literal = record.slice(at, end)
    if (isKey(record, end)) {
      if (depth === 1) wanted = columns.includes(JSON.parse(literal) as string)
    } else if (wanted) {
      const replaced = maskLiteral(literal)
      if (replaced !== literal) {
        out += record.slice(copied, at) + replaced
        copied = end
      }
    }
    at = end - 1
  }
  return out + record.slice(copied)
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

/** A string literal, quotes included. */
function maskLiteral(literal: string): string {
  const spans = maskedSpans(JSON.parse(literal) as string)
  if (spans.length === 0) return literal
  const places = placesOf(literal)
  let out = ''
  let at = 0
  for (const { start, end } of spans) {
    out += literal.slice(at, places[start]) + MASK
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
