/** How far down the ranking rows are listed. */
import { expectedRows, expit, shiftFor, type Trained } from './co-train.js'
import { byStyle } from './judge.js'

/** Share of all rows that may be listed although they are the label's own, by estimate: it may be two to three times as many, as they lean to the style. */
const MOST_CLEAN = 0.018
/** Share of the planted rows, by estimate, after which listing more brings only the label's own. */
const ENOUGH = 0.98
/** Share of a data set's rows among which planted ones are counted. */
const COUNTED_SHARE = 0.3
/** Share of them that is nearly all planted. */
const CLEAREST_SHARE = 0.02

/** Plain data. */
export interface Cut {
  /** Least log-odds of a listed row. */
  readonly odds: number
  /** What to add to log-odds for those of a posterior. */
  readonly shift: number
  /** Planted rows in the sample, by estimate. */
  readonly estimate: number
}

export function cutOf(trained: Trained, own: Uint8Array, estimate: number): Cut {
  const labelled = own.reduce((sum, value) => sum + value, 0)
  const shift = shiftFor(trained.odds, own, estimate / labelled)
  // A row of another label stands for as many of the label's own as there are with its content.
  const expected = expectedRows(trained.contents, own)
  const ranked = [...own.keys()].sort((a, b) => trained.odds[b]! - trained.odds[a]! || a - b)
  let clean = 0
  let covered = 0
  let last = ranked[0]!
  for (const i of ranked) {
    if (own[i] === 1) covered += expit(trained.odds[i]! + shift)
    else clean += expected[i]! / (1 - expected[i]!)
    if (clean > MOST_CLEAN * own.length || covered > ENOUGH * estimate) break
    last = i
  }
  return { odds: trained.odds[last]!, shift, estimate }
}

/**
 * From the greatest surplus of the label, over what content expects, among the rows most in the style. Content expects the
 * label of some planted rows as well: the surplus lacks those.
 */
export function plantedRows(trained: Trained, own: Uint8Array): number {
  const expected = expectedRows(trained.contents, own)
  const order = byStyle(trained)
  let surplus = 0
  let most = 1
  for (const i of order.slice(0, Math.floor(own.length * COUNTED_SHARE))) {
    surplus += own[i]! - expected[i]!
    most = Math.max(most, surplus)
  }
  const clearest = order.slice(0, Math.ceil(own.length * CLEAREST_SHARE)).filter((i) => own[i] === 1)
  const lacking = clearest.reduce((sum, i) => sum + expected[i]!, 0) / Math.max(1, clearest.length)
  const labelled = own.reduce((sum, value) => sum + value, 0)
  return Math.min(most / Math.max(0.25, 1 - lacking), labelled / 2)
}
