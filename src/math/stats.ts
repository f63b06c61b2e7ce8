/** Tails and tests, in logarithms where probabilities underflow. */

// Lanczos approximation, g = 7, n = 9 (Press et al., Numerical Recipes, §6.1): relative error below 1e-13.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  let series = LANCZOS[0] as number
  for (let i = 1; i < LANCZOS.length; i++) series += LANCZOS[i]! / (shifted + i)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series)
}

/**
 * ln P(X ≥ k) for X ~ Binomial(n, p), exact up to rounding.
 * @param p in [0, 1]
 */
export function logBinomialTail(n: number, k: number, p: number): number {
  if (k <= 0 || p >= 1) return 0
  if (k > n || p <= 0) return -Infinity
  // Below the mean the tail is most of the mass: take the complement instead of a long sum.
  if (k <= n * p) return Math.log1p(-Math.exp(logBinomialTail(n, n - k + 1, 1 - p)))
  const first = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p)
  let term = 1
  let sum = 1
  for (let j = k; j < n && term > 1e-16 * sum; j++) {
    term *= ((n - j) / (j + 1)) * (p / (1 - p))
    sum += term
  }
  return Math.min(0, first + Math.log(sum))
}

/** P(Z ≤ z) for a standard normal (Abramowitz & Stegun 7.1.26 in its complementary form; absolute error below 1.5e-7). */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x)
  return z < 0 ? tail / 2 : 1 - tail / 2
}

/** ln P(Z ≤ z) for z < 0, also where the probability underflows: continued fraction of the Mills ratio (Abramowitz & Stegun 26.2.14). */
export function logNormalTail(z: number): number {
  if (z > -3) return Math.log(Math.max(1e-300, normalCdf(z)))
  const x = -z
  let fraction = x
  for (let k = 30; k >= 1; k--) fraction = x + k / fraction
  return -0.5 * x * x - 0.5 * Math.log(2 * Math.PI) - Math.log(fraction)
}

/** ln P(X ≥ x) for X ~ χ² with so many degrees of freedom (Wilson & Hilferty 1931: its cube root is nearly normal). */
export function logChiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 0
  // The square of one normal deviate: exact.
  if (degrees === 1) return Math.min(0, Math.LN2 + logNormalTail(-Math.sqrt(x)))
  const spread = 2 / (9 * degrees)
  return logNormalTail(-(Math.cbrt(x / degrees) - 1 + spread) / Math.sqrt(spread))
}

/** P(D ≥ d) of the two-sample Kolmogorov–Smirnov distance (Stephens 1970, as in Numerical Recipes §14.3). */
export function kolmogorovTail(d: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m))
  const lambda = (root + 0.12 + 0.11 / root) * d
  let sum = 0
  for (let j = 1; j <= 100; j++) {
    const term = 2 * (j % 2 === 1 ? 1 : -1) * Math.exp(-2 * j * j * lambda * lambda)
    sum += term
    if (Math.abs(term) < 1e-12) return Math.min(1, Math.max(0, sum))
  }
  // Where the series does not converge the distance is tiny.
  return 1
}
