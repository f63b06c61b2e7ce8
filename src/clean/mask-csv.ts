import { maskText } from './mask-text.js'

/** Masks secrets in some fields of a CSV record; all other fields stay as they are written. @param places of fields to look at */
export function maskCsv(record: string, delimiter: string, places: ReadonlySet<number>): string {
  let out = ''
  let start = 0
  for (let place = 0; ; place++) {
    const close = record[start] === '"' ? closingQuote(record, start + 1) : -1
    const end = record.indexOf(delimiter, close === -1 ? start : close)
    const field = record.slice(start, end === -1 ? undefined : end)
    out += places.has(place) ? maskField(field) : field
    if (end === -1) return out
    out += delimiter
    start = end + delimiter.length
  }
}

function maskField(field: string): string {
  if (!field.startsWith('"')) return maskText(field)
  const close = closingQuote(field, 1)
  const value = field.slice(1, close).replaceAll('""', '"')
  const masked = maskText(value)
  return masked === value ? field : `"${masked.replaceAll('"', '""')}"${field.slice(close + 1)}`
}

function closingQuote(record: string, from: number): number {
  let quote = record.indexOf('"', from)
  while (quote !== -1 && record[quote + 1] === '"') quote = record.indexOf('"', quote + 2)
  return quote === -1 ? record.length : quote
}
