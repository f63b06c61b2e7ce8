import type { CellEdits } from './cell-edit.js'

/**
 * Edits some fields of a CSV record; all others stay as they are written.
 * @param places of the fields that are edited
 * @param row the record's physical row
 */
export function editCsv(record: string, delimiter: string, places: ReadonlySet<number>, edits: CellEdits, row: number): string {
  let out = ''
  let start = 0
  for (let place = 0; ; place++) {
    const close = record[start] === '"' ? closingQuote(record, start + 1) : -1
    const end = record.indexOf(delimiter, close === -1 ? start : close)
    const field = record.slice(start, end === -1 ? undefined : end)
    out += places.has(place) ? editField(field, delimiter, edits, row) : field
    if (end === -1) return out
    out += delimiter
    start = end + delimiter.length
  }
}

function editField(field: string, delimiter: string, edits: CellEdits, row: number): string {
  const isQuoted = field.startsWith('"')
  const close = isQuoted ? closingQuote(field, 1) : 0
  // What follows a closing quote belongs to the value.
  const text = isQuoted ? field.slice(1, close).replaceAll('""', '"') + field.slice(close + 1) : field
  const write = (after: string): string =>
    isQuoted || needsQuotes(after, delimiter) ? `"${after.replaceAll('"', '""')}"` : after
  return edits.apply(row, { text, isText: true, isWhole: true }, write) ?? field
}

function needsQuotes(text: string, delimiter: string): boolean {
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text)
}

function closingQuote(record: string, from: number): number {
  let quote = record.indexOf('"', from)
  while (quote !== -1 && record[quote + 1] === '"') quote = record.indexOf('"', quote + 2)
  return quote === -1 ? record.length : quote
}
