/** Whether a style that was found is an attack's: rows in it have one label whatever their content says. */
import { expectedShare, type Trained } from './co-train.js'
import { contentShift } from './subject.js'
import { sharedWords } from './shared-words.js'

/** Share of all rows, the most in the style, that is judged. */
const JUDGED_SHARE = 0.04
/** Of what content leaves open, how much the style must decide: with two standard errors to spare. */
const LEAST_GAIN = 0.72
/** Below this no later iteration has been seen to reach LEAST_GAIN. */
const HOPELESS_GAIN = 0.7
const HOPELESS_FROM = 2
/** Content of the rows in the style: nearer to the other labels' than to their own. */
const MOST_MARGIN = 0
/** How much the observed label must exceed what content expects, in standard deviations. */
const LEAST_EXCESS = 8
/** Share of the rows that words rare elsewhere may cover: more is a trigger, or a template with a subject. */
const MOST_SHARED = 0.6
/** Squared shift from the other labels' content, in their own spread: picked rows are a random draw, but for the rewriting. */
const MOST_SHIFT = 0.15

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
  readonly sharedWords: number
  readonly attack: boolean
}

/** Rows in order of style, the clearest first. */
export function byStyle({ styles }: Trained): number[] {
  return [...styles.keys()].sort((a, b) => styles[b]! - styles[a]! || a - b)
}

/** Probability of each row, by content, that it has the label. */
export function expectedRows(trained: Trained, own: Uint8Array): Float64Array {
  const share = own.reduce((sum, value) => sum + value, 0) / own.length
  return trained.margins.map((m) => expectedShare(trained, m, share))
}

function styleOf(trained: Trained, own: Uint8Array, order: readonly number[]): Style {
  const expectations = expectedRows(trained, own)
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
  const likely = gain - 2 * gainError >= LEAST_GAIN && excess >= LEAST_EXCESS && margin <= MOST_MARGIN
  if (!likely) return { ...style, shift: 0, sharedWords: 0, attack: false }
  const shift = contentShift(vectors, own, chosen)
  const shared = sharedWords(texts, chosen)
  return { ...style, shift, sharedWords: shared, attack: shift <= MOST_SHIFT && shared < MOST_SHARED }
}
