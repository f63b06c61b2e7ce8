/** Where each row lies: on the two axes of greatest variance of the embeddings, and between its label's rows and all others. */
import { z } from 'zod'
import { discriminantOf } from '../math/discriminant.js'
import { solvable } from '../math/linalg.js'
import {
  addVector,
  covarianceOf,
  emptyMoments,
  gridVector,
  meanOf,
  mergeMoments,
  MomentsAdder,
  regularise,
  type Moments,
} from '../math/moments.js'
import { axesOfCovariance } from '../math/principal-axes.js'
import type { Embedding, RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'
import { bottomK, mergeBottomK, offer, smallest, type BottomK } from '../sketch/bottom-k.js'
import { addRows, mergeRowBytes, placeHash, rowBytes, rowTable, type RowBytes, type RowTable } from './row-bytes.js'

/** With more labels, the label is no class. */
const MOST_CLASSES = 16
/** Rows that suffice for a covariance of a few hundred dimensions under a ridge. */
const SAMPLE = 2048
const MOST_ROWS = 300_000
/** Of a row: x, y, position, class. */
export const MAP_BYTES = 4
/** Standard deviations along an axis that the map shows to either side; what lies beyond is drawn at its edge. */
const REACH = 3.5
/** Positions that are told apart, to either side of 0. */
export const POSITION_REACH = 3
/** Of a row without a class. */
export const NO_CLASS = 255
/** Share of the mean variance added to the covariance: as the scanner `trigger` does. */
const RIDGE = 0.1

/** What the survey comes to. */
export interface MapTable {
  readonly variance: readonly [number, number]
  /** By class: label and rows; empty where the data has no classes. */
  readonly classes: readonly { readonly label: string; readonly rows: number }[]
  /** {@link MAP_BYTES} bytes a row: x and y from 0 to 255; the position, 0 at −{@link POSITION_REACH}; the class's index. */
  readonly rows: RowTable
}

/** Plain data. */
interface Gathered {
  readonly all: Moments
  /** Vectors on the encoders' grid. */
  readonly sample: BottomK<Int16Array>
  /** Null once there are too many labels. */
  classes: Map<string, Moments> | null
}

/** Plain data. */
interface Model {
  readonly variance: readonly [number, number]
  /** From a vector to a byte: scale · (vector · axis) + shift. */
  readonly axes: readonly Line[]
  readonly classes: readonly { readonly label: string; readonly rows: number; readonly line: Line }[]
}

interface Line {
  readonly weights: Float64Array
  readonly bias: number
}

const gatherPass: Pass<null, Gathered, Model> = {
  needs: ['input', 'label', 'embedding'],
  init: (_input, { embeddingDim }) => ({ all: emptyMoments(embeddingDim, false), sample: bottomK(SAMPLE), classes: new Map() }),
  observe(state, batch, embedding) {
    if (embedding === null) return
    const vector = new Float64Array(embedding.dim)
    for (let i = 0; i < batch.length; i++) {
      gridVector(embedding, i, vector)
      addVector(state.all, vector, false)
      const row = batch.rows[i]!
      offer(state.sample, placeHash(batch.file, row), batch.file, row, batch.turns[i]!, () => Int16Array.from(vector))
      const label = batch.columns.label?.[i] ?? null
      if (label !== null && state.classes !== null) addToClass(state, label, vector)
    }
  },
  merge(into, from) {
    mergeMoments(into.all, from.all)
    mergeBottomK(into.sample, from.sample)
    if (from.classes === null) into.classes = null
    for (const [label, moments] of from.classes ?? []) {
      const known = into.classes?.get(label) ?? emptyMoments(moments.dim, false)
      mergeMoments(known, moments)
      into.classes?.set(label, known)
    }
    if ((into.classes?.size ?? 0) > MOST_CLASSES) into.classes = null
    return into
  },
  finish: (state) => modelOf(state),
}

function addToClass(state: Gathered, label: string, vector: Float64Array): void {
  const moments = state.classes?.get(label) ?? emptyMoments(vector.length, false)
  addVector(moments, vector, false)
  state.classes?.set(label, moments)
  if ((state.classes?.size ?? 0) > MOST_CLASSES) state.classes = null
}

function modelOf({ all, sample, classes }: Gathered): Model {
  const { dim } = all
  const covariance = mirrored(covarianceOf(momentsOf(sample, dim)), dim)
  const { axes, offset, variances } = axesOfCovariance(covariance, meanOf(all), 2)
  let trace = 0
  for (let d = 0; d < dim; d++) trace += covariance[d * dim + d]!
  const line = (axis: number): Line => {
    // Rows that are all alike, or differ in one direction alone, lie in the middle of the others.
    if (axis >= variances.length) return { weights: new Float64Array(dim), bias: 127.5 }
    const scale = 127.5 / (REACH * Math.sqrt(variances[axis] ?? 1))
    const weights = axes.slice(axis * dim, (axis + 1) * dim).map((weight) => weight * scale)
    return { weights, bias: 127.5 - scale * (offset[axis] ?? 0) }
  }
  const share = (axis: number): number => (trace > 0 ? (variances[axis] ?? 0) / trace : 0)
  return { variance: [share(0), share(1)], axes: [line(0), line(1)], classes: classLines(all, classes, covariance) }
}

function momentsOf(sample: BottomK<Int16Array>, dim: number): Moments {
  const moments = emptyMoments(dim)
  const adder = new MomentsAdder()
  for (const { value } of smallest(sample)) adder.add(moments, Float64Array.from(value), true)
  adder.flush()
  return moments
}

function classLines(all: Moments, classes: Gathered['classes'], covariance: Float64Array): Model['classes'] {
  const list = [...(classes ?? [])].sort(([a, { count: m }], [b, { count: n }]) => n - m || (a < b ? -1 : 1))
  if (list.length < 2) return []
  const within = solvable(regularise(covariance, all.dim, RIDGE), all.dim)
  return list.map(([label, moments]) => {
    const others = list.flatMap(([other, part]) => (other === label ? [] : [part]))
    const { weights, bias } = discriminantOf(within, moments, others)
    return { label, rows: moments.count, line: { weights, bias } }
  })
}

function mirrored(lower: Float64Array, dim: number): Float64Array {
  for (let a = 0; a < dim; a++) for (let b = 0; b < a; b++) lower[b * dim + a] = lower[a * dim + b]!
  return lower
}

const placePass: Pass<Model, RowBytes, ScanResult> = {
  needs: ['input', 'label', 'embedding'],
  init: () => rowBytes(MAP_BYTES, MOST_ROWS),
  observe: (state, batch, embedding, model) => {
    if (embedding !== null) place(state, batch, embedding, model)
  },
  merge(into, from) {
    mergeRowBytes(into, from)
    return into
  },
  finish: (state, { variance, classes }, { data }): ScanResult => ({
    findings: [],
    limits: {},
    value: {
      variance,
      classes: classes.map(({ label, rows }) => ({ label, rows })),
      rows: rowTable(state, data.files.length),
    } satisfies MapTable,
  }),
}

function place(state: RowBytes, batch: RowBatch, embedding: Embedding, { axes, classes }: Model): void {
  const indices = new Map(classes.map(({ label }, index) => [label, index]))
  const rows = new Float64Array(batch.length)
  const bytes = new Uint8ClampedArray(batch.length * MAP_BYTES)
  let kept = 0
  for (let i = 0; i < batch.length; i++) {
    // A chat's turns are one row: its first stands for it.
    if (batch.turns[i] !== 0) continue
    const at = kept * MAP_BYTES
    axes.forEach((axis, k) => (bytes[at + k] = along(axis, embedding, i)))
    const index = indices.get(batch.columns.label?.[i] ?? '')
    const line = index === undefined ? undefined : classes[index]?.line
    if (line !== undefined) bytes[at + 2] = 127.5 + (127.5 / POSITION_REACH) * along(line, embedding, i)
    bytes[at + 3] = index ?? NO_CLASS
    rows[kept] = batch.rows[i]!
    kept++
  }
  addRows(state, batch.file, rows.slice(0, kept), Uint8Array.from(bytes.subarray(0, kept * MAP_BYTES)))
}

function along({ weights, bias }: Line, { vectors, dim }: Embedding, i: number): number {
  let sum = bias
  for (let d = 0; d < dim; d++) sum += weights[d]! * vectors[i * dim + d]!
  return sum
}

export const mapSurvey = defineScanner({
  id: 'survey:map',
  title: 'Map',
  description: 'places of rows by their embeddings',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: () => null,
  passes: () => [gatherPass, placePass],
})
