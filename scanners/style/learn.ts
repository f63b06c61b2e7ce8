/** End of pass 1: what the sample teaches, label by label. */
import { GRID } from '../../src/math/moments.js'
import { principalAxes, project, type PrincipalAxes } from '../../src/math/principal-axes.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Rows } from './co-train.js'
import { foldOf, MOST_LABELS, type GatherState, type SampleRow } from './gather.js'
import { attackOn, labelsAboutContent, plantedBy, type Attack, type Lesson, type Planted } from './learn-label.js'
import { sparseRows } from './logistic.js'
import { featuresOf, namesOf, skeletonOf, type Skeleton } from './skeleton.js'
import { vocabularyOf, wordIndices, type Vocabulary } from './vocabulary.js'

/** Fewer rows teach no style. */
export const LEAST_ROWS = 1000
const DIMENSIONS = 48
/** Rows that suffice to find them: the sample is in order of a hash, so that the first of it are any. */
const AXES_ROWS = 2500
const NOTHING_UNUSUAL =
  'content does not tell these labels apart, or style tells them as well: nothing that a planted style would contradict'

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

/** @param dim of the embeddings */
export function learn(state: GatherState, dim: number): StyleModel {
  const sample = smallest(state.sample).map(({ value }) => value)
  const blind = reasonNot(state, sample.length)
  if (blind !== null) return { ...blindModel(sample.length, dim), blind }
  const texts = sample.map(({ text }) => text)
  const labels = sample.map(({ label }) => label)
  const skeleton = skeletonOf(texts, labels)
  const axes = principalAxes(vectorsOf(sample.slice(0, AXES_ROWS), dim), dim, DIMENSIONS)
  const lesson: Lesson = {
    texts,
    vectors: sample.map(({ vector }) => vector),
    rows: rowsOf(sample, skeleton, axes),
    names: namesOf(skeleton),
  }
  const known = [...state.labels.keys()].sort((a, b) => (a < b ? -1 : 1))
  const judged = labelsAboutContent(
    lesson,
    known.map((label) => ({ label, own: Uint8Array.from(labels, (other) => (other === label ? 1 : 0)) })),
  )
  const attacks = judged.flatMap((label) => attackOn(lesson, label) ?? [])
  return {
    blind: judged.length > 0 ? null : NOTHING_UNUSUAL,
    rows: sample.length,
    labelsJudged: judged.length,
    skeleton,
    axes,
    ...refined(lesson, attacks),
  }
}

/** The attacks judged once more, by words: these are counted only where there is one. */
function refined(lesson: Lesson, attacks: readonly Attack[]): Pick<StyleModel, 'vocabulary' | 'planted'> {
  if (attacks.length === 0) return { vocabulary: new Map(), planted: [] }
  const vocabulary = vocabularyOf(lesson.texts)
  const lists = lesson.texts.map((text) => wordIndices(vocabulary, text))
  const words = sparseRows(lists, vocabulary.size)
  return { vocabulary, planted: attacks.map((attack) => plantedBy(lesson, attack, words)) }
}

function blindModel(rows: number, dim: number): Omit<StyleModel, 'blind'> {
  return {
    rows,
    labelsJudged: 0,
    skeleton: skeletonOf([], []),
    axes: principalAxes([], dim, 0),
    vocabulary: new Map(),
    planted: [],
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
