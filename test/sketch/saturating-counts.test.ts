import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  bucketsAtLeast,
  increment,
  mergeSaturating,
  saturatingCounts,
  upperBound,
  type SaturatingCounts,
} from '../../src/sketch/saturating-counts.js'

const BITS = 6
/** Greatest value of 16 bits. */
const SATURATED = 65_535
const keys = fc.array(fc.nat({ max: 2 ** 32 - 1 }), { maxLength: 300 })

function counted(of: readonly number[]): SaturatingCounts {
  const counts = saturatingCounts(BITS)
  for (const key of of) increment(counts, key)
  return counts
}

test('a bound is never below the true count, and exact where nothing else shares the bucket', () => {
  fc.assert(
    fc.property(keys, (list) => {
      const counts = counted(list)
      for (const key of list) assert.ok(upperBound(counts, key) >= list.filter((other) => other === key).length)
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        list.length,
      )
    }),
  )
  const sparse = saturatingCounts(16)
  for (const [key, times] of [
    [7, 3],
    [4_000_000_000, 5],
  ] as const)
    for (let i = 0; i < times; i++) increment(sparse, key)
  assert.deepEqual([upperBound(sparse, 7), upperBound(sparse, 4_000_000_000), upperBound(sparse, 8)], [3, 5, 0])
  assert.deepEqual([bucketsAtLeast(sparse, 1), bucketsAtLeast(sparse, 4), bucketsAtLeast(sparse, 6)], [2, 1, 0])
})

test('counts stop at their greatest value instead of starting again', () => {
  const counts = saturatingCounts(BITS)
  for (let i = 0; i < SATURATED + 10; i++) increment(counts, 1)
  assert.equal(upperBound(counts, 1), SATURATED)
  mergeSaturating(counts, counts.slice())
  assert.equal(upperBound(counts, 1), SATURATED)
})

test('parts merged in any order and grouping count as the whole, saturated buckets included', () => {
  const parts = fc.array(fc.tuple(keys, fc.nat({ max: 60_000 })), { minLength: 1, maxLength: 5 })
  const build = ([list, head]: readonly [readonly number[], number]): SaturatingCounts => {
    const counts = counted(list)
    counts[0] = Math.min(SATURATED, counts[0]! + head)
    return counts
  }
  fc.assert(
    fc.property(parts, (list) => {
      const left = saturatingCounts(BITS)
      for (const part of list) mergeSaturating(left, build(part))
      const right = saturatingCounts(BITS)
      for (const part of [...list].reverse()) {
        const pair = build(part)
        mergeSaturating(pair, right)
        right.set(pair)
      }
      assert.deepEqual(right, left)
      const whole = build([list.flatMap(([of]) => of), list.reduce((sum, [, head]) => sum + head, 0)])
      assert.deepEqual(left, whole)
    }),
  )
})
