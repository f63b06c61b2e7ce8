import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { logBinomialTail, logGamma, normalCdf } from '../../src/math/stats.js'

/** ln of a positive integer of any length. */
function logOf(integer: bigint): number {
  const digits = String(integer)
  return Math.log(Number(`0.${digits.slice(0, 17)}`)) + digits.length * Math.LN10
}

/** ln P(X ≥ k) for X ~ Binomial(n, a / b), summed in integers. */
function exactTail(n: number, k: number, a: bigint, b: bigint): number {
  let tail = 0n
  let below = 0n
  let choose = 1n
  for (let j = 0; j <= n; j++) {
    const term = choose * a ** BigInt(j) * (b - a) ** BigInt(n - j)
    if (j >= k) tail += term
    else below += term
    choose = (choose * BigInt(n - j)) / BigInt(j + 1)
  }
  const all = logOf(b ** BigInt(n))
  // Near 1 the difference of two large logarithms says nothing: take what is missing.
  if (below === 0n) return 0
  return tail > below ? Math.log1p(-Math.exp(logOf(below) - all)) : logOf(tail) - all
}

function assertNear(actual: number, expected: number, relative: number, what: string): void {
  const allowed = relative * Math.max(Math.abs(expected), 1e-12)
  assert.ok(Math.abs(actual - expected) <= allowed, `${what}: ${actual} is not ${expected}`)
}

test('ln Γ of whole and half numbers', () => {
  let factorial = 0
  for (let n = 1; n < 170; n++) {
    assert.ok(Math.abs(logGamma(n) - factorial) <= 1e-12 * Math.max(1, factorial), `Γ(${n})`)
    factorial += Math.log(n)
  }
  assertNear(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-12, 'Γ(1/2)')
  assertNear(logGamma(2.5), Math.log(0.75 * Math.sqrt(Math.PI)), 1e-12, 'Γ(5/2)')
  assertNear(logGamma(0.1), 2.252712651734206, 1e-12, 'Γ(1/10)')
  // Stirling's series, whose error here is below 1e-20.
  const x = 1e6
  assertNear(logGamma(x), (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x), 1e-13, 'Γ(1e6)')
})

test('the binomial tail is that of exact integer sums', () => {
  const odds = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(1000, 1001, 4096))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), odds, (n, share, [a, b]) => {
      const k = Math.round(share * n)
      assertNear(logBinomialTail(n, k, a / b), exactTail(n, k, BigInt(a), BigInt(b)), 1e-8, `P(X ≥ ${k}), n ${n}, p ${a}/${b}`)
    }),
    { numRuns: 300 },
  )
})

test('known tails, their ends, and tails far below what a float holds', () => {
  assertNear(logBinomialTail(10, 10, 0.5), -10 * Math.LN2, 1e-14, 'ten heads')
  assertNear(logBinomialTail(10, 1, 0.5), Math.log(1023 / 1024), 1e-12, 'one head of ten')
  assertNear(logBinomialTail(2, 1, 0.3), Math.log(0.51), 1e-13, 'one of two')
  assertNear(logBinomialTail(5000, 5000, 0.01), 5000 * Math.log(0.01), 1e-12, 'underflow')
  assert.equal(logBinomialTail(10, 0, 0.5), 0)
  assert.equal(logBinomialTail(10, -3, 0.5), 0)
  assert.equal(logBinomialTail(10, 11, 0.5), -Infinity)
  assert.equal(logBinomialTail(10, 1, 0), -Infinity)
  assert.equal(logBinomialTail(10, 10, 1), 0)
  assert.equal(logBinomialTail(0, 0, 0.5), 0)
})

test('a tail is a probability that falls with k and rises with p', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), p, p, fc.double({ min: 0, max: 1, noNaN: true }), (n, p1, p2, share) => {
      const k = Math.max(1, Math.round(share * n))
      const tail = logBinomialTail(n, k, p1)
      assert.ok(tail <= 0 && !Number.isNaN(tail), `${tail}`)
      const slack = 1e-9 * Math.max(1, tail === -Infinity ? 0 : -tail)
      assert.ok(logBinomialTail(n, k + 1, p1) <= tail + slack)
      const [low, high] = [Math.min(p1, p2), Math.max(p1, p2)]
      assert.ok(logBinomialTail(n, k, low) <= logBinomialTail(n, k, high) + slack)
    }),
    { numRuns: 200 },
  )
})

test('the normal distribution function at its tabulated points', () => {
  // Abramowitz & Stegun, table 26.1.
  const table = [
    [0, 0.5],
    [0.5, 0.6914624613],
    [1, 0.8413447461],
    [1.645, 0.9500150945],
    [1.96, 0.9750021049],
    [3, 0.998650102],
  ] as const
  for (const [z, p] of table) {
    assert.ok(Math.abs(normalCdf(z) - p) < 1.5e-7, `Φ(${z})`)
    assert.ok(Math.abs(normalCdf(-z) - (1 - p)) < 1.5e-7, `Φ(−${z})`)
  }
  assert.equal(normalCdf(-40), 0)
  assert.equal(normalCdf(40), 1)
})
