import { type CredenceError, type ErrorPlace, toErrorRecord } from '../errors.js'
import { safeText } from '../report/safe-text.js'

const LONGEST_LINE = 1000

/** An error for a person: what, where, what to try. The stack only when `debug`. */
export function errorText(error: CredenceError, debug: boolean): string {
  const lines = error.message.split('\n').map((line) => safeText(line, LONGEST_LINE))
  const where = placeText(error.place, error.message)
  if (where !== '') lines.push(`at ${safeText(where, LONGEST_LINE)}`)
  lines.push(...error.suggestions.map((suggestion) => safeText(suggestion, LONGEST_LINE)))
  if (error.code === 'internal' && !debug) lines.push('this is a defect of credence; --debug prints where it happened')
  if (debug) lines.push(...stackLines(error))
  return lines.map((line, i) => (i === 0 ? `credence: ${line}` : `  ${line}`)).join('\n')
}

/** The parts of a place that the message does not already name. Numbers are 0-based but for lines, which editors count from 1. */
function placeText({ file, rowGroup, line, row, column }: ErrorPlace, message: string): string {
  const parts: string[] = []
  if (file !== undefined && !message.includes(file)) parts.push(file)
  if (rowGroup !== undefined && !/row group/i.test(message)) parts.push(`row group ${rowGroup}`)
  if (line !== undefined && !/\bline\b|:\d+:\d+/i.test(message)) parts.push(`line ${line + 1}`)
  if (row !== undefined && !/\brow \d/i.test(message)) parts.push(`row ${row}`)
  if (column !== undefined && !message.includes(column)) parts.push(`column ${column}`)
  return parts.join(', ')
}

function stackLines(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [safeText(toErrorRecord(error).message, LONGEST_LINE)]
  const own = (error.stack ?? error.message).split('\n').map((line) => safeText(line, LONGEST_LINE))
  return error.cause === undefined ? own : [...own, 'caused by', ...stackLines(error.cause)]
}
