/** Values of parsed metadata, taken without trust: own keys only, of the type that is asked for or nothing. */
import { LONGEST_PATH } from './bounds.js'

export type Keyed = Readonly<Record<string, unknown>>

export function isKeyed(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key of its own; what the prototype has is not the file's. */
export function at(value: unknown, key: string): unknown {
  return isKeyed(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** A list as it is, one value as a list of it, nothing as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

/** A text that says something, trimmed and cut; null for all else. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.slice(0, LONGEST_PATH).trim().toWellFormed()
  return text === '' ? null : text
}

export function textAt(value: unknown, key: string): string | null {
  return textOf(at(value, key))
}

/** A count of rows or bytes; null for what is none. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** Texts of a list or of one value. */
export function textsOf(value: unknown, most: number): string[] {
  return listOf(value)
    .slice(0, most)
    .flatMap((item) => textOf(item) ?? [])
}
