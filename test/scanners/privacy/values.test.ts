import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hash53 } from '../../../src/math/random.js'
import { counted, countValue, distinctValues, mergeValues, values } from '../../../scanners/privacy/values.js'
import type { Values } from '../../../scanners/privacy/values.js'

function sketch(list: readonly number[], k: number, from = 0): Values {
  const state = values(k, 3)
  list.forEach((value, i) => {
    const place = { key: (from + i) * 7, file: 0, row: from + i, text: value }
    const example = () => ({ file: 0, row: from + i, role: 'text', excerpt: '', marks: [] })
    countValue(state, { hash: hash53(String(value)), flagged: value % 2 === 0, shown: String(value), group: '', place, example })
  })
  return state
}

test('counts of the values kept are those of all shards together, however they are cut and merged', () => {
  const lists = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 })
  fc.assert(
    fc.property(lists, fc.nat({ max: 200 }), fc.nat({ max: 200 }), fc.constantFrom(4, 16, 64), (list, a, b, k) => {
      const [low, high] = [Math.min(a, b, list.length), Math.min(Math.max(a, b), list.length)]
      const parts = [list.slice(0, low), list.slice(low, high), list.slice(high)]
      const states = parts.map((part, i) => sketch(part, k, [0, low, high][i]))
      const merged = values(k, 3)
      for (const i of [2, 0, 1]) mergeValues(merged, states[i]!)
      const whole = sketch(list, k)
      assert.deepEqual(counted(merged), counted(whole))
      assert.equal(merged.sampled, whole.sampled)
      for (const { shown, rows } of counted(merged)) assert.equal(rows, list.filter((value) => String(value) === shown).length)
    }),
  )
})

test('estimates how many values there are once they are sampled', () => {
  const state = sketch(
    Array.from({ length: 20_000 }, (_, i) => i),
    1024,
  )
  assert.equal(counted(state).length, 1024)
  // A standard error is 1/√1024, 3 %.
  assert.ok(Math.abs(distinctValues(state) / 20_000 - 1) < 0.12, String(distinctValues(state)))
})
