/** Whether labels are about content. Where style tells them by itself, one that carries a label is nothing unusual. */
import { fitContent, margin, type Points } from './content.js'

/** How much better than chance content must tell the label, and how much better than style. */
const LEAST_CONTENT = 0.6
const LEAST_LEAD = 0.02
/** Labels that style tells as well as this are of style, too. */
const MOST_STYLE = 0.93

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
