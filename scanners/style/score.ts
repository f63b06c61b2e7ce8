/** Pass 2: which rows are in a planted style. */
import { project } from '../../src/math/principal-axes.js'
import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import type { EmbeddingRequest } from '../../src/scanner.js'
import { bottomK, mergeBottomK, offer, type BottomK } from '../../src/sketch/bottom-k.js'
import { clip, expit, oddsOf } from './co-train.js'
import { margin } from './content.js'
import { foldOf, labelOf, textOf } from './gather.js'
import type { Planted } from './learn-label.js'
import type { StyleModel } from './learn.js'
import { hasRun } from './shared-words.js'
import { featuresOf } from './skeleton.js'
import { wordIndices } from './vocabulary.js'

const EXAMPLES = 5

/** Of one planted style. Plain data. */
export interface Listed {
  rows: { file: number; row: number; score: number }[]
  /** Keyed by minus the log-odds. */
  readonly examples: BottomK<Example>
}

/** Plain data. */
export interface ScoreState {
  readonly planted: readonly Listed[]
}

export function scoreState(model: StyleModel): ScoreState {
  return { planted: model.planted.map(() => ({ rows: [], examples: bottomK<Example>(EXAMPLES) })) }
}

/** Only rows of labels with a planted style: on clean data none. */
export function requestOf(model: StyleModel, batch: RowBatch): EmbeddingRequest {
  const index = Int32Array.from(batch.rows.keys()).filter((i) => candidate(model, batch, i) >= 0)
  return { index, texts: Array.from(index, (i) => batch.input[i]!) }
}

export function score(state: ScoreState, batch: RowBatch, embedding: Embedding | null, model: StyleModel): void {
  if (model.planted.length === 0 || embedding === null) return
  const { axes } = model
  let next = 0
  const at = new Float32Array(axes.count)
  for (let i = 0; i < batch.length; i++) {
    const p = candidate(model, batch, i)
    if (p < 0) continue
    const vector = embedding.vectors.subarray(next * axes.dim, (next + 1) * axes.dim)
    next++
    project(axes, vector, at)
    const { cut, views, verdict } = model.planted[p]!
    if (verdict.needsShared && !hasRun(textOf(batch, i)!, verdict.shared.run)) continue
    const odds = oddsOfRow(model, views, textOf(batch, i)!, at)
    if (odds < cut.odds) continue
    const file = batch.file
    const row = batch.rows[i]!
    const listed = state.planted[p]!
    listed.rows.push({ file, row, score: expit(odds + cut.shift) })
    offer(listed.examples, -odds, file, row, batch.turns[i]!, () => openingOf(batch, i))
  }
}

export function mergeScores(into: ScoreState, from: ScoreState): ScoreState {
  from.planted.forEach(({ rows, examples }, p) => {
    const listed = into.planted[p]!
    listed.rows = listed.rows.concat(rows)
    mergeBottomK(listed.examples, examples)
  })
  return into
}

/** Index of the planted style that has the row's label, or −1. */
function candidate({ planted }: StyleModel, batch: RowBatch, i: number): number {
  const label = labelOf(batch, i)
  return label === null || textOf(batch, i) === null ? -1 : planted.findIndex((one) => one.label === label)
}

function oddsOfRow({ skeleton, vocabulary, axes }: StyleModel, views: Planted['views'], text: string, at: Float32Array): number {
  const fold = foldOf(text)
  const points = { dim: axes.count, at, folds: new Uint8Array(1) }
  let content = views.slope * (margin(views.content[fold]!, points, 0) - views.middle)
  if (views.words !== null) content += sumOf(views.words.weights[fold]!, wordIndices(vocabulary, text)) - views.words.prior
  return oddsOf(sumOf(views.style[fold]!, featuresOf(skeleton, text)), clip(content), views.words)
}

/** The intercept and the weights of features. */
function sumOf(weights: Float64Array, features: readonly number[]): number {
  let sum = weights[weights.length - 1]!
  for (const feature of features) sum += weights[feature]!
  return sum
}
