import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  countPair,
  letThrough,
  mergePairCounts,
  mostOfKey,
  mostOfPair,
  pairCounts,
  pairFilter,
  pairsAtLeast,
  pairsFilter,
  passes,
  type PairCounts,
} from '../../src/sketch/pair-counts.js'
import { hash32 } from '../../src/math/random.js'

const BITS = 8
const PARTNERS = [hash32('0'), hash32('1'), hash32('ham')]
const pairs = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: PARTNERS.length - 1 })), { maxLength: 300 })
type Pairs = readonly (readonly [number, number])[]

const keyOf = (n: number): number => hash32(`key ${n}`)

function counted(list: Pairs): PairCounts {
  const counts = pairCounts(BITS)
  for (const [key, partner] of list) countPair(counts, keyOf(key), PARTNERS[partner]!)
  return counts
}

test('bounds of keys and of pairs are never below the true counts', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const counts = counted(list)
      const filter = pairsFilter(counts, 3)
      for (const [key, partner] of list) {
        const ofKey = list.filter(([other]) => other === key).length
        const ofPair = list.filter(([other, with_]) => other === key && with_ === partner).length
        assert.ok(mostOfKey(counts, keyOf(key)) >= ofKey)
        assert.ok(mostOfPair(counts, keyOf(key), PARTNERS[partner]!) >= ofPair)
        if (ofPair >= 3) assert.ok(passes(filter, keyOf(key), PARTNERS[partner]!))
      }
      // Each is counted once as a key and once as a pair.
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        2 * list.length,
      )
    }),
  )
})

test('in a table with room, bounds are the counts and partners are told apart', () => {
  const counts = pairCounts(18)
  const list = Array.from({ length: 4000 }, (_, i) => [i % 1000, i < 3000 ? 0 : 1] as const)
  for (const [key, partner] of list) countPair(counts, keyOf(key), PARTNERS[partner]!)
  const keys = Array.from({ length: 1000 }, (_, i) => keyOf(i))
  assert.ok(keys.filter((key) => mostOfKey(counts, key) === 4).length > 980)
  // Partners of one key share one of 16 counters now and then.
  const apart = keys.filter((key) => mostOfPair(counts, key, PARTNERS[0]!) === 3 && mostOfPair(counts, key, PARTNERS[1]!) === 1)
  assert.ok(apart.length > 880, `${apart.length}`)
  const filter = pairsFilter(counts, 3)
  assert.ok(keys.every((key) => passes(filter, key, PARTNERS[0]!)))
  assert.ok(keys.filter((key) => passes(filter, key, PARTNERS[1]!)).length < 120)
  assert.ok(Math.abs(pairsAtLeast(counts, 3) - 1000) < 20)
})

test('parts merged in any order count as the whole', () => {
  fc.assert(
    fc.property(fc.array(pairs, { minLength: 1, maxLength: 4 }), (parts) => {
      const whole = counted(parts.flat())
      for (const order of [parts, [...parts].reverse()]) {
        const merged = pairCounts(BITS)
        for (const part of order) mergePairCounts(merged, counted(part))
        assert.deepEqual(merged, whole)
      }
    }),
  )
})

test('a filter lets through what was put in, and little else', () => {
  const filter = pairFilter(2 ** 10)
  const known = Array.from({ length: 300 }, (_, i) => keyOf(i))
  for (const key of known) letThrough(filter, key, 0)
  assert.ok(known.every((key) => passes(filter, key, 0)))
  const strangers = Array.from({ length: 2000 }, (_, i) => keyOf(1000 + i)).filter((key) => passes(filter, key, 0))
  assert.ok(strangers.length < 80, `${strangers.length}`)
})
