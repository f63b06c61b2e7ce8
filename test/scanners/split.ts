import assert from 'node:assert/strict'
import fc from 'fast-check'
import { random } from '../../src/math/random.js'
import type { ScannerDefinition, ScanResult } from '../../src/scanner.js'
import { drive, type DriveOptions, type ExampleRow } from './drive.js'

/** The list in another order, the same for a seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const next = random(seed)
  return list
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Cuts the rows into shards and batches and merges in another order, each drawn anew: the result is always that of the whole. */
export function assertSplit(
  scanner: ScannerDefinition,
  rows: readonly ExampleRow[],
  settings: DriveOptions,
  whole: ScanResult,
  times: number,
): void {
  const cuts = fc.array(fc.nat({ max: rows.length }), { minLength: 2, maxLength: 4 })
  const batches = fc.integer({ min: Math.ceil(rows.length / 50), max: Math.ceil(rows.length / 4) })
  fc.assert(
    fc.property(cuts, batches, fc.nat(), (cuts, batchRows, order) => {
      const shuffle = (states: unknown[]): unknown[] => shuffled(states, order)
      assert.deepEqual(drive(scanner, rows, { ...settings, cuts, batchRows, shuffle }), whole)
    }),
    { numRuns: times },
  )
}
