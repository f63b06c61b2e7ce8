/**
 * Two views of a row, its content and its style, teach each other which rows of a label were rewritten (co-training, Blum &
 * Mitchell 1998; here by expectation–maximisation): rows whose content contradicts their label teach the style, rows in the
 * style are kept from teaching the content.
 */
import { fitContent, margin, type Content, type Points } from './content.js'
import { learnFold, oddsByFold, zeroWeights } from './cross-fit.js'
import { FOLDS } from './gather.js'
import type { SparseRows, Weights } from './logistic.js'

const ITERATIONS = 7
const REFINEMENTS = 9
/** Content errs together with style, and its tails are not those of a normal: its log-odds count by less, */
const CONTENT_WEIGHT = 0.3
/** by still less where words were asked as well, */
const REFINED_WEIGHT = 0.2
/** and up to here. */
const MOST_CONTENT = 5
/** Strength of the penalty on style weights: the inverse, as C. */
const C = 0.1
const C_WORDS = 0.3
const STEPS_FIRST = 25
const STEPS = 8

export interface Rows {
  readonly points: Points
  readonly style: SparseRows
}

/** Plain data. Cross-fitted: a row is judged by the models of its fold. */
export interface Views {
  readonly content: readonly Content[]
  /** Log-odds of the label's own rows against the others' by content margin: slope · (margin − middle), two normals of one variance. */
  readonly slope: number
  readonly middle: number
  /** What words add to them; null where they are not asked. */
  readonly words: WordView | null
  readonly style: readonly Weights[]
}

/** A model of words for each fold. Plain data. */
export interface WordView {
  readonly weights: readonly Weights[]
  /** Log-odds of the label itself, to be taken from theirs. */
  readonly prior: number
}

export interface Trained extends Views {
  /** Content margin of each row: 1 is the mean of the label's own rows, −1 that of the others. */
  readonly margins: Float64Array
  /** Log-odds by content of each row that it is one of the label's own, not of the others, were there as many of both. */
  readonly contents: Float64Array
  /** Style log-odds of each row. */
  readonly styles: Float64Array
  /** Log-odds of each row from both. */
  readonly odds: Float64Array
  readonly z: Float64Array
}

/**
 * Rows of the label are a mixture: its own, and planted ones, which have the content of the other labels and a style of their
 * own. Nothing is assumed of how many there are: z is what style and content say, with the intercept of the style free.
 * @returns null as soon as it is hopeless
 */
export function coTrain(rows: Rows, own: Uint8Array, hopeless: (trained: Trained, iteration: number) => boolean): Trained | null {
  const weights = zeroWeights(rows.style)
  const first = contentOf(rows, own, new Float64Array(own.length), null)
  // At first content speaks alone: rows of the label that it expects to have another.
  const expected = expectedRows(first.contents, own)
  let trained = learned(
    rows,
    own,
    first,
    weights,
    expected.map((e, i) => own[i]! * (1 - e)),
    STEPS_FIRST,
  )
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    trained = learned(rows, own, contentOf(rows, own, trained.z, null), weights, trained.z, STEPS)
    if (hopeless(trained, iteration)) return null
  }
  return trained
}

/**
 * Goes on from a style that was found, with a second model of content: which words have the label, rows taken for planted
 * counting as the others'. It would have learned the style itself while that was unknown.
 * @param words of each row
 * @param planted how many rows are, by estimate: left free, a style of few rows would lose some to content at each step
 */
export function refine(rows: Rows, own: Uint8Array, found: Trained, words: SparseRows, planted: number): Trained {
  const weights = found.style.map((fold) => fold.slice())
  const wordWeights = zeroWeights(words)
  const labelled = own.reduce((sum, value) => sum + value, 0)
  const scaled = (now: Trained): Trained => {
    const shift = shiftFor(now.odds, own, planted / labelled)
    return { ...now, z: now.odds.map((value, i) => own[i]! * expit(value + shift)) }
  }
  let trained = scaled(found)
  for (let iteration = 0; iteration < REFINEMENTS; iteration++) {
    const targets = trained.z.map((p, i) => own[i]! * (1 - p))
    const steps = iteration === 0 ? STEPS_FIRST : STEPS
    for (let f = 0; f < FOLDS; f++) learnFold(rows.points.folds, words, targets, wordWeights[f]!, f, C_WORDS, steps)
    const share = mean(targets)
    const view = { rows: words, weights: wordWeights, prior: Math.log(share / (1 - share)) }
    trained = scaled(learned(rows, own, contentOf(rows, own, trained.z, view), weights, trained.z, STEPS))
  }
  return trained
}

type Contents = Pick<Trained, 'content' | 'slope' | 'middle' | 'words' | 'margins' | 'contents'>

/** What content says of each row, learned from those that are not planted. */
function contentOf(
  { points }: Rows,
  own: Uint8Array,
  z: Float64Array,
  words: (WordView & { readonly rows: SparseRows }) | null,
): Contents {
  const keep = z.map((p) => 1 - p)
  const content = fitContent(points, own, keep)
  const margins = Float64Array.from(own, (_, i) => margin(content[points.folds[i]!]!, points, i))
  const [otherMean, otherVariance] = spread(margins, keep, own, 0)
  const [ownMean, ownVariance] = spread(margins, keep, own, 1)
  const share = mean(own)
  const slope = (ownMean - otherMean) / ((1 - share) * otherVariance + share * ownVariance)
  const middle = (ownMean + otherMean) / 2
  const byWords = words === null ? null : oddsByFold(points.folds, words.rows, words.weights)
  const contents = margins.map((m, i) => clip(slope * (m - middle) + (byWords === null ? 0 : byWords[i]! - words!.prior)))
  return { content, slope, middle, words: words && { weights: words.weights, prior: words.prior }, margins, contents }
}

/** Style learned from z, and what it says of z together with content. */
function learned(
  { points, style }: Rows,
  own: Uint8Array,
  content: Contents,
  weights: readonly Weights[],
  targets: Float64Array,
  steps: number,
): Trained {
  for (let f = 0; f < FOLDS; f++) learnFold(points.folds, style, targets, weights[f]!, f, C, steps)
  const styles = oddsByFold(points.folds, style, weights)
  const share = Math.log(mean(own))
  const odds = styles.map((s, i) => oddsOf(s, content.contents[i]!, content.words))
  return { ...content, style: weights, styles, odds, z: odds.map((value, i) => (own[i] === 1 ? expit(value - share) : 0)) }
}

/** Log-odds of planted rows against the label's own, from style and content, up to a constant. */
export function oddsOf(style: number, content: number, words: WordView | null): number {
  return style - (words === null ? CONTENT_WEIGHT : REFINED_WEIGHT) * content
}

/** Probability of each row, by content, that it has the label unless it is planted. */
export function expectedRows(contents: Float64Array, own: Uint8Array): Float64Array {
  const share = mean(own)
  return contents.map((value) => expit(value + Math.log(share / (1 - share))))
}

export function clip(value: number): number {
  return Math.max(-MOST_CONTENT, Math.min(MOST_CONTENT, value))
}

function mean(values: Float64Array | Uint8Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Weighted mean and variance. */
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
  return [sum / total, Math.max(1e-6, squares / total - (sum / total) ** 2)]
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
