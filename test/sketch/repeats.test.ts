import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hash53 } from '../../src/math/random.js'
import { countHash, isRepeated, mergeRepeats, repeatedBuckets, repeats } from '../../src/sketch/repeats.js'

function counted(texts: readonly string[]) {
  const state = repeats()
  for (const text of texts) countHash(state, hash53(text))
  return state
}

test('tells what came twice from what came once, in one part or across parts', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 80 }), fc.nat(80), (numbers, cut) => {
      const texts = numbers.map((n) => `text ${n}`)
      const into = counted(texts.slice(cut))
      mergeRepeats(into, structuredClone(counted(texts.slice(0, cut))))
      const bits = repeatedBuckets(into)
      for (const text of new Set(texts)) {
        assert.equal(isRepeated(bits, hash53(text)), texts.filter((other) => other === text).length > 1, text)
      }
    }),
    { numRuns: 30 },
  )
})

test('the table gives the same buckets as the list, whichever side of a merge it is on', () => {
  const many = Array.from({ length: 140_000 }, (_, i) => `text ${i}`)
  const few = ['text 7', 'text 139999', 'other', 'other', 'once']
  const dense = counted(many)
  assert.notEqual(dense.dense, null)
  mergeRepeats(dense, counted(few))
  const sparse = counted(few)
  assert.equal(sparse.dense, null)
  mergeRepeats(sparse, counted(many))
  const bits = repeatedBuckets(dense)
  assert.ok(Buffer.from(bits).equals(Buffer.from(repeatedBuckets(sparse))))
  for (const text of ['text 7', 'text 139999', 'other']) assert.equal(isRepeated(bits, hash53(text)), true, text)
  assert.equal(isRepeated(bits, hash53('once')), false)
  const shared = many.filter((text) => isRepeated(bits, hash53(text))).length
  assert.ok(shared < 140_000 * 0.02, `${shared} strangers share a bucket`)
})

test('two tables add up, and counts stop at two', () => {
  const many = Array.from({ length: 132_000 }, (_, i) => `text ${i}`)
  const both = counted(many)
  mergeRepeats(both, counted(many))
  mergeRepeats(both, counted(many))
  const bits = repeatedBuckets(both)
  assert.ok(many.every((text) => isRepeated(bits, hash53(text))))
})
