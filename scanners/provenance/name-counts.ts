import { hash53 } from '../../src/math/random.js'

/**
 * Rows by name in bounded memory: where there are too many names, those with the smallest hashes are kept. One that is kept at
 * the end was never left out, since whatever drops a name stays below it: its count is exact, whatever the order of merges.
 */
export type NameCounts = Map<string, number>

const MOST_NAMES = 256
const NAME_UNITS = 80

export function countName(counts: NameCounts, name: string, rows = 1): void {
  const cut = name.length > NAME_UNITS ? name.slice(0, NAME_UNITS).toWellFormed() : name
  counts.set(cut, (counts.get(cut) ?? 0) + rows)
  if (counts.size > 2 * MOST_NAMES) trim(counts)
}

export function mergeNameCounts(into: NameCounts, from: NameCounts): void {
  for (const [name, rows] of from) countName(into, name, rows)
}

/** The commonest first, then by name. */
export function commonestNames(counts: NameCounts): readonly (readonly [string, number])[] {
  trim(counts)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

function trim(counts: NameCounts): void {
  const kept = [...counts.keys()]
    .map((name) => ({ name, key: hash53(name) }))
    .sort((a, b) => a.key - b.key || (a.name < b.name ? -1 : 1))
  for (const { name } of kept.slice(MOST_NAMES)) counts.delete(name)
}
