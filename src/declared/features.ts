/** `features` and `splits` of Hugging Face `datasets` (`DatasetInfo`), as cards and `dataset_infos.json` hold them. */
import { MOST_COLUMNS, MOST_TABLES } from './bounds.js'
import type { DeclaredTable } from './declaration.js'
import { at, countOf, isKeyed, listOf, textAt } from './values.js'

/**
 * A table for each split; one for all where no splits are given.
 * @param patterns of files by split; null where the files of a split are told by their names
 */
export function tablesOfInfo(
  info: unknown,
  config: string,
  patterns: ReadonlyMap<string, readonly string[]> | null,
): DeclaredTable[] {
  const columns = columnsOf(at(info, 'features'))
  const splits = splitsOf(at(info, 'splits'))
  const common = { columns: columns ?? [], allColumns: columns !== null && columns.length > 0 }
  if (splits.length === 0) {
    if (columns === null) return []
    return [{ ...common, name: config, files: patterns === null ? null : [...patterns.values()].flat(), split: null, rows: null }]
  }
  return splits.map(({ name, rows }) => {
    const files = patterns?.get(name) ?? null
    return { ...common, name: `${config}/${name}`, files, split: files === null ? name : null, rows }
  })
}

/** A list of `{ name, dtype }` in cards, an object by name in JSON. Null where there is none. */
function columnsOf(features: unknown): string[] | null {
  if (Array.isArray(features)) {
    const names = (features as unknown[]).slice(0, MOST_COLUMNS).map((feature) => textAt(feature, 'name'))
    return names.every((name) => name !== null) ? names : null
  }
  return isKeyed(features) ? Object.keys(features).slice(0, MOST_COLUMNS) : null
}

function splitsOf(splits: unknown): { readonly name: string; readonly rows: number | null }[] {
  const entries: [string, unknown][] = isKeyed(splits)
    ? Object.entries(splits)
    : listOf(splits).map((split): [string, unknown] => ['', split])
  return entries.slice(0, MOST_TABLES).flatMap(([key, split]) => {
    const name = textAt(split, 'name') ?? key
    return name === '' ? [] : [{ name, rows: countOf(at(split, 'num_examples')) }]
  })
}
