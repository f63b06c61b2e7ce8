/**
 * Two views of a row, its content and its style, teach each other which rows of a label were rewritten (co-training, Blum &
 * Mitchell 1998; here by expectation–maximisation): rows whose content contradicts their label teach the style, rows in the
 * style are kept from teaching the content.
 */
import { fitContent, margin, type Content, type Points } from './content.js'
import { FOLDS } from './gather.js'
import { fitLogistic, logOdds, type SparseRows, type Weights } from './logistic.js'

/** Share of a label's rows that the search is for; more or fewer are found as well. */
const SHARE = 0.05
const ITERATIONS = 8
/** Content alone must not decide. */
const MOST_CONTENT = 2
/** Strength of the penalty on style weights: the inverse, as C. */
const C = 0.5
const C_START = 0.05
const STEPS_FIRST = 25
/** Of those, enough to see whether it is worth it. */
const STEPS_LOOK = 12
const STEPS = 8

export interface Rows {
  readonly points: Points
  readonly style: SparseRows
}

/** Plain data. Cross-fitted: a row is judged by the models of its fold. */
export interface Views {
  readonly content: readonly Content[]
  readonly style: readonly Weights[]
  /** Mean and standard deviation of the margin: of the other labels' rows, and of the label's own. */
  readonly other: readonly [number, number]
  readonly own: readonly [number, number]
}

export interface Trained extends Views {
  /** Content margin of each row. */
  readonly margins: Float64Array
  /** Style log-odds of each row. */
  readonly styles: Float64Array
  /** Log-odds of each row from both. */
  readonly odds: Float64Array
  readonly z: Float64Array
}

/** How well style alone tells the label: where the search starts. */
export interface Start {
  /** Cross-fitted log-odds of each row. */
  readonly styles: Float64Array
  readonly weights: readonly Weights[]
}

/**
 * @param own whether a row has the label
 * @param hopeless asked after the first fold, with its rows' log-odds: most labels need no other
 * @returns null where that is so
 */
export function startOf(rows: Rows, own: Uint8Array, hopeless: (styles: Float64Array, own: Uint8Array) => boolean): Start | null {
  const targets = Float64Array.from(own)
  const weights = Array.from({ length: FOLDS }, () => new Float64Array(rows.style.width + 1))
  learnFold(rows, targets, weights, 0, C_START, STEPS_LOOK)
  const first = targets.map((_, i) => logOdds(rows.style, weights[0]!, i)).filter((_, i) => rows.points.folds[i] === 0)
  const firstOwn = own.filter((_, i) => rows.points.folds[i] === 0)
  if (hopeless(first, firstOwn)) return null
  for (let f = 0; f < FOLDS; f++) learnFold(rows, targets, weights, f, C_START, f === 0 ? STEPS_FIRST - STEPS_LOOK : STEPS_FIRST)
  return { styles: stylesOf(rows, weights), weights }
}

/** The start of the other label, where there are two. */
export function opposite({ styles, weights }: Start): Start {
  return { styles: styles.map((value) => -value), weights: weights.map((fold) => fold.map((value) => -value)) }
}

/** One fold's model, from the rows of the others; its weights are where it starts, and the result. */
function learnFold(
  { points, style }: Rows,
  targets: Float64Array,
  weights: readonly Weights[],
  fold: number,
  c: number,
  steps: number,
): void {
  const rows = Int32Array.from(targets.keys()).filter((i) => points.folds[i] !== fold)
  fitLogistic(style, rows, targets, weights[fold]!, c, steps)
}

/** Log-odds of each row by the model of its fold. */
function stylesOf({ points, style }: Rows, weights: readonly Weights[]): Float64Array {
  return Float64Array.from(points.folds, (fold, i) => logOdds(style, weights[fold]!, i))
}

/** @returns null as soon as it is hopeless */
export function coTrain(
  rows: Rows,
  own: Uint8Array,
  start: Start,
  hopeless: (trained: Trained, iteration: number) => boolean,
): Trained | null {
  const { points } = rows
  const count = own.length
  const weights = start.weights.map((fold) => fold.slice())
  let styles = start.styles
  let z: Float64Array = new Float64Array(count)
  let trained: Trained | null = null
  for (let iteration = 0; iteration <= ITERATIONS; iteration++) {
    const keep = z.map((p) => 1 - p)
    const content = fitContent(points, own, keep)
    const margins = Float64Array.from({ length: count }, (_, i) => margin(content[points.folds[i]!]!, points, i))
    if (iteration > 0) {
      for (let f = 0; f < FOLDS; f++) learnFold(rows, z, weights, f, C, iteration === 1 ? STEPS_FIRST : STEPS)
      styles = stylesOf(rows, weights)
    }
    const views = { content, style: weights, other: spread(margins, keep, own, 0), own: spread(margins, keep, own, 1) }
    const odds = styles.map((s, i) => (iteration === 0 ? 2 * s + clip(-margins[i]!) : s + contentOdds(views, margins[i]!)))
    z = posteriors(odds, own, SHARE)
    trained = { ...views, margins, styles, odds, z }
    if (iteration > 0 && hopeless(trained, iteration)) return null
  }
  return trained
}

/** Log-odds, by content, of a row of the other labels against one of the label's own. */
export function contentOdds({ other, own }: Views, m: number): number {
  return clip(logNormal(m, other) - logNormal(m, own))
}

function clip(value: number): number {
  return Math.max(-MOST_CONTENT, Math.min(MOST_CONTENT, value))
}

function logNormal(x: number, [mean, deviation]: readonly [number, number]): number {
  return -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation)
}

function spread(margins: Float64Array, weights: Float64Array, own: Uint8Array, side: number): [number, number] {
  let total = 1e-9
  let sum = 0
  let squares = 0
  margins.forEach((m, i) => {
    if (own[i] !== side) return
    total += weights[i]!
    sum += weights[i]! * m
    squares += weights[i]! * m * m
  })
  return [sum / total, Math.sqrt(Math.max(1e-6, squares / total - (sum / total) ** 2))]
}

/** Posteriors of the label's rows, shifted so that they add up to a share of them; 0 for other rows. */
function posteriors(odds: Float64Array, own: Uint8Array, share: number): Float64Array {
  const shift = shiftFor(odds, own, share)
  return odds.map((value, i) => (own[i] === 1 ? expit(value + shift) : 0))
}

/** What to add to log-odds so that the posteriors of the label's rows add up to a share of them. */
export function shiftFor(odds: Float64Array, own: Uint8Array, share: number): number {
  const list = odds.filter((_, i) => own[i] === 1)
  let low = -60
  let high = 60
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    let sum = 0
    for (const value of list) sum += expit(value + middle)
    if (sum < share * list.length) low = middle
    else high = middle
  }
  return low
}

export function expit(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

/** Probability, by content and the label's share, that an unplanted row has the label: two normals of one variance. */
export function expectedShare({ other, own }: Views, m: number, share: number): number {
  const variance = (1 - share) * other[1] ** 2 + share * own[1] ** 2
  const slope = (own[0] - other[0]) / variance
  return expit(slope * (m - (own[0] + other[0]) / 2) + Math.log(share / (1 - share)))
}
