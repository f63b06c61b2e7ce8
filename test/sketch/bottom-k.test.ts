import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bottomK, mergeBottomK, offer, smallest } from '../../src/sketch/bottom-k.js'

const entries = fc.array(fc.record({ key: fc.nat(50), row: fc.nat(1_000_000) }), { maxLength: 400 })

function sketchOf(rows: readonly { key: number; row: number }[], k: number) {
  const sketch = bottomK<string>(k)
  for (const { key, row } of rows) offer(sketch, key, 0, row, 0, () => `${key}/${row}`)
  return sketch
}

test('keeps the k smallest by key, ties by row, and knows whether it dropped any', () => {
  const sketch = sketchOf(
    [
      { key: 5, row: 1 },
      { key: 2, row: 9 },
      { key: 2, row: 4 },
      { key: 7, row: 0 },
    ],
    3,
  )
  assert.deepEqual(
    smallest(sketch).map(({ value }) => value),
    ['2/4', '2/9', '5/1'],
  )
  assert.equal(sketch.dropped, true)
  const roomy = sketchOf([{ key: 1, row: 1 }], 1)
  assert.equal(smallest(roomy).length, 1)
  assert.equal(roomy.dropped, false)
})

test('any split merged in any order keeps what one sketch keeps', () => {
  fc.assert(
    fc.property(entries, fc.nat(40), fc.array(fc.nat(400), { maxLength: 5 }), fc.boolean(), (all, size, cuts, reversed) => {
      const unique = [...new Map(all.map((entry) => [entry.row, entry])).values()]
      const bounds = [0, ...cuts.map((cut) => Math.min(cut, unique.length)).sort((a, b) => a - b), unique.length]
      const parts = bounds.slice(1).map((end, i) => sketchOf(unique.slice(bounds[i], end), size + 1))
      const merged = bottomK<string>(size + 1)
      for (const part of reversed ? parts.reverse() : parts) mergeBottomK(merged, structuredClone(part))
      const whole = sketchOf(unique, size + 1)
      assert.deepEqual(smallest(merged), smallest(whole))
      assert.equal(merged.dropped, whole.dropped)
      assert.equal(merged.dropped, unique.length > size + 1)
    }),
  )
})

test('past its buffer it makes only the values that may be kept', () => {
  const sketch = bottomK<number>(10)
  let made = 0
  for (let i = 0; i < 20_000; i++) offer(sketch, i, 0, i, 0, () => made++)
  assert.ok(made < 2_000, `${made} values were made`)
  assert.deepEqual(
    smallest(sketch).map(({ row }) => row),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
})
