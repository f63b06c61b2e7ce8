/** Pass 1: how many rows each label has, and a uniform sample of rows. */
import { GRID } from '../../src/math/moments.js'
import { hash32, hash53, mix32 } from '../../src/math/random.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import { bottomK, mergeBottomK, offer, type BottomK } from '../../src/sketch/bottom-k.js'

/** Rows that the style is learned from. */
const SAMPLE_ROWS = 8_000
/** More distinct values than this are not classes, or leave too few rows to each. */
export const MOST_LABELS = 10
/** What is read of a text, in UTF-16 units: style shows early. */
const TEXT_UNITS = 600
const LABEL_UNITS = 200
export const FOLDS = 3

/** Plain data. */
export interface SampleRow {
  readonly label: string
  readonly text: string
  /** On the grid of 1/8192. */
  readonly vector: Int16Array
}

/** Plain data. */
export interface GatherState {
  readonly labels: Map<string, number>
  /** Set once there are more than MOST_LABELS values. */
  tooManyLabels: boolean
  readonly sample: BottomK<SampleRow>
}

export function gatherState(): GatherState {
  return { labels: new Map(), tooManyLabels: false, sample: bottomK(SAMPLE_ROWS) }
}

export function gather(state: GatherState, batch: RowBatch, embedding: Embedding, seed: number): void {
  for (let i = 0; i < batch.length && !state.tooManyLabels; i++) {
    const text = textOf(batch, i)
    const label = labelOf(batch, i)
    if (text === null || label === null) continue
    count(state, label, 1)
    // By content: where a row stands changes neither the sample nor its order.
    const key = hash53(`${label}\u0000${text}`, seed)
    offer(state.sample, key, batch.file, batch.rows[i]!, batch.turns[i]!, () => ({ label, text, vector: gridOf(embedding, i) }))
  }
}

export function mergeGathered(into: GatherState, from: GatherState): GatherState {
  if (from.tooManyLabels) giveUp(into)
  for (const [label, rows] of from.labels) count(into, label, rows)
  if (!into.tooManyLabels) mergeBottomK(into.sample, from.sample)
  return into
}

/** What is judged of a row's text; null where there is none. */
export function textOf(batch: RowBatch, i: number): string | null {
  const text = batch.input[i]?.slice(0, TEXT_UNITS) ?? ''
  return text === '' ? null : text
}

/** The label as a key of bounded length; null where there is none. */
export function labelOf(batch: RowBatch, i: number): string | null {
  return batch.columns.label?.[i]?.slice(0, LABEL_UNITS) ?? null
}

/** The fold of a text: copies of a text share it, so that none is judged by what was learned from the other. */
export function foldOf(text: string): number {
  return mix32(hash32(text) ^ 0x1b56c4e9) % FOLDS
}

function gridOf({ dim, vectors }: Embedding, i: number): Int16Array {
  const grid = new Int16Array(dim)
  for (let d = 0; d < dim; d++) grid[d] = Math.max(-32768, Math.min(32767, Math.round(vectors[i * dim + d]! * GRID)))
  return grid
}

function count(state: GatherState, label: string, rows: number): void {
  if (state.tooManyLabels) return
  state.labels.set(label, (state.labels.get(label) ?? 0) + rows)
  if (state.labels.size > MOST_LABELS) giveUp(state)
}

/** What was kept until there were too many labels depends on the order of rows. */
function giveUp(state: GatherState): void {
  state.tooManyLabels = true
  state.labels.clear()
  Object.assign(state.sample, bottomK(SAMPLE_ROWS))
}
