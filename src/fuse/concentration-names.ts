/** Rows by name, a source or a host: in all, and by finding. */
import { hash32 } from '../math/random.js'
import { logBinomialTail } from '../math/stats.js'
import type { Concentration, Place } from './concentration.js'
import { LEAST_ROWS, LEAST_SHARE } from './concentration.js'

/** Rows of all names are counted by hash bucket, in fixed memory: a shared bucket makes a share look larger, never smaller. */
const BUCKETS = 2 ** 16

export interface NamedRows {
  /** Rows that have a name. */
  rows: number
  readonly total: Float64Array
  readonly flagged: readonly Map<string, Place[]>[]
}

export function namedRows(findings: number): NamedRows {
  return {
    rows: 0,
    total: new Float64Array(BUCKETS),
    flagged: Array.from({ length: findings }, () => new Map<string, Place[]>()),
  }
}

/** @param findings those that flag the row */
export function countNamed(counts: NamedRows, name: string, place: Place, findings: readonly number[]): void {
  const bucket = bucketOf(name)
  counts.rows++
  counts.total[bucket] = counts.total[bucket]! + 1
  for (const finding of findings) addPlaces(counts.flagged[finding]!, name, [place])
}

export function mergeNamedRows(into: NamedRows, from: NamedRows): void {
  into.rows += from.rows
  for (let i = 0; i < BUCKETS; i++) into.total[i] = into.total[i]! + from.total[i]!
  from.flagged.forEach((names, finding) => {
    for (const [name, places] of names) addPlaces(into.flagged[finding]!, name, places)
  })
}

/** Tests that {@link commonName} makes over all findings. */
export function nameTests({ flagged }: NamedRows): number {
  return flagged.reduce((sum, names) => sum + names.size, 0)
}

/** The name that holds most rows of a finding, and more than its size explains: an exact binomial tail below alpha over all tests. */
export function commonName(
  counts: NamedRows,
  finding: number,
  tests: number,
  alpha: number,
): (Concentration & { readonly name: string }) | null {
  const names = counts.flagged[finding]!
  const flagged = [...names.values()].reduce((sum, places) => sum + places.length, 0)
  const [name, places] = [...names].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1))[0] ?? ['', []]
  const rows = places.length
  const share = counts.total[bucketOf(name)]! / Math.max(1, counts.rows)
  const logTail = logBinomialTail(flagged, rows, share) + Math.log(tests)
  if (flagged < LEAST_ROWS || rows < LEAST_SHARE * flagged || logTail > Math.log(alpha)) return null
  return { name, places, flagged, share, logTail }
}

function addPlaces(names: Map<string, Place[]>, name: string, places: readonly Place[]): void {
  const known = names.get(name)
  if (known) for (const place of places) known.push(place)
  else names.set(name, [...places])
}

function bucketOf(name: string): number {
  return hash32(name) & (BUCKETS - 1)
}
