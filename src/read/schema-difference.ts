import type { ColumnSchema } from './format.js'

/** How a file's columns differ from those of the data set's first readable file. */
export interface SchemaDifference {
  /** Index into the data set's files. */
  readonly file: number
  /** Columns of the first file that this one lacks. */
  readonly missing: readonly string[]
  /** Columns that only this one has. */
  readonly extra: readonly string[]
  readonly changed: readonly { readonly column: string; readonly expected: string; readonly actual: string }[]
}

/** @returns null where the columns are the same, in whatever order */
export function schemaDifference(
  file: number,
  expected: readonly ColumnSchema[],
  actual: readonly ColumnSchema[],
): SchemaDifference | null {
  const before = new Map(expected.map((column) => [column.name, column.type]))
  const after = new Map(actual.map((column) => [column.name, column.type]))
  const missing = [...before.keys()].filter((name) => !after.has(name))
  const extra = [...after.keys()].filter((name) => !before.has(name))
  const changed = [...before].flatMap(([column, type]) => {
    const now = after.get(column)
    return now === undefined || now === type ? [] : [{ column, expected: type, actual: now }]
  })
  return missing.length + extra.length + changed.length === 0 ? null : { file, missing, extra, changed }
}
