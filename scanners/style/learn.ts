/** End of pass 1: what the sample teaches, label by label. */
import { GRID } from '../../src/math/moments.js'
import { principalAxes, project, type PrincipalAxes } from '../../src/math/principal-axes.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { coTrain, refine, type Rows, type Views } from './co-train.js'
import { foldOf, MOST_LABELS, type GatherState, type SampleRow } from './gather.js'
import { isHopeless, judge, type Verdict } from './judge.js'
import { sparseRows, type SparseRows } from './logistic.js'
import { featuresOf, namesOf, skeletonOf, type Skeleton } from './skeleton.js'
import { cutOf, plantedRows, type Cut } from './cut.js'
import { contentLeads, contentTells, isAboutContent, styleTells } from './lead.js'
import { tellingFeatures } from './telling.js'
import { vocabularyOf, wordsOf, type Vocabulary } from './vocabulary.js'

/** Fewer rows teach no style. */
export const LEAST_ROWS = 1000
/** Fewer rows of a label hold no share that could be judged. */
const LEAST_LABEL_ROWS = 300
const DIMENSIONS = 48
/** Rows that suffice to find them: the sample is in order of a hash, so that the first of it are any. */
const AXES_ROWS = 2500
/** Two standard errors of an area under the ROC curve over one fold of few rows. */
const FOLD_ERROR = 0.04

/** A label whose rows hold a planted style. Plain data. */
export interface Planted {
  readonly label: string
  readonly views: Views
  readonly cut: Cut
  readonly verdict: Verdict
  /** The clearest features, in words. */
  readonly features: readonly string[]
}

/** Plain data. */
export interface StyleModel {
  /** Why nothing was looked for; null where something was. */
  readonly blind: string | null
  readonly rows: number
  readonly labelsJudged: number
  readonly skeleton: Skeleton
  readonly axes: PrincipalAxes
  readonly vocabulary: Vocabulary
  readonly planted: readonly Planted[]
}

export function learn(state: GatherState, dim: number): StyleModel {
  const sample = smallest(state.sample).map(({ value }) => value)
  const blind = reasonNot(state, sample.length)
  const nothing = {
    rows: sample.length,
    labelsJudged: 0,
    skeleton: skeletonOf([], []),
    axes: principalAxes([], dim, 0),
    vocabulary: new Map(),
  }
  if (blind !== null) return { ...nothing, blind, planted: [] }
  const texts = sample.map(({ text }) => text)
  const skeleton = skeletonOf(
    texts,
    sample.map(({ label }) => label),
  )
  const axes = principalAxes(vectorsOf(sample.slice(0, AXES_ROWS), dim), dim, DIMENSIONS)
  const rows = rowsOf(sample, skeleton, axes)
  const names = namesOf(skeleton)
  const planted: Planted[] = []
  // Only where they are asked.
  let vocabulary: Vocabulary = new Map()
  let words: SparseRows | null = null
  let judged = 0
  let first: Float64Array | null = null
  for (const label of [...state.labels.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    const own = Uint8Array.from(sample, (row) => (row.label === label ? 1 : 0))
    if (own.reduce((sum, value) => sum + value, 0) < LEAST_LABEL_ROWS) continue
    const byContent = contentTells(rows.points, own)
    if (!isAboutContent(byContent)) continue
    const hopeless = (styles: Float64Array, of: Uint8Array): boolean => !contentLeads(byContent, styles, of, FOLD_ERROR)
    // Of two labels, what tells one tells the other.
    const told: Float64Array | null =
      first !== null && state.labels.size === 2
        ? first.map((value) => -value)
        : styleTells(rows.points.folds, rows.style, own, hopeless)
    first ??= told
    if (told === null || !contentLeads(byContent, told, own)) continue
    judged++
    const trained = coTrain(rows, own, (now, iteration) => isHopeless(now, own, iteration))
    if (trained === null) continue
    const verdict = judge(
      trained,
      own,
      texts,
      sample.map(({ vector }) => vector),
    )
    if (!verdict.attack) continue
    if (words === null) {
      vocabulary = vocabularyOf(texts)
      words = sparseRows(
        texts.map((text) => wordsOf(vocabulary, text)),
        vocabulary.size,
      )
    }
    const estimate = plantedRows(trained, own)
    const refined = refine(rows, own, trained, words, estimate)
    const { content, slope, middle, words: wordView, style } = refined
    const features = tellingFeatures(rows.style, refined, own, names)
    planted.push({
      label,
      views: { content, slope, middle, words: wordView, style },
      cut: cutOf(refined, own, estimate),
      verdict,
      features,
    })
  }
  return {
    blind:
      judged > 0
        ? null
        : 'content does not tell these labels apart, or style tells them as well: nothing that a planted style would contradict',
    rows: sample.length,
    labelsJudged: judged,
    skeleton,
    axes,
    vocabulary,
    planted,
  }
}

function reasonNot({ labels, tooManyLabels }: GatherState, rows: number): string | null {
  if (tooManyLabels) return `more than ${MOST_LABELS} labels`
  if (labels.size < 2) return 'one label: nothing to compare with'
  return rows < LEAST_ROWS ? `${rows} rows with text and label teach no style: ${LEAST_ROWS} are needed` : null
}

function rowsOf(sample: readonly SampleRow[], skeleton: Skeleton, axes: PrincipalAxes): Rows {
  const at = new Float32Array(sample.length * axes.count)
  project(axes, vectorsOf(sample, axes.dim), at)
  const lists = sample.map(({ text }) => featuresOf(skeleton, text))
  return {
    points: { dim: axes.count, at, folds: Uint8Array.from(sample, ({ text }) => foldOf(text)) },
    style: sparseRows(lists, skeleton.features.size),
  }
}

/** Row-major [rows × dim], in units of the embedding. */
function vectorsOf(sample: readonly SampleRow[], dim: number): Float32Array {
  const vectors = new Float32Array(sample.length * dim)
  sample.forEach(({ vector }, i) => {
    for (let d = 0; d < dim; d++) vectors[i * dim + d] = vector[d]! / GRID
  })
  return vectors
}
