/** `source` of a field: where its values come from. */
import { at, isKeyed, textAt, type Keyed } from '../values.js'
import { referenceOf } from './document.js'

export interface FieldSource {
  /** Identifiers that it names, at most one where it is right. */
  readonly named: readonly { readonly key: 'fileObject' | 'fileSet' | 'field'; readonly id: string }[]
  readonly extract: Keyed | null
  readonly transforms: readonly unknown[]
}

const NAMING = ['fileObject', 'fileSet', 'field'] as const

/** Null where there is none, or none that names anything. */
export function sourceOf(value: unknown): FieldSource | null {
  // Version 1.1 allows `{ "@id": … }` for a field of another record set.
  if (!isKeyed(value)) return null
  const short = textAt(value, '@id')
  const named = NAMING.flatMap((key) => {
    const id = referenceOf(at(value, key))
    return id === null ? [] : [{ key, id }]
  })
  const extract = at(value, 'extract')
  const transform = at(value, 'transform')
  const all = named.length === 0 && short !== null ? [{ key: 'field' as const, id: short }] : named
  if (all.length === 0) return null
  return {
    named: all,
    extract: isKeyed(extract) ? extract : null,
    transforms: transform === undefined ? [] : Array.isArray(transform) ? (transform as unknown[]) : [transform],
  }
}

const FIRST_STEP = /^\$?(?:\[(?:\*|:)?\])?\.?([A-Za-z_][\w-]{0,200})(?:[.[].{0,1000})?$/

/** The column that an extraction takes, as far as its first step says; null for properties of files and other paths. */
export function columnOf(extract: Keyed | null): string | null {
  if (extract === null) return null
  const column = textAt(extract, 'column')
  if (column !== null) return column
  const path = textAt(extract, 'jsonPath')
  return path === null ? null : (FIRST_STEP.exec(path)?.[1] ?? null)
}
