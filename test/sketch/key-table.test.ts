import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { add, entries, keyTable, mergeKeyTables, type KeyEntry, type KeyTable } from '../../src/sketch/key-table.js'

/** Few distinct halves, so that keys share one half, and slots, often. */
const half = fc.oneof(fc.constantFrom(0, 1, 0xffffffff, 0x9e3779b1), fc.nat({ max: 2 ** 32 - 1 }))
const addition = fc.tuple(half, half, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }))
const additions = fc.array(addition, { maxLength: 120 })
type Addition = readonly [number, number, number, number]

function filled(list: readonly Addition[]): KeyTable {
  // Small on purpose: it must grow.
  const table = keyTable(2, 4)
  for (const [high, low, count, sum] of list) add(table, high, low, count, [sum, -count])
  return table
}

function reference(list: readonly Addition[]): KeyEntry[] {
  const known = new Map<string, KeyEntry>()
  for (const [high, low, count, sum] of list) {
    const entry = known.get(`${high},${low}`) ?? { high, low, count: 0, sums: Float64Array.of(0, 0) }
    const sums = Float64Array.of(entry.sums[0]! + sum, entry.sums[1]! - count)
    known.set(`${high},${low}`, { high, low, count: entry.count + count, sums })
  }
  return [...known.values()].sort((a, b) => a.high - b.high || a.low - b.low)
}

test('counts and sums by key are those of a plain map, in ascending order of key', () => {
  fc.assert(
    fc.property(additions, fc.integer({ min: 0, max: 20 }), (list, least) => {
      assert.deepEqual(
        entries(filled(list), least),
        reference(list).filter(({ count }) => count >= least),
      )
    }),
  )
})

test('tables merged in any order hold the same, also after a process boundary', () => {
  fc.assert(
    fc.property(fc.array(additions, { maxLength: 5 }), (parts) => {
      const whole = reference(parts.flat())
      for (const order of [parts, [...parts].reverse()]) {
        const merged = keyTable(2, 4)
        for (const part of order) mergeKeyTables(merged, deserialize(serialize(filled(part))) as KeyTable)
        assert.deepEqual(entries(merged, 0), whole)
        assert.equal(merged.size, whole.length)
      }
    }),
  )
})

test('ten thousand keys that differ in one half only', () => {
  const table = keyTable()
  for (let i = 0; i < 10_000; i++) add(table, i, 5, 1, [i])
  for (let i = 0; i < 10_000; i += 2) add(table, i, 5, 2, [1])
  const found = entries(table, 3)
  assert.equal(table.size, 10_000)
  assert.equal(found.length, 5000)
  assert.deepEqual(found[1], { high: 2, low: 5, count: 3, sums: Float64Array.of(3) })
})
