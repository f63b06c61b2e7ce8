/**
 * How many rows hold each value, by hash, in bounded memory: exact counts of the values with the smallest hashes, which is
 * all of them up to the bound and a uniform sample of them beyond it. A value among the k smallest of all was so in each
 * shard, so its count is complete and merging in any order agrees.
 */
import { hash32, mix32 } from '../../src/math/random.js'
import type { Example } from '../../src/model/finding.js'

/** A row that holds a value. `key` orders them for sampling; `text` is the hash of its text, to tell rows from copies of rows. */
export interface Place {
  readonly key: number
  readonly file: number
  readonly row: number
  readonly text: number
}

export interface ValueCount {
  rows: number
  /** Stands beside a name somewhere; of a bare number, its check digit holds. */
  flagged: boolean
  /** Masked; the same for all rows, since the least is kept. */
  shown: string
  /** What it shares with others: a canary's frame. */
  readonly group: string
  /** Up to `places` rows with the smallest keys. */
  places: Place[]
  /** Of the row with the smallest key; null where places are not kept. */
  example: { readonly place: Place; readonly example: Example } | null
}

/** Plain data. */
export interface Values {
  readonly k: number
  readonly places: number
  /** No value with a greater hash can be among the k smallest. */
  bound: number
  sampled: boolean
  counts: Map<number, ValueCount>
}

export function values(k: number, places: number): Values {
  return { k, places, bound: Infinity, sampled: false, counts: new Map() }
}

export interface Sighting {
  readonly hash: number
  readonly flagged: boolean
  readonly shown: string
  readonly group: string
  readonly place: Place
  /** Called where places are kept. */
  readonly example: () => Example
}

export function countValue(into: Values, { hash, flagged, shown, group, place, example }: Sighting): void {
  const kept = into.places > 0
  const known = into.counts.get(hash)?.example
  const first = kept && (known == null || byPlace(place, known.place) < 0)
  const one = {
    rows: 1,
    flagged,
    shown,
    group,
    places: kept ? [place] : [],
    example: first ? { place, example: example() } : null,
  }
  addCount(into, hash, one)
}

export function mergeValues(into: Values, from: Values): void {
  into.sampled ||= from.sampled
  into.bound = Math.min(into.bound, from.bound)
  for (const [hash, count] of from.counts) addCount(into, hash, { ...count, places: [...count.places] })
  trim(into)
}

/** In ascending order of hash; what is kept of {@link Values} once all is merged. */
export function counted(from: Values): readonly ValueCount[] {
  trim(from)
  return [...from.counts].sort(([a], [b]) => a - b).map(([, count]) => count)
}

/** Of n values whose hashes are the smallest k and lie below `bound`, n is about k·2^53 / bound. */
export function distinctValues(from: Values): number {
  const kept = counted(from).length
  return from.sampled ? Math.round(kept * (2 ** 53 / from.bound)) : kept
}

function addCount(into: Values, hash: number, count: ValueCount): void {
  if (hash > into.bound) {
    into.sampled = true
    return
  }
  const known = into.counts.get(hash)
  if (known === undefined) {
    into.counts.set(hash, count)
    if (into.counts.size >= 2 * into.k) trim(into)
    return
  }
  known.rows += count.rows
  known.flagged ||= count.flagged
  if (count.shown < known.shown) known.shown = count.shown
  if (into.places === 0) return
  if (count.example !== null && (known.example === null || byPlace(count.example.place, known.example.place) < 0)) {
    known.example = count.example
  }
  known.places.push(...count.places)
  if (known.places.length >= 2 * into.places) keepPlaces(known, into.places)
}

function trim(into: Values): void {
  for (const count of into.counts.values()) keepPlaces(count, into.places)
  if (into.counts.size > into.k) {
    const hashes = Float64Array.from(into.counts.keys()).sort()
    into.bound = Math.min(into.bound, hashes[into.k - 1]!)
    into.sampled = true
  }
  for (const hash of into.counts.keys()) if (hash > into.bound) into.counts.delete(hash)
}

function keepPlaces(count: ValueCount, most: number): void {
  count.places.sort(byPlace)
  count.places.length = Math.min(most, count.places.length)
}

function byPlace(a: Place, b: Place): number {
  return a.key - b.key || a.file - b.file || a.row - b.row
}

/** Orders rows for sampling, whatever order they come in. */
export function placeKey(seed: number, file: number, row: number): number {
  return mix32(mix32(mix32(seed ^ 0x3c6ef372) ^ file) ^ row)
}

export function textHash(text: string): number {
  return hash32(text)
}
