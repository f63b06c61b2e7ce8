import assert from 'node:assert/strict'
import { test } from 'node:test'
import { independence, referenceOf, referenceWithout } from '../../src/math/independence.js'
import { meanOf } from '../../src/math/moments.js'
import { cloud, gaussian, meanVector, momentsOf } from './simulate.js'

const DIM = 12
/** A few directions carry most of the spread, as in embeddings. */
const DEVIATIONS = Array.from({ length: DIM }, (_, d) => 0.2 / (1 + d))
const ORIGIN = new Array<number>(DIM).fill(0.1)
const normal = gaussian(5)
const all = momentsOf(cloud(4000, ORIGIN, DEVIATIONS, normal), DIM)
const reference = referenceOf(all)

const shiftOf = (rows: readonly Float64Array[]): Float64Array => meanVector(rows, DIM).map((x, d) => x - meanOf(all)[d]!)

test('groups drawn at random have z of mean 0 and deviation 1, whatever their size', () => {
  for (const n of [10, 40, 250]) {
    const draws = Array.from({ length: 400 }, () => independence(reference, shiftOf(cloud(n, ORIGIN, DEVIATIONS, normal)), n))
    const mean = draws.reduce((sum, { z }) => sum + z, 0) / draws.length
    const variance = draws.reduce((sum, { z }) => sum + (z - mean) ** 2, 0) / draws.length
    // Four standard errors of 400 draws: 0.2 of the mean; the variance of a skewed statistic wanders more.
    assert.ok(Math.abs(mean) < 0.2, `n = ${n}: mean z ${mean}`)
    assert.ok(Math.abs(variance - 1) < 0.45, `n = ${n}: variance of z ${variance}`)
    const covered = draws.filter(({ effectAtMost }) => effectAtMost >= 0).length
    assert.ok(covered >= 0.93 * draws.length, `n = ${n}: the bound holds in ${covered} of 400`)
    const alarms = draws.filter(({ z }) => z >= 4).length
    assert.ok(alarms <= 4, `n = ${n}: ${alarms} of 400 beyond 4`)
  }
})

test('a group with a subject of its own has a large effect, which does not grow with its size', () => {
  const subject = ORIGIN.map((x, d) => x + (d < 3 ? 1.2 * DEVIATIONS[d]! : 0))
  const [small, large] = [30, 3000].map((n) => independence(reference, shiftOf(cloud(n, subject, DEVIATIONS, normal)), n))
  assert.ok(small!.z > 8 && large!.z > 300, `${small!.z}, ${large!.z}`)
  assert.ok(small!.effect > 0.3 && large!.effect > 0.3, `${small!.effect}, ${large!.effect}`)
  assert.ok(Math.abs(small!.effect - large!.effect) < 0.35 * large!.effect, `${small!.effect}, ${large!.effect}`)
  assert.ok(small!.effectAtMost > small!.effect && large!.effectAtMost < 1.1 * large!.effect)
})

test('T² has the mean and variance that the reference says, against the eigenvalues', () => {
  // The covariance is diagonal: under the ridge, direction d counts s / (s + ridge) of its variance s.
  const variances = DEVIATIONS.map((s) => s * s)
  const ridge = variances.reduce((a, b) => a + b, 0) / DIM
  const shares = variances.map((s) => s / (s + ridge))
  const expected = shares.reduce((a, b) => a + b, 0)
  const variance = 2 * shares.reduce((a, b) => a + b * b, 0)
  assert.ok(Math.abs(reference.expected / expected - 1) < 0.03, `${reference.expected} is not ${expected}`)
  assert.ok(Math.abs(reference.variance / variance - 1) < 0.05, `${reference.variance} is not ${variance}`)
})

test('no shift at all is less than chance', () => {
  const { z, effect } = independence(reference, new Float64Array(DIM), 50)
  assert.ok(z < 0 && effect < 0)
})

test('a group that shaped the reference is measured as if it had not', () => {
  const subject = ORIGIN.map((x, d) => x + (d < 3 ? 1.2 * DEVIATIONS[d]! : 0))
  const group = cloud(1000, subject, DEVIATIONS, normal)
  const others = cloud(4000, ORIGIN, DEVIATIONS, normal)
  const shift = meanVector(group, DIM).map((x, d) => x - meanVector(others, DIM)[d]!)
  const together = referenceOf(momentsOf([...group, ...others], DIM))
  const apart = independence(referenceOf(momentsOf(others, DIM)), shift, 1000).effect
  const shaped = independence(together, shift, 1000).effect
  const without = independence(referenceWithout(together, shift, 0.2), shift, 1000).effect
  assert.ok(shaped < 0.85 * apart, `${shaped}, ${apart}`)
  assert.ok(Math.abs(without / apart - 1) < 0.1, `${without}, ${apart}`)
})
