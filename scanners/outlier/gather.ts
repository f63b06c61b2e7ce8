import type { RowBatch, Embedding } from '../../src/model/row-batch.js'
import { mix32 } from '../../src/math/random.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import { SURFACE_FEATURES, surfaceFeatures } from './surface.js'

/** More classes than this and the label is not a class: all rows are compared with all. Bounds the state. */
const MAX_CLASSES = 32
const ALL_SAMPLE = 2048
/** Steps of the grid that vectors lie on, per unit: a sixteenth of the memory of doubles, and exact. */
const GRID = 8192

/** A row as the forests see it before rotation. */
export interface SampleRow {
  /** On the grid of 1/8192. */
  readonly vector: Int16Array
  /** Surface features of the input, then of the output where the data set has one. */
  readonly surface: Float32Array
}

export interface ClassSample {
  count: number
  readonly sample: BottomK<SampleRow>
}

/** First pass: how many rows each class has, and a uniform sample of all rows and of each class's. */
export interface GatherState {
  rows: number
  readonly all: BottomK<SampleRow>
  readonly classes: Map<string, ClassSample>
  tooManyClasses: boolean
}

export function gatherState(subsample: number): GatherState {
  return { rows: 0, all: bottomK(Math.max(ALL_SAMPLE, 2 * subsample)), classes: new Map(), tooManyClasses: false }
}

export function gather(
  state: GatherState,
  batch: RowBatch,
  embedding: Embedding | null,
  outputs: boolean,
  subsample: number,
  seed: number,
): void {
  for (let i = 0; i < batch.length; i++) {
    const row = batch.rows[i]!
    const turn = batch.turns[i]!
    const key = sampleKey(seed, batch.file, row, turn)
    let made: SampleRow | null = null
    const make = (): SampleRow => (made ??= sampleRow(batch, embedding, i, outputs))
    state.rows++
    offer(state.all, key, batch.file, row, turn, make)
    const bucket = classSample(state, classKey(batch, i), subsample)
    if (bucket === null) continue
    bucket.count++
    offer(bucket.sample, key, batch.file, row, turn, make)
  }
}

export function mergeGathered(into: GatherState, from: GatherState, subsample: number): GatherState {
  into.rows += from.rows
  mergeBottomK(into.all, from.all)
  if (from.tooManyClasses) giveUpClasses(into)
  for (const [label, other] of from.classes) {
    const bucket = classSample(into, label, subsample)
    if (bucket === null) break
    bucket.count += other.count
    mergeBottomK(bucket.sample, other.sample)
  }
  return into
}

/** The label as a key of bounded length; null where there is none. */
export function classKey(batch: RowBatch, i: number): string | null {
  return batch.columns.label?.[i]?.slice(0, 200) ?? null
}

/** Writes the surface features of an example's input, then of its output where the data set has one. */
export function surfaceOf(batch: RowBatch, i: number, outputs: boolean, out: Float32Array, at: number): void {
  surfaceFeatures(batch.input[i] ?? '', out, at)
  if (outputs) surfaceFeatures(batch.output?.[i] ?? '', out, at + SURFACE_FEATURES.length)
}

export function surfaceWidth(outputs: boolean): number {
  return SURFACE_FEATURES.length * (outputs ? 2 : 1)
}

/** Writes a vector as it was observed, up to the grid, to `out` from `at`. */
export function fromGrid(vector: Int16Array, out: Float32Array, at: number): void {
  for (let d = 0; d < vector.length; d++) out[at + d] = vector[d]! / GRID
}

/** Uniform in the place of a row and nothing else, so that copies of a text are sampled as often as they occur. */
function sampleKey(seed: number, file: number, row: number, turn: number): number {
  const high = mix32(mix32(mix32(seed ^ 0x2545f491) ^ file) ^ (row % 0x100000000))
  const low = mix32(high ^ mix32(turn ^ 0x1b873593) ^ Math.floor(row / 0x100000000))
  return high * 0x200000 + (low >>> 11)
}

function sampleRow(batch: RowBatch, embedding: Embedding | null, i: number, outputs: boolean): SampleRow {
  const dim = embedding?.dim ?? 0
  const vector = new Int16Array(dim)
  for (let d = 0; d < dim; d++) vector[d] = Math.max(-32768, Math.min(32767, Math.round(embedding!.vectors[i * dim + d]! * GRID)))
  const surface = new Float32Array(surfaceWidth(outputs))
  surfaceOf(batch, i, outputs, surface, 0)
  return { vector, surface }
}

function classSample(state: GatherState, label: string | null, subsample: number): ClassSample | null {
  if (label === null || state.tooManyClasses) return null
  const known = state.classes.get(label)
  if (known) return known
  if (state.classes.size === MAX_CLASSES) {
    giveUpClasses(state)
    return null
  }
  const fresh: ClassSample = { count: 0, sample: bottomK(2 * subsample) }
  state.classes.set(label, fresh)
  return fresh
}

function giveUpClasses(state: GatherState): void {
  state.tooManyClasses = true
  state.classes.clear()
}
