import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradiction, discriminantOf, withinClasses } from '../../src/math/discriminant.js'
import { meanOf } from '../../src/math/moments.js'
import { dot } from '../../src/math/linalg.js'
import { cloud, gaussian, meanVector, momentsOf } from './simulate.js'

const DIM = 8
const SPREAD = new Array<number>(DIM).fill(0.1)
const GOOD = Array.from({ length: DIM }, (_, d) => (d === 0 ? 0.1 : 0))
const BAD = Array.from({ length: DIM }, (_, d) => (d === 0 ? -0.1 : 0))
const normal = gaussian(11)
const good = momentsOf(cloud(3000, GOOD, SPREAD, normal), DIM)
const bad = momentsOf(cloud(3000, BAD, SPREAD, normal), DIM)
const { weights, bias, separation } = discriminantOf(withinClasses([good, bad], DIM), good, [bad])

const positionOf = (x: Float64Array): number => dot(weights, x) + bias

test("the class's mean lies at +1, the others' at −1, whatever the sizes", () => {
  assert.ok(Math.abs(positionOf(meanOf(good)) - 1) < 1e-9)
  assert.ok(Math.abs(positionOf(meanOf(bad)) + 1) < 1e-9)
  const few = momentsOf(cloud(40, BAD, SPREAD, normal), DIM)
  const uneven = discriminantOf(withinClasses([good, few], DIM), good, [few])
  assert.ok(Math.abs(dot(uneven.weights, meanOf(few)) + uneven.bias + 1) < 1e-9)
})

test('the separation is the squared Mahalanobis distance of the means', () => {
  // 0.2 apart, deviation 0.1 and a ridge of a tenth of the variance: 0.04 / 0.011.
  assert.ok(Math.abs(separation / (0.04 / 0.011) - 1) < 0.1, `${separation}`)
})

test('rows of the class contradict it no more than chance allows, rows of the others do', () => {
  const n = 30
  const zOf = (rows: readonly Float64Array[]): number => contradiction(positionOf(meanVector(rows, DIM)), rows.length, separation)
  const own = Array.from({ length: 300 }, () => zOf(cloud(n, GOOD, SPREAD, normal)))
  const mean = own.reduce((a, b) => a + b, 0) / own.length
  const deviation = Math.sqrt(own.reduce((sum, z) => sum + (z - mean) ** 2, 0) / own.length)
  assert.ok(Math.abs(mean) < 0.25, `mean ${mean}`)
  // The ridge makes the claimed error a little larger than the true one.
  assert.ok(deviation > 0.8 && deviation < 1.05, `deviation ${deviation}`)
  assert.ok(
    own.every((z) => z > -4),
    `${Math.min(...own)}`,
  )
  const other = Array.from({ length: 100 }, () => zOf(cloud(n, BAD, SPREAD, normal)))
  assert.ok(
    other.every((z) => z < -6),
    `${Math.max(...other)}`,
  )
})

test('contradiction in numbers', () => {
  assert.equal(contradiction(1, 25, 4), 0)
  assert.equal(contradiction(-1, 25, 4), -10)
  assert.equal(contradiction(0, 100, 1), -5)
})

test('classes that content does not tell apart give finite numbers', () => {
  const same = discriminantOf(withinClasses([good, good], DIM), good, [good])
  assert.ok([...same.weights, same.bias, same.separation].every(Number.isFinite))
  const empty = momentsOf([], DIM)
  const none = discriminantOf(withinClasses([empty, empty], DIM), empty, [empty])
  assert.ok([...none.weights, none.bias, none.separation].every(Number.isFinite))
})
