import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import { project } from '../../src/math/principal-axes.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import type { OutlierModel, View } from './fit.js'
import { VIEWS } from './fit.js'
import type { Forest } from './forest.js'
import { isolationScores } from './forest.js'
import { classKey, surfaceOf } from './gather.js'
import { countScore, scoreHistogram } from './tail.js'

/** Most rows that are remembered of a group. */
export const MAX_ROWS = 2000
const SHOWN = 5

/** One group in one view: all scores as a histogram, the highest one by one, and what the very highest look like. */
export interface GroupScores {
  rows: number
  readonly histogram: Float64Array
  /** Keys are negated scores. */
  readonly top: BottomK<null>
  readonly shown: BottomK<Example>
}

/** Second pass: the scores of each group, in the order of the model's groups. */
export type ScoreState = Readonly<Record<View, readonly GroupScores[]>>

export function scoreState(model: OutlierModel): ScoreState {
  const groups = () =>
    model.groups.map(() => ({
      rows: 0,
      histogram: scoreHistogram(),
      top: bottomK<null>(MAX_ROWS),
      shown: bottomK<Example>(SHOWN),
    }))
  return { meaning: groups(), looks: groups() }
}

export function score(
  state: ScoreState,
  batch: RowBatch,
  embedding: Embedding | null,
  model: OutlierModel,
  outputs: boolean,
): void {
  const { axes, surface } = model
  const meaning = new Float32Array(batch.length * axes.count)
  if (embedding !== null) project(axes, embedding.vectors, meaning)
  const looks = new Float32Array(batch.length * surface)
  for (let i = 0; i < batch.length; i++) surfaceOf(batch, i, outputs, looks, i * surface)
  membersOf(batch, model).forEach((members, g) => {
    const { forests } = model.groups[g]!
    if (members.length === 0) return
    if (axes.count > 0) record(state.meaning[g]!, batch, members, forests.meaning, meaning)
    record(state.looks[g]!, batch, members, forests.looks, looks)
  })
}

export function mergeScores(into: ScoreState, from: ScoreState): ScoreState {
  for (const view of VIEWS) {
    into[view].forEach((group, g) => {
      const other = from[view][g]!
      group.rows += other.rows
      for (let bin = 0; bin < group.histogram.length; bin++) group.histogram[bin] = group.histogram[bin]! + other.histogram[bin]!
      mergeBottomK(group.top, other.top)
      mergeBottomK(group.shown, other.shown)
    })
  }
  return into
}

/** Examples of each group, by index into the batch. */
function membersOf(batch: RowBatch, model: OutlierModel): Int32Array[] {
  const members: number[][] = model.groups.map(() => [])
  for (let i = 0; i < batch.length; i++) {
    const label = classKey(batch, i)
    members[(label === null ? undefined : model.groupOf.get(label)) ?? 0]!.push(i)
  }
  return members.map((list) => Int32Array.from(list))
}

function record(group: GroupScores, batch: RowBatch, members: Int32Array, forest: Forest, points: Float32Array): void {
  const scores = isolationScores(forest, points, members)
  for (let m = 0; m < members.length; m++) {
    const i = members[m]!
    const row = batch.rows[i]!
    const turn = batch.turns[i]!
    group.rows++
    countScore(group.histogram, scores[m]!)
    offer(group.top, -scores[m]!, batch.file, row, turn, () => null)
    offer(group.shown, -scores[m]!, batch.file, row, turn, () => openingOf(batch, i))
  }
}
