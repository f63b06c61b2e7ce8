/** One label among the others: whether it is about content, and whether a style carries it all the same. */
import { coTrain, refine, type Rows, type Trained, type Views } from './co-train.js'
import { cutOf, plantedRows, type Cut } from './cut.js'
import { isHopeless, judge, type Verdict } from './judge.js'
import { contentLeads, contentTells, isAboutContent, styleTells } from './lead.js'
import type { SparseRows } from './logistic.js'
import { tellingFeatures } from './telling.js'

/** Fewer rows of a label hold no share that could be judged. */
const LEAST_LABEL_ROWS = 300
/** Two standard errors of an area under the ROC curve over one fold of few rows. */
const FOLD_ERROR = 0.04

/** What all labels are learned from: the rows of the sample, in its order. */
export interface Lesson {
  readonly texts: readonly string[]
  /** On the grid of 1/8192. */
  readonly vectors: readonly Int16Array[]
  readonly rows: Rows
  /** Of the features of style, in words. */
  readonly names: readonly string[]
}

export interface LabelRows {
  readonly label: string
  /** Whether a row has it. */
  readonly own: Uint8Array
}

/** A label, and the style that carries it whatever the content says. */
export interface Attack extends LabelRows {
  readonly trained: Trained
  readonly verdict: Verdict
}

/** A label whose rows hold a planted style. Plain data. */
export interface Planted {
  readonly label: string
  readonly views: Views
  readonly cut: Cut
  readonly verdict: Verdict
  /** The clearest features, in words. */
  readonly features: readonly string[]
}

/** Labels that content tells, and better than style does: of the others, a style that carries the label is nothing unusual. */
export function labelsAboutContent({ rows }: Lesson, labels: readonly LabelRows[]): LabelRows[] {
  let first: Float64Array | null = null
  return labels.filter(({ own }) => {
    if (own.reduce((sum, value) => sum + value, 0) < LEAST_LABEL_ROWS) return false
    const byContent = contentTells(rows.points, own)
    if (!isAboutContent(byContent)) return false
    const hopeless = (styles: Float64Array, of: Uint8Array): boolean => !contentLeads(byContent, styles, of, FOLD_ERROR)
    // Of two labels, what tells one tells the other.
    const told: Float64Array | null =
      first !== null && labels.length === 2
        ? first.map((value) => -value)
        : styleTells(rows.points.folds, rows.style, own, hopeless)
    first ??= told
    return told !== null && contentLeads(byContent, told, own)
  })
}

/** Null where no style carries the label. */
export function attackOn({ texts, vectors, rows }: Lesson, { label, own }: LabelRows): Attack | null {
  const trained = coTrain(rows, own, (now, iteration) => isHopeless(now, own, iteration))
  if (trained === null) return null
  const verdict = judge(trained, own, texts, vectors)
  return verdict.attack ? { label, own, trained, verdict } : null
}

/** @param words of each row, by which content is asked once more */
export function plantedBy({ rows, names }: Lesson, { label, own, trained, verdict }: Attack, words: SparseRows): Planted {
  const estimate = plantedRows(trained, own)
  const refined = refine(rows, own, trained, words, estimate)
  const { content, slope, middle, words: wordView, style } = refined
  return {
    label,
    views: { content, slope, middle, words: wordView, style },
    cut: cutOf(refined, own, estimate),
    verdict,
    features: tellingFeatures(rows.style, refined, own, names),
  }
}
