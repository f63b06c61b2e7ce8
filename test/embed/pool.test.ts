import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CredenceError } from '../../src/errors.js'
import type { Pooling } from '../../src/embed/folder.js'
import { GRID, poolInto } from '../../src/embed/pool.js'

/** Two texts of three tokens of two components; the second text has two tokens and padding. */
const hidden = { data: Float32Array.of(3, 4, 0, 0, 3, -4, 1, 0, 0, 1, 9, 9), dims: [2, 3, 2] }

function pooled(pooling: Pooling, text: number, length: number): number[] {
  const out = new Float32Array(4)
  poolInto(hidden, pooling, text, length, out, 2)
  assert.deepEqual([...out.subarray(0, 2)], [0, 0])
  return [...out.subarray(2)].map((x) => Math.round(x * 1000) / 1000)
}

test('each pooling takes the tokens it should, and never the padding', () => {
  assert.deepEqual(pooled('mean', 0, 3), [1, 0])
  assert.deepEqual(pooled('mean', 1, 2), [0.707, 0.707])
  assert.deepEqual(pooled('cls', 0, 3), [0.6, 0.8])
  assert.deepEqual(pooled('last', 1, 2), [0, 1])
  assert.deepEqual(pooled('last', 0, 3), [0.6, -0.8])
  assert.deepEqual(pooled('max', 0, 3), [0.6, 0.8])
})

test('a zero vector stays zero, and no zero is negative', () => {
  const out = Float32Array.of(7, 7)
  poolInto({ data: Float32Array.of(0, 0), dims: [1, 2] }, 'none', 0, 1, out, 0)
  assert.deepEqual([...out], [7, 7], 'left as it was: the caller starts from zeros')
  poolInto({ data: Float32Array.of(-1e-9, 1), dims: [1, 2] }, 'none', 0, 1, out, 0)
  assert.ok(Object.is(out[0], 0))
})

test('a number that is not finite is an error, not a vector', () => {
  for (const bad of [NaN, Infinity]) {
    assert.throws(
      () => {
        poolInto({ data: Float32Array.of(bad, 1), dims: [1, 2] }, 'none', 0, 1, new Float32Array(2), 0)
      },
      (error: unknown) => error instanceof CredenceError && error.code === 'model',
    )
  }
})

test('property: components are multiples of the grid, of at most one, and the length is one to within the grid', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -30_000, max: 30_000 }), { minLength: 1, maxLength: 64 }), (values) => {
      fc.pre(values.some((x) => x !== 0))
      const out = new Float32Array(values.length)
      poolInto({ data: Float32Array.from(values), dims: [1, values.length] }, 'none', 0, 1, out, 0)
      let squares = 0
      for (const x of out) {
        assert.ok(Number.isInteger(x / GRID) && Math.abs(x) <= 1)
        squares += x * x
      }
      assert.ok(Math.abs(Math.sqrt(squares) - 1) <= (GRID / 2) * Math.sqrt(values.length) + 1e-12)
    }),
  )
})
