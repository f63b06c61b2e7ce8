import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { offer, smallest } from '../../src/sketch/bottom-k.js'
import { bucket, bucketOf, mergeBucket, oncePerRow, type Bucket } from '../../src/sketch/buckets.js'

const filled = (keys: readonly number[]): Bucket<number, string> => {
  const { kept, shown } = bucket<number, string>(4, 2)
  for (const key of keys) {
    offer(kept, key, 0, key, 0, () => key)
    offer(shown, key, 0, key, 0, () => `row ${key}`)
  }
  return { kept, shown }
}
const held = ({ kept, shown }: Bucket<number, string>): unknown => [
  smallest(kept).map(({ value }) => value),
  smallest(shown).map(({ value }) => value),
]

describe('buckets', () => {
  test('are made once for a key, at its first row', () => {
    const buckets = new Map<string, { rows: number }>()
    const make = (): { rows: number } => ({ rows: 0 })
    for (const key of ['a', 'b', 'a']) bucketOf(buckets, key, make).rows++
    assert.deepEqual(
      [...buckets],
      [
        ['a', { rows: 2 }],
        ['b', { rows: 1 }],
      ],
    )
  })

  test('merge in either order to what one bucket of all rows holds', () => {
    const [left, right] = [
      [9, 1, 7],
      [3, 8, 2, 5],
    ]
    const whole = held(filled([...left, ...right]))
    assert.deepEqual(whole, [
      [1, 2, 3, 5],
      ['row 1', 'row 2'],
    ])
    for (const [a, b] of [
      [left, right],
      [right, left],
    ]) {
      const into = filled(a!)
      mergeBucket(into, filled(b!))
      assert.deepEqual(held(into), whole)
    }
  })

  test('once per row: in the order of the data, the smallest key of a row', () => {
    const at = (file: number, row: number, key: number, turn = 0) => ({ file, row, key, turn, value: null })
    const entries = [at(1, 0, 5), at(0, 7, 3), at(0, 2, 9), at(0, 7, 1, 4), at(0, 7, 1, 2), at(0, 2, 9, 1)]
    assert.deepEqual(oncePerRow(entries), [at(0, 2, 9), at(0, 7, 1, 2), at(1, 0, 5)])
    assert.equal(entries[0]?.file, 1, 'the list itself stays as it is')
  })
})
