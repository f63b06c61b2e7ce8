import assert from 'node:assert/strict'
import { test } from 'node:test'
import { principalAxes, project } from '../../src/math/principal-axes.js'
import { random } from '../../src/math/random.js'

/** Rows with independent coordinates of known spread, turned by a known rotation of the first two. */
function rows(n: number, spreads: readonly number[], angle: number): Float32Array {
  const next = random(7)
  const out = new Float32Array(n * spreads.length)
  for (let r = 0; r < n; r++) {
    const x = spreads.map((spread) => spread * Math.sqrt(12) * (next() - 0.5))
    const [a = 0, b = 0] = x
    x[0] = a * Math.cos(angle) - b * Math.sin(angle) + 3
    x[1] = a * Math.sin(angle) + b * Math.cos(angle)
    out.set(x, r * spreads.length)
  }
  return out
}

test('finds a known rotation and its variances, in falling order', () => {
  const found = principalAxes(rows(20_000, [5, 2, 1, 0.1], 0.6), 4, 2)
  assert.equal(found.count, 2)
  assert.ok(Math.abs(found.variances[0]! / 25 - 1) < 0.03, String(found.variances[0]))
  assert.ok(Math.abs(found.variances[1]! / 4 - 1) < 0.03, String(found.variances[1]))
  assert.ok(Math.abs(Math.abs(found.axes[0]!) - Math.cos(0.6)) < 0.01)
  assert.ok(Math.abs(Math.abs(found.axes[1]!) - Math.sin(0.6)) < 0.01)
})

test('projections are centred, uncorrelated and the same bits however many vectors go at once', () => {
  const dim = 40
  const next = random(3)
  const data = Float32Array.from({ length: 301 * dim }, (_, i) => next() * (1 + (i % dim)) + (i % 3))
  const basis = principalAxes(data, dim, 11)
  const all = new Float32Array(301 * 11)
  project(basis, data, all)
  for (const r of [0, 17, 300]) {
    const one = new Float32Array(11)
    project(basis, data.slice(r * dim, (r + 1) * dim), one)
    assert.deepEqual([...one], [...all.slice(r * 11, (r + 1) * 11)])
  }
  for (let i = 0; i < 11; i++) {
    let mean = 0
    for (let r = 0; r < 301; r++) mean += all[r * 11 + i]! / 301
    assert.ok(Math.abs(mean) < 1e-3, `axis ${i} has mean ${mean}`)
    for (let j = 0; j < i; j++) {
      let covariance = 0
      for (let r = 0; r < 301; r++) covariance += (all[r * 11 + i]! * all[r * 11 + j]!) / 300
      assert.ok(
        Math.abs(covariance) < 1e-3 * Math.sqrt(basis.variances[i]! * basis.variances[j]!),
        `axes ${i} and ${j}: ${covariance}`,
      )
    }
  }
})

test('keeps no more axes than the rows span, and none of nothing', () => {
  assert.equal(principalAxes([1, 2, 2, 4, 3, 6], 2, 2).count, 1)
  assert.equal(principalAxes([5, 5, 5, 5], 2, 2).count, 0)
  assert.equal(principalAxes([], 8, 4).count, 0)
  assert.equal(principalAxes([], 0, 4).count, 0)
})
