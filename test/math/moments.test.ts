import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import {
  addVector,
  covarianceOf,
  emptyMoments,
  GRID,
  gridVector,
  inSample,
  meanOf,
  mergeMoments,
  MomentsAdder,
  regularise,
  totalMoments,
  leavingOut,
  type Moments,
} from '../../src/math/moments.js'

const DIM = 3
interface Row {
  readonly vector: readonly number[]
  readonly sampled: boolean
}
const component = fc.integer({ min: -GRID, max: GRID })
const row: fc.Arbitrary<Row> = fc.record({
  vector: fc.array(component, { minLength: DIM, maxLength: DIM }),
  sampled: fc.boolean(),
})
const rows = fc.array(row, { maxLength: 40 })

function momentsOf(list: readonly Row[]): Moments {
  const moments = emptyMoments(DIM)
  for (const { vector, sampled } of list) addVector(moments, Float64Array.from(vector), sampled)
  return moments
}

test('parts merged in any order agree with the whole to the last bit', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 6 }), fc.nat(), (parts, turn) => {
      const whole = momentsOf(parts.flat())
      const at = parts.length === 0 ? 0 : turn % parts.length
      for (const order of [parts, [...parts].reverse(), [...parts.slice(at), ...parts.slice(0, at)]]) {
        const merged = emptyMoments(DIM)
        for (const part of order) mergeMoments(merged, deserialize(serialize(momentsOf(part))) as Moments)
        assert.deepEqual(merged, whole)
      }
      assert.deepEqual(totalMoments(parts.map(momentsOf), DIM), whole)
    }),
  )
})

test('vectors added four at a time give what they give one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 20 }), (list) => {
      const fresh = (): readonly [Moments, Moments] => [emptyMoments(DIM), emptyMoments(DIM, false)]
      const [plain, fast] = [fresh(), fresh()]
      const adder = new MomentsAdder()
      for (const [{ vector, sampled }, second] of list) {
        const values = Float64Array.from(vector)
        addVector(plain[second ? 0 : 1], values, sampled)
        adder.add(fast[second ? 0 : 1], values, sampled)
        values.fill(NaN)
      }
      adder.flush()
      // −0 and 0 are the same sum.
      const numbers = (all: readonly Moments[]): unknown =>
        all.map(({ count, sampled, sum, sampleSum, gram }) => [
          count,
          sampled,
          ...[...sum, ...sampleSum, ...gram].map((x) => x + 0),
        ])
      assert.deepEqual(numbers(fast), numbers(plain))
    }),
  )
})

test('what is left without a group is what the others alone give', () => {
  fc.assert(
    fc.property(rows, rows, (group, others) => {
      const all = momentsOf([...group, ...others])
      const left = leavingOut(all, group.length, meanOf(momentsOf(group)))
      const expected = momentsOf(others)
      assert.equal(left.count, expected.count)
      left.sum.forEach((x, d) => {
        assert.ok(Math.abs(x - expected.sum[d]!) < 1e-6, `${x} is not ${expected.sum[d]}`)
      })
      assert.deepEqual([left.sampled, left.gram], [all.sampled, all.gram])
    }),
  )
})

test('mean over all rows, covariance over the sample, in units of the embedding', () => {
  const sampled = [
    [0.5, 0, 0.25],
    [-0.5, 0.5, 0.25],
    [0, 0.25, 0.25],
  ]
  const moments = emptyMoments(DIM)
  for (const vector of sampled)
    addVector(
      moments,
      Float64Array.from(vector, (x) => x * GRID),
      true,
    )
  addVector(moments, Float64Array.of(GRID, -GRID, 0), false)
  assert.deepEqual([...meanOf(moments)], [0.25, -0.0625, 0.1875])
  assert.equal(moments.sampled, 3)
  const covariance = covarianceOf(moments)
  const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-12
  // Population covariance; the lower triangle only.
  const expected = [0.5 / 3, 0, 0, -0.25 / 3, 0.125 / 3, 0, 0, 0, 0]
  assert.ok(
    covariance.every((value, i) => close(value, expected[i]!)),
    [...covariance].join(', '),
  )
})

test('nothing has a mean and a covariance of zero, and a ridge makes it usable', () => {
  const nothing = emptyMoments(DIM)
  assert.deepEqual(meanOf(nothing), new Float64Array(DIM))
  const ridged = regularise(covarianceOf(nothing), DIM, 0.1)
  assert.deepEqual([...ridged], [1e-12, 0, 0, 0, 1e-12, 0, 0, 0, 1e-12])
  assert.deepEqual([...regularise(Float64Array.of(2, 0, 5, 4), 2, 0.5)], [3.5, 0, 5, 5.5])
})

test('vectors become whole numbers, exactly, for what lies on the grid', () => {
  const vectors = Float32Array.of(1, -1 / GRID, 0.5, 4095 / GRID, 0, -1)
  const out = new Float64Array(DIM)
  gridVector({ dim: DIM, vectors }, 1, out)
  assert.deepEqual(out, Float64Array.of(4095, 0, -GRID))
  gridVector({ dim: DIM, vectors }, 0, out)
  assert.deepEqual(out, Float64Array.of(GRID, -1, GRID / 2))
})

test('the sample is all rows of a small set and about 12,000 of a large one', () => {
  assert.ok(inSample(2 ** 32 - 1, null) && inSample(2 ** 32 - 1, 12_000))
  const total = 400_000
  const step = 2 ** 32 / total
  let kept = 0
  for (let i = 0; i < total; i++) if (inSample(i * step, total)) kept++
  assert.ok(Math.abs(kept - 12_000) <= 1, `${kept}`)
})
