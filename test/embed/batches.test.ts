import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planBatches } from '../../src/embed/batches.js'

test('batches by padded length, shortest first, empty texts left out', () => {
  assert.deepEqual(planBatches([3, 0, 20, 8, 9], 16), [
    { texts: [0, 3], length: 8 },
    { texts: [4], length: 16 },
    { texts: [2], length: 24 },
  ])
})

test('property: every text with tokens is in one batch, padded by its own length alone, within the budget', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700)), fc.integer({ min: 1, max: 4096 }), (lengths, budget) => {
      const batches = planBatches(lengths, budget)
      const placed = batches.flatMap((batch) => batch.texts).sort((a, b) => a - b)
      assert.deepEqual(
        placed,
        [...lengths.keys()].filter((text) => lengths[text] !== 0),
      )
      for (const { texts, length } of batches) {
        assert.ok(texts.length === 1 || texts.length * length <= budget)
        for (const text of texts) assert.equal(length, Math.ceil((lengths[text] ?? 0) / 8) * 8)
      }
    }),
  )
})
