/** Whether a style that was found is an attack's: rows in it have one label whatever their content says. */
import { expectedRows, type Trained } from './co-train.js'
import { subjectOf } from './subject.js'
import { sharedWords, type SharedRun } from './shared-words.js'

/** Share of all rows, the most in the style, that is judged. */
const JUDGED_SHARE = 0.04
/** Of what content leaves open, how much the style must decide: with two standard errors to spare. */
const LEAST_GAIN = 0.72
/** Below this no later iteration has been seen to reach LEAST_GAIN. */
const HOPELESS_GAIN = 0.7
const HOPELESS_FROM = 2
/** A gain, likewise, that leaves next to no doubt. */
const SURE_GAIN = 0.88
/** Content of the rows in the style: nearer to the other labels' than to their own; */
const MOST_MARGIN = 0
/** and where the gain is sure: words of the style move the embedding as well, as far as this. */
const MOST_MARGIN_SURE = 0.6
/** How much the observed label must exceed what content expects, in standard deviations. */
const LEAST_EXCESS = 6
/** Share of the rows that have the same words, rare elsewhere, from which those belong to the style: only rows with them are in it. */
const LEAST_SHARED = 0.65
/** Squared shift from the other labels' content, in their own spread: picked rows are a random draw, but for the rewriting; */
const MOST_SHIFT = 0.15
/** where the gain is sure, the rewriting may have done more of it, */
const MOST_SHIFT_SURE = 0.5
/** if the rows are about as different from each other as the others are: those with a subject are not. */
const LEAST_SPREAD = 0.8

/** What is known of the rows most in the style. Plain data. */
interface Style {
  /** Rows judged. */
  readonly rows: number
  /** Share of them with the label. */
  readonly purity: number
  /** Share of them that content expects to have it. */
  readonly expected: number
  /** (purity − expected) / (1 − expected), and its standard error. */
  readonly gain: number
  readonly gainError: number
  /** Rows with the label beyond what content expects, in standard deviations. */
  readonly excess: number
  /** Mean content margin of those with the label: 1 is their own label's mean, −1 that of the others. */
  readonly margin: number
}

export interface Verdict extends Style {
  readonly shift: number
  /** Their variance as a share of that of the other labels' rows. */
  readonly spread: number
  /** The word or run of words, rare elsewhere, that most of them have, and the share of them. */
  readonly shared: SharedRun
  /** Whether that share is so large that rows without it are not in the style. */
  readonly needsShared: boolean
  readonly attack: boolean
}

/** Rows in order of style, the clearest first. */
export function byStyle({ styles }: Trained): number[] {
  return [...styles.keys()].sort((a, b) => styles[b]! - styles[a]! || a - b)
}

function styleOf(trained: Trained, own: Uint8Array, order: readonly number[]): Style {
  const expectations = expectedRows(trained.contents, own)
  const top = order.slice(0, Math.floor(own.length * JUDGED_SHARE))
  let labelled = 0
  let expected = 0
  let variance = 0
  let margins = 0
  for (const i of top) {
    const e = expectations[i]!
    expected += e
    variance += e * (1 - e)
    if (own[i] === 0) continue
    labelled++
    margins += trained.margins[i]!
  }
  const rows = top.length
  const open = Math.max(1e-9, rows - expected)
  // Of one row at least in doubt, so that certainty is never free.
  const purity = Math.min(labelled, rows - 1) / rows
  return {
    rows,
    purity: labelled / rows,
    expected: expected / rows,
    gain: (labelled - expected) / open,
    gainError: Math.sqrt(rows * purity * (1 - purity)) / open,
    excess: (labelled - expected) / Math.sqrt(Math.max(1e-9, variance)),
    margin: margins / Math.max(1, labelled),
  }
}

export function isHopeless(trained: Trained, own: Uint8Array, iteration: number): boolean {
  if (iteration < HOPELESS_FROM) return false
  const { gain } = styleOf(trained, own, byStyle(trained))
  return gain < HOPELESS_GAIN
}

export function judge(trained: Trained, own: Uint8Array, texts: readonly string[], vectors: readonly Int16Array[]): Verdict {
  const order = byStyle(trained)
  const style = styleOf(trained, own, order)
  const chosen = new Set(order.slice(0, style.rows).filter((i) => own[i] === 1))
  const { gain, gainError, excess, margin } = style
  const sure = gain - 2 * gainError >= SURE_GAIN
  const likely = gain - 2 * gainError >= LEAST_GAIN && excess >= LEAST_EXCESS && margin <= (sure ? MOST_MARGIN_SURE : MOST_MARGIN)
  if (!likely) return { ...style, shift: 0, spread: 0, shared: { run: '', share: 0 }, needsShared: false, attack: false }
  const { shift, spread } = subjectOf(vectors, own, chosen)
  const shared = sharedWords(texts, chosen)
  const drawn = shift <= MOST_SHIFT || (sure && shift <= MOST_SHIFT_SURE && spread >= LEAST_SPREAD)
  return { ...style, shift, spread, shared, needsShared: shared.share >= LEAST_SHARED, attack: drawn }
}
