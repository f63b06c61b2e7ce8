import { logGamma } from '../../src/math/stats.js'

/**
 * ln P(X ≥ k) where n of `total` are drawn and `marked` of `total` are marked: Fisher's exact test of whether the drawn ones are
 * marked more often than the rest, with nothing estimated.
 */
export function logHypergeometricTail(total: number, marked: number, n: number, k: number): number {
  const most = Math.min(n, marked)
  if (k <= Math.max(0, n + marked - total)) return 0
  if (k > most) return -Infinity
  const first = logChoose(marked, k) + logChoose(total - marked, n - k) - logChoose(total, n)
  let term = 1
  let sum = 1
  for (let j = k; j < most && term > 1e-16 * sum; j++) {
    term *= ((marked - j) / (j + 1)) * ((n - j) / (total - marked - n + j + 1))
    sum += term
  }
  return Math.min(0, first + Math.log(sum))
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
