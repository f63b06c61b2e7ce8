/**
 * How far each view is to be believed: ln p(c | row) = Σ w_v · (what view v says of c) + constant, with weights that fit rows which
 * no view was taught by. Words that repeat one another, and dimensions that are not normal, make a view too sure of itself:
 * its weight comes out below 1.
 */
import { cholesky, solveCholesky } from '../../src/math/linalg.js'

/**
 * Labels are taken to be drawn at random in so many rows: about as many as are wrong in the worst of public data sets (10 %;
 * Northcutt, Athalye & Mueller, NeurIPS 2021). Without it the flips that are looked for would make every row unsure, the clear
 * ones most.
 */
const NOISE = 0.1
/** And in so many, where that makes the labels clearly likelier: by this many natural logarithms. */
const MORE_NOISE = [0.2, 0.3]
const CLEARLY = 10
/** Where to start. */
const START = 0.4
const ITERATIONS = 40
const ENOUGH = 1e-4
/** Of classes that nothing mixes the likelihood would have weights without end. */
const MOST_WEIGHT = 1
/** No step is longer: far from the end a quadratic tells little. */
const LONGEST_STEP = 0.5
/** Rows that speak for 0: what nothing decides stays near it. */
const RIDGE = 1

export interface ScoredRow {
  /** Index of its label. */
  readonly own: number
  readonly fold: number
  /** What each view says of each label, up to a constant of the view: [views × labels]. */
  readonly scores: Float32Array
}

/** Of each view. */
export type Weights = readonly number[]

/** In what share of the rows labels are taken to be drawn at random. On hard data more noise is no clearer than wide margins. */
export function noiseOf(rows: readonly ScoredRow[], labels: number, views: number): number {
  const logs = (noise: number): number => logLikelihood(rows, labels, fitWeights(rows, labels, views, noise), noise)
  let best = NOISE
  let most = logs(best)
  for (const noise of MORE_NOISE) {
    const more = logs(noise)
    if (more < most + CLEARLY) break
    best = noise
    most = more
  }
  return best
}

/** Largest likelihood where labels are wrong at random in a share of the rows, by bounded Newton steps. Deterministic. */
export function fitWeights(rows: readonly ScoredRow[], labels: number, views: number, noise = NOISE): Weights {
  const weights = new Array<number>(views).fill(START)
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const step = newtonStep(slopeOf(rows, labels, weights, noise), weights)
    step.forEach((by, v) => {
      const next = weights[v]! + Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, by))
      weights[v] = Math.max(0, Math.min(MOST_WEIGHT, next))
    })
    if (step.every((by) => Math.abs(by) < ENOUGH)) break
  }
  return weights
}

/** Index of the likeliest label. */
export function likeliest({ scores }: ScoredRow, labels: number, weights: Weights): number {
  let best = 0
  let most = -Infinity
  for (let c = 0; c < labels; c++) {
    const score = weights.reduce((sum, weight, v) => sum + weight * scores[v * labels + c]!, 0)
    if (score <= most) continue
    most = score
    best = c
  }
  return best
}

interface Slope {
  /** Of the likelihood, by each weight. */
  readonly gradient: Float64Array
  /** [views × views], lower triangle: the information that there would be without noise, so that steps are never too long. */
  readonly information: Float64Array
}

/** Weights at a bound that point beyond it stay, and the others are moved as if these were no views. */
function newtonStep({ gradient, information }: Slope, weights: Weights): Float64Array {
  const views = weights.length
  const held = new Set<number>()
  for (;;) {
    const left = information.map((value, at) => {
      const [v, u] = [Math.floor(at / views), at % views]
      return held.has(v) || held.has(u) ? Number(v === u) : value
    })
    const step = solveCholesky(
      cholesky(left, views),
      views,
      gradient.map((by, v) => (held.has(v) ? 0 : by)),
    )
    const stuck = weights.flatMap((weight, v) =>
      (weight === 0 && step[v]! < 0) || (weight === MOST_WEIGHT && step[v]! > 0) ? [v] : [],
    )
    if (stuck.length === 0) return step
    for (const v of stuck) held.add(v)
  }
}

function slopeOf(rows: readonly ScoredRow[], labels: number, weights: Weights, noise: number): Slope {
  const views = weights.length
  const gradient = Float64Array.from(weights, (weight) => -RIDGE * weight)
  const information = new Float64Array(views * views)
  for (let v = 0; v < views; v++) information[v * views + v] = RIDGE
  const shares = new Float64Array(labels)
  const means = new Float64Array(views)
  for (const { own, scores } of rows) {
    sharesInto(shares, scores, weights)
    const meant = (1 - noise) * shares[own]!
    const trust = meant / (meant + noise / labels)
    for (let v = 0; v < views; v++) {
      let mean = 0
      for (let c = 0; c < labels; c++) mean += shares[c]! * scores[v * labels + c]!
      means[v] = mean
      gradient[v] = gradient[v]! + trust * (scores[v * labels + own]! - mean)
    }
    for (let v = 0; v < views; v++) {
      for (let u = 0; u <= v; u++) {
        let both = -means[v]! * means[u]!
        for (let c = 0; c < labels; c++) both += shares[c]! * scores[v * labels + c]! * scores[u * labels + c]!
        information[v * views + u] = information[v * views + u]! + both
      }
    }
  }
  return { gradient, information }
}

function logLikelihood(rows: readonly ScoredRow[], labels: number, weights: Weights, noise: number): number {
  const shares = new Float64Array(labels)
  let sum = 0
  for (const { own, scores } of rows) {
    sharesInto(shares, scores, weights)
    sum += Math.log((1 - noise) * shares[own]! + noise / labels)
  }
  return sum
}

function sharesInto(shares: Float64Array, scores: Float32Array, weights: Weights): void {
  const labels = shares.length
  let most = -Infinity
  for (let c = 0; c < labels; c++) {
    let sum = 0
    for (let v = 0; v < weights.length; v++) sum += weights[v]! * scores[v * labels + c]!
    shares[c] = sum
    most = Math.max(most, sum)
  }
  let total = 0
  for (let c = 0; c < labels; c++) total += shares[c] = Math.exp(shares[c]! - most)
  for (let c = 0; c < labels; c++) shares[c] = shares[c]! / total
}
