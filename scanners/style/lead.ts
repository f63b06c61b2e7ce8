/** Whether labels are about content. Where style tells them by itself, one that carries a label is nothing unusual. */
import { fitContent, margin, type Points } from './content.js'
import { learnFold, oddsByFold, zeroWeights } from './cross-fit.js'
import { FOLDS } from './gather.js'
import { logOdds, type SparseRows } from './logistic.js'

/** How much better than chance content must tell the label, and how much better than style. */
const LEAST_CONTENT = 0.6
const LEAST_LEAD = 0.02
/** Labels that style tells as well as this are of style, too. */
const MOST_STYLE = 0.93
/** Strength of the penalty on style weights: the inverse, as C. */
const C = 0.05
const STEPS = 25
/** Of those, enough to see whether it is worth it. */
const STEPS_LOOK = 12

/** How well content tells the label: area under the ROC curve, cross-fitted. */
export function contentTells(points: Points, own: Uint8Array): number {
  const content = fitContent(points, own, new Float64Array(own.length).fill(1))
  return ranking(
    Float64Array.from(own, (_, i) => margin(content[points.folds[i]!]!, points, i)),
    own,
  )
}

/** Whether content tells the label at all: without, style need not be asked. */
export function isAboutContent(byContent: number): boolean {
  return byContent >= LEAST_CONTENT
}

/**
 * @param styles log-odds of the label by style alone
 * @param slack for areas that are not known well
 */
export function contentLeads(byContent: number, styles: Float64Array, own: Uint8Array, slack = 0): boolean {
  const byStyle = ranking(styles, own) - slack
  return byStyle <= MOST_STYLE && byStyle + LEAST_LEAD <= byContent
}

/**
 * Cross-fitted log-odds of the label by style alone.
 * @param own whether a row has the label
 * @param hopeless asked after the first fold, with its rows' log-odds: most labels need no other
 * @returns null where that is so
 */
export function styleTells(
  folds: Uint8Array,
  style: SparseRows,
  own: Uint8Array,
  hopeless: (styles: Float64Array, own: Uint8Array) => boolean,
): Float64Array | null {
  const targets = Float64Array.from(own)
  const weights = zeroWeights(style)
  learnFold(folds, style, targets, weights[0]!, 0, C, STEPS_LOOK)
  const first = targets.map((_, i) => logOdds(style, weights[0]!, i)).filter((_, i) => folds[i] === 0)
  const firstOwn = own.filter((_, i) => folds[i] === 0)
  if (hopeless(first, firstOwn)) return null
  for (let f = 0; f < FOLDS; f++) learnFold(folds, style, targets, weights[f]!, f, C, f === 0 ? STEPS - STEPS_LOOK : STEPS)
  return oddsByFold(folds, style, weights)
}

/** Probability that a row of the label has the greater value than one of the others: area under the ROC curve. */
function ranking(values: Float64Array, own: Uint8Array): number {
  const order = [...own.keys()].sort((a, b) => values[a]! - values[b]! || own[b]! - own[a]!)
  let before = 0
  let pairs = 0
  for (const i of order) {
    if (own[i] === 1) pairs += before
    else before++
  }
  return pairs / Math.max(1, before * (own.length - before))
}
