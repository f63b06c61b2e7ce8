import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { BottomK, Keyed } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer, smallest } from '../../src/sketch/bottom-k.js'
import { EXAMPLES } from './faults.js'

/** Excerpts kept of rows that may turn out to be examples. */
const OPENINGS = 2000

/** Rows that may share a key, and what must not differ among those that do. Keys are hashes: the smallest are kept. */
export interface Candidates<T> {
  readonly values: BottomK<T>
  readonly openings: BottomK<Example>
}

export type Entry<T> = Keyed<T>

export function candidates<T>(most: number): Candidates<T> {
  return { values: bottomK(most), openings: bottomK(OPENINGS) }
}

export function addCandidate<T>({ values, openings }: Candidates<T>, key: number, value: T, batch: RowBatch, i: number): void {
  const row = batch.rows[i]!
  offer(values, key, batch.file, row, 0, () => value)
  offer(openings, key, batch.file, row, 0, () => openingOf(batch, i))
}

export function mergeCandidates<T>(into: Candidates<T>, from: Candidates<T>): void {
  mergeBottomK(into.values, from.values)
  mergeBottomK(into.openings, from.openings)
}

/** Rows with one key, by key. Where candidates were dropped the last key may lack rows: it is left out. */
export function groupsOf<T>({ values }: Candidates<T>): Entry<T>[][] {
  const groups: Entry<T>[][] = []
  for (const entry of smallest(values)) {
    const group = groups.at(-1)
    if (group?.[0]?.key === entry.key) group.push(entry)
    else groups.push([entry])
  }
  if (values.dropped) groups.pop()
  return groups
}

/** Whole groups, as far as excerpts were kept: those with the smallest keys. */
export function examplesOf<T>({ openings }: Candidates<T>, rows: readonly Entry<T>[]): Example[] {
  const wanted = new Set(rows.map(({ file, row }) => `${file} ${row}`))
  return smallest(openings)
    .filter(({ file, row }) => wanted.has(`${file} ${row}`))
    .slice(0, EXAMPLES)
    .map(({ value }) => value)
}
