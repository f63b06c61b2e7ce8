import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { marginOf } from '../../../scanners/trigger/margin.js'
import {
  AXES,
  firstZ,
  marginProjection,
  projectedEffect,
  projectInto,
  projectionOf,
  type Projection,
} from '../../../scanners/trigger/projection.js'
import { dot } from '../../../src/math/linalg.js'
import { addVector, emptyMoments, GRID, meanOf, mergeMoments, type Moments } from '../../../src/math/moments.js'
import { random } from '../../../src/math/random.js'

const DIM = 12
const ROWS = 2000

/** Integer vectors; the first axes vary most, as subjects do. `shift` is added to the axis it names, in its deviations. */
function vectors(count: number, seed: number, shift: Readonly<Record<number, number>> = {}): Float64Array[] {
  const next = random(seed)
  // The sum of twelve uniform draws is nearly normal, with variance 1.
  const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, x) => sum + x, -6)
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: DIM }, (_, d) => Math.round((GRID * (normal() + (shift[d] ?? 0) + 0.5)) / (4 * (d + 1)))),
  )
}

function momentsOf(list: readonly Float64Array[]): Moments {
  const moments = emptyMoments(DIM)
  for (const vector of list) addVector(moments, vector, true)
  return moments
}

function sumsOf(projection: Projection, list: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(AXES)
  const one = new Float64Array(AXES)
  for (const vector of list) {
    projectInto(projection, vector, one, 0)
    one.forEach((x, k) => (sums[k] = sums[k]! + x))
  }
  return sums
}

const effectOf = (projection: Projection, list: readonly Float64Array[]): number =>
  projectedEffect(sumsOf(projection, list), list.length)

describe('projection', () => {
  const projection = projectionOf(momentsOf(vectors(ROWS, 1)))

  test('a random draw of rows has no effect: nothing in the mean, never more than chance gives', () => {
    const effects = Array.from({ length: 60 }, (_, seed) => effectOf(projection, vectors(40, 100 + seed)))
    const mean = effects.reduce((sum, effect) => sum + effect, 0) / effects.length
    // χ² of 8 degrees: one draw of 40 rows spreads by 1 / (2 · 40), their mean by an eighth of that.
    assert.ok(Math.abs(mean) < 0.006, `mean ${mean}`)
    assert.deepEqual(
      effects.filter((effect) => effect > 5 / 80),
      [],
    )
  })

  test('a subject has the effect of its shift, spread over the directions', () => {
    // Two deviations along one of eight axes: 2² / 8.
    assert.ok(Math.abs(effectOf(projection, vectors(400, 7, { 1: 2 })) - 0.5) < 0.06)
    assert.ok(Math.abs(effectOf(projection, vectors(400, 8, { 0: 1, 3: -1 })) - 0.25) < 0.05)
  })

  test('one odd row does not speak for its group', () => {
    const group = vectors(40, 9)
    group[0] = group[0]!.map((x) => 1000 * x)
    assert.ok(effectOf(projection, group) < 0.12, String(effectOf(projection, group)))
  })

  test('is the same to the last bit, however rows are cut and in whatever order they merge', () => {
    const rows = vectors(300, 4)
    const merged = momentsOf(rows.slice(170).reverse())
    mergeMoments(merged, momentsOf(rows.slice(0, 60)))
    mergeMoments(merged, momentsOf(rows.slice(60, 170)))
    assert.deepEqual(projectionOf(merged), projectionOf(momentsOf(rows)))
    assert.deepEqual(marginProjection(merged), marginProjection(momentsOf(rows)))
    assert.deepEqual(sumsOf(projection, [...rows].reverse()), sumsOf(projection, rows))
  })

  test('data without spread, and data of fewer directions than axes, give zeros and no NaN', () => {
    const same = momentsOf(Array.from({ length: 50 }, () => new Float64Array(DIM).fill(100)))
    for (const moments of [emptyMoments(DIM), same]) {
      for (const made of [projectionOf(moments), marginProjection(moments)]) {
        assert.ok([...made.weights, ...made.offsets].every(Number.isFinite))
        assert.ok([...sumsOf(made, vectors(3, 1))].every(Number.isFinite))
      }
    }
  })
})

describe('margin', () => {
  // Chosen minus rejected: better along the last axis, by one deviation; else anything.
  const better = { [DIM - 1]: 1 }
  const centred = (list: readonly Float64Array[]): Float64Array[] =>
    list.map((vector) => vector.map((x, d) => x - GRID / (8 * (d + 1))))
  const rows = centred(vectors(ROWS, 20, better))
  const differences = momentsOf(rows)

  test('its direction is the one that chosen and rejected differ in, and the mean over all rows is positive', () => {
    const { direction, mean, deviation } = marginOf(differences, meanOf(differences))
    const largest = direction.reduce((best, x, d) => (Math.abs(x) > Math.abs(direction[best]!) ? d : best), 0)
    assert.equal(largest, DIM - 1)
    assert.ok(mean > 0 && deviation > 0)
  })

  test('swapped pairs have the opposite margin, by so many standard errors', () => {
    const { direction, mean, deviation } = marginOf(differences, meanOf(differences))
    const swapped = centred(vectors(40, 21, better)).map((vector) => vector.map((x) => -x))
    const own = dot(direction, meanOf(momentsOf(swapped)))
    assert.ok(own / mean < -0.5 && own / mean > -1.5, `${own / mean} times the mean`)
    assert.ok(((own - mean) / deviation) * Math.sqrt(40) < -4.5)
  })

  test('the projection tells them first: swapped pairs far below, others near zero', () => {
    const projection = marginProjection(differences)
    const pairs = centred(vectors(40, 22, better))
    const z = (list: readonly Float64Array[]): number => firstZ(sumsOf(projection, list), list.length)
    assert.ok(Math.abs(z(pairs)) < 3.5, `usual ${z(pairs)}`)
    assert.ok(z(pairs.map((vector) => vector.map((x) => -x))) < -4.5)
  })
})
