import type { Cell } from './row-batch.js'

/** What a cell of the role `timestamp` says. */

/** Longer cells are no moments. */
const MOST_UNITS = 40
/** Units of an epoch count a second, by number of digits: seconds, milliseconds, microseconds, nanoseconds, all of 1973 to 2286. */
const EPOCH_UNITS: Readonly<Record<number, number>> = { 9: 1, 10: 1, 12: 1e3, 13: 1e3, 15: 1e6, 16: 1e6, 18: 1e9, 19: 1e9 }
const LEAST_YEAR = 1000

/**
 * Whole seconds since 1970 UTC of an ISO 8601 date or date and time (`2024-05-06`, `2024-05-06T07:08:09Z`, with a space for `T`,
 * slashes for hyphens, a fraction, an offset), of `YYYYMMDD`, or of an epoch in s, ms, µs or ns. A time without an offset is
 * taken as UTC, so that no machine's zone matters. Null for anything else, and for 0, which stands for "not known".
 */
export function instantOf(cell: Cell): number | null {
  if (cell === null || cell.length > MOST_UNITS) return null
  const text = cell.trim()
  const digits = digitsFrom(text, 0)
  const instant =
    digits === 4 ? calendar(text) : digits === text.length || text.charCodeAt(digits) === DOT ? plain(text, digits) : null
  return instant === 0 ? null : instant
}

const DOT = 46
const COLON = 58

function plain(text: string, digits: number): number | null {
  if (digits === 8 && digits === text.length) return moment(text, 0, 4, 6, 8)
  const unit = EPOCH_UNITS[digits]
  const whole = digits === text.length || digits + 1 + digitsFrom(text, digits + 1) === text.length
  return unit === undefined || !whole ? null : Math.floor(Number(text.slice(0, digits)) / unit)
}

/** `YYYY-MM-DD` or `YYYY/MM/DD`, alone or before a time. */
function calendar(text: string): number | null {
  const separator = text[4]
  if ((separator !== '-' && separator !== '/') || text[7] !== separator) return null
  if (text.length === 10) return moment(text, 0, 5, 8, 10)
  const between = text[10]
  return between === 'T' || between === 't' || between === ' ' ? moment(text, 0, 5, 8, 11) : null
}

/** @param year @param month @param day where they begin @param time where the time begins, or the end of the text */
function moment(text: string, year: number, month: number, day: number, time: number): number | null {
  const [y, m, d] = [number(text, year, 4), number(text, month, 2), number(text, day, 2)]
  if (y < LEAST_YEAR || m < 1 || m > 12 || d < 1 || d > 31) return null
  const seconds = time >= text.length ? 0 : timeOfDay(text, time)
  return seconds === null ? null : Date.UTC(y, m - 1, d) / 1000 + seconds
}

/** Seconds since midnight UTC of `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff` and an offset. */
function timeOfDay(text: string, at: number): number | null {
  const [hours, minutes] = [number(text, at, 2), number(text, at + 3, 2)]
  if (hours < 0 || hours > 24 || minutes < 0 || minutes > 59 || text.charCodeAt(at + 2) !== COLON) return null
  let end = at + 5
  let seconds = 0
  if (text.charCodeAt(end) === COLON) {
    seconds = number(text, end + 1, 2)
    if (seconds < 0 || seconds > 60) return null
    end += 3
    if (text[end] === '.' || text[end] === ',') end += 1 + digitsFrom(text, end + 1)
  }
  const offset = offsetOf(text.slice(end).trim())
  return offset === null ? null : hours * 3600 + minutes * 60 + seconds - offset
}

function offsetOf(zone: string): number | null {
  if (zone === '' || zone === 'Z' || zone === 'z' || zone === 'UTC' || zone === 'GMT') return 0
  const sign = zone[0] === '+' ? 1 : zone[0] === '-' ? -1 : 0
  const minutesAt = zone.charCodeAt(3) === COLON ? 4 : 3
  const [hours, minutes] = [number(zone, 1, 2), zone.length === 3 ? 0 : number(zone, minutesAt, 2)]
  const whole = zone.length === 3 || zone.length === minutesAt + 2
  return sign === 0 || hours < 0 || minutes < 0 || !whole ? null : sign * (hours * 3600 + minutes * 60)
}

/** The number that exactly these digits write; -1 where they are not digits. */
function number(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** How many digits stand from a place on. */
function digitsFrom(text: string, at: number): number {
  let end = at
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++
  return end - at
}
