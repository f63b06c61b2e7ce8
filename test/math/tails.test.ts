import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { kolmogorovTail, logChiSquareTail } from '../../src/math/stats.js'

describe('tails of distributions against tables', () => {
  // Abramowitz & Stegun, table 26.8: upper percentage points of χ².
  const POINTS: readonly (readonly [degrees: number, p: number, x: number])[] = [
    [1, 0.05, 3.841],
    [1, 0.001, 10.828],
    [3, 0.01, 11.345],
    [10, 0.05, 18.307],
    [30, 0.001, 59.703],
    [100, 0.01, 135.807],
  ]
  for (const [degrees, p, x] of POINTS) {
    test(`χ² with ${degrees} degrees of freedom beyond ${x}: ${p}`, () => {
      const got = Math.exp(logChiSquareTail(x, degrees))
      assert.ok(Math.abs(Math.log(got / p)) < 0.15, `${got}`)
    })
  }

  test('Kolmogorov–Smirnov: the usual critical values', () => {
    // Asymptotic: λ = 1.358 at 5 %, 1.628 at 1 % (Smirnov 1948).
    for (const [lambda, p] of [
      [1.358, 0.05],
      [1.628, 0.01],
    ] as const) {
      const n = 1e6
      assert.ok(Math.abs(kolmogorovTail(lambda / Math.sqrt(n / 2), n, n) / p - 1) < 0.02)
    }
    assert.equal(kolmogorovTail(0, 50, 50), 1)
    assert.ok(kolmogorovTail(1, 50, 50) < 1e-15)
  })
})
