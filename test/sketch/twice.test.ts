import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mergeTwice, see, timesSeen, twice, type Twice } from '../../src/sketch/twice.js'

const BITS = 7
const buckets = fc.array(fc.nat({ max: 2 ** BITS - 1 }), { maxLength: 200 })

function seen(list: readonly number[]): Twice {
  const table = twice(BITS)
  for (const bucket of list) see(table, bucket)
  return table
}

test('tells never, once and more often, for every bucket', () => {
  fc.assert(
    fc.property(buckets, (list) => {
      const table = seen(list)
      for (let bucket = 0; bucket < 2 ** BITS; bucket++) {
        const times = list.filter((other) => other === bucket).length
        assert.equal(timesSeen(table, bucket), Math.min(2, times))
      }
    }),
  )
})

test('any 32-bit hash is a bucket, modulo their number', () => {
  const table = twice(BITS)
  see(table, 0xffffffff)
  assert.deepEqual([timesSeen(table, 2 ** BITS - 1), timesSeen(table, 0xffffffff), timesSeen(table, 0)], [1, 1, 0])
})

test('parts merged in any order are the whole', () => {
  fc.assert(
    fc.property(fc.array(buckets, { minLength: 1, maxLength: 4 }), (parts) => {
      const whole = seen(parts.flat())
      for (const order of [parts, [...parts].reverse()]) {
        const merged = twice(BITS)
        for (const part of order) mergeTwice(merged, seen(part))
        assert.deepEqual(merged, whole)
      }
    }),
  )
})
