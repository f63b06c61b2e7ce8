import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { around, emptySample, mergeSample, offerText, type Sample, windowAround } from '../../../scanners/trigger/samples.js'

const MOST = 5
// Few keys, so that they tie.
const offers = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.string({ maxLength: 3 })), { maxLength: 40 })
type Offer = readonly [number, string]

function sampleOf(list: readonly Offer[]): Sample {
  const sample = emptySample()
  for (const [key, text] of list) offerText(sample, MOST, key, () => text)
  return sample
}

function smallest(list: readonly Offer[]): Sample {
  const sorted = [...list].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0)).slice(0, MOST)
  return { keys: sorted.map(([key]) => key), texts: sorted.map(([, text]) => text) }
}

test('the sample is the smallest by (key, text), in order, whatever order they come in', () => {
  fc.assert(
    fc.property(offers, (list) => {
      assert.deepEqual(sampleOf(list), smallest(list))
      assert.deepEqual(sampleOf([...list].reverse()), smallest(list))
    }),
  )
})

test('samples merged in any order are the sample of the whole', () => {
  fc.assert(
    fc.property(fc.array(offers, { maxLength: 5 }), (parts) => {
      for (const order of [parts, [...parts].reverse()]) {
        const merged = emptySample()
        for (const part of order) mergeSample(merged, sampleOf(part), MOST)
        assert.deepEqual(merged, smallest(parts.flat()))
      }
    }),
  )
})

test('a text is made only when it may be kept', () => {
  const sample = sampleOf([1, 2, 3, 4, 5].map((key) => [key, 'kept']))
  offerText(sample, MOST, 6, () => assert.fail('made in vain'))
  assert.deepEqual(sample.keys, [1, 2, 3, 4, 5])
})

test('a window holds its range, at most as wide as asked, and never half a character', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 80 })
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 60 }), (whole, a, b, width) => {
      const [start, end] = [a % (whole.length + 1), b % (whole.length + 1)].sort((x, y) => x - y) as [number, number]
      const window = around(whole, start, end, width)
      assert.ok(whole.includes(window))
      assert.ok(window.length <= width, `${window.length} units of ${width}`)
      assert.ok(window.isWellFormed(), JSON.stringify(window))
    }),
  )
  assert.equal(around('0123456789', 5, 6, 3), '456')
  assert.equal(around('0123456789', 0, 1, 4), '0123')
  assert.equal(around('0123456789', 9, 10, 4), '6789')
  assert.equal(around('a🙂b', 1, 3, 2), '🙂')
})

test('a window of periodic text is where the range is, not an earlier copy', () => {
  const text = 'ab cf '.repeat(300)
  const start = 'ab cf '.length * 150 + 3
  const [from, to] = windowAround(text, start, start + 2, 240)
  assert.ok(from <= start && start + 2 <= to && to - from === 240, `${from} ${to}`)
  assert.equal(text.slice(from, to).slice(start - from, start - from + 2), 'cf')
})
