import type { PrincipalAxes } from '../../src/math/principal-axes.js'
import { principalAxes, project } from '../../src/math/principal-axes.js'
import { hash32, random } from '../../src/math/random.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Forest } from './forest.js'
import { growForest } from './forest.js'
import type { GatherState, SampleRow } from './gather.js'
import { fromGrid } from './gather.js'
import type { OutlierOptions } from './options.js'
import { SURFACE_FEATURES } from './surface.js'

/** About fifteen of a tree's 256 points. Of 4, 6 and 8 %, 6 % listed most odd rows among the fewest others (README). */
const BACKGROUND_SHARE = 0.06

/** Two ways of being unlike the rest, each with its own forest: one would drown in the other's dimensions. */
export const VIEWS = ['meaning', 'looks'] as const
export type View = (typeof VIEWS)[number]

/** Rows that are compared with each other. */
export interface Group {
  /** Null: all rows whose class is too small, unknown or not a class. */
  readonly label: string | null
  readonly forests: Readonly<Record<View, Forest>>
}

/** What the second pass scores with. Plain data. */
export interface OutlierModel {
  readonly axes: PrincipalAxes
  /** Number of surface features. */
  readonly surface: number
  /** The first group takes every row that no other one does; its forests are grown on rows of all classes. */
  readonly groups: readonly Group[]
  readonly groupOf: ReadonlyMap<string, number>
  readonly tooManyClasses: boolean
}

/** A class needs twice a tree's subsample of rows for forests of its own. */
export function fitModel(state: GatherState, dim: number, surface: number, options: OutlierOptions, seed: number): OutlierModel {
  const axes = principalAxes(vectorsOf(state.all, dim), dim, options.dimensions)
  const group = (rows: BottomK<SampleRow>, label: string | null): Group => {
    const grow = (view: View, points: Float32Array, features: number): Forest =>
      growForest(points, features, { ...options, seed: hash32(`${view} ${label === null ? '' : `=${label}`}`, seed) })
    return {
      label,
      forests: {
        meaning: grow('meaning', meanings(axes, rows), axes.count),
        looks: grow('looks', looks(rows, surface, seed), surface),
      },
    }
  }
  const groups = [group(state.all, null)]
  const groupOf = new Map<string, number>()
  const large = [...state.classes].filter(([, { count }]) => count >= 2 * options.subsample)
  for (const [label, { sample }] of large.sort(([a], [b]) => (a < b ? -1 : 1))) {
    groupOf.set(label, groups.length)
    groups.push(group(sample, label))
  }
  return { axes, surface, groups, groupOf, tooManyClasses: state.tooManyClasses }
}

function vectorsOf(rows: BottomK<SampleRow>, dim: number): Float32Array {
  const sample = smallest(rows)
  const vectors = new Float32Array(sample.length * dim)
  sample.forEach(({ value }, i) => fromGrid(value.vector, vectors, i * dim))
  return vectors
}

function meanings(axes: PrincipalAxes, rows: BottomK<SampleRow>): Float32Array {
  const points = new Float32Array(smallest(rows).length * axes.count)
  project(axes, vectorsOf(rows, axes.dim), points)
  return points
}

/**
 * Surface features of the sample and a few points drawn uniformly from all values that there can be. Without these a
 * forest never cuts where its sample does not vary, and is blind to the first digit or the first Chinese letter.
 */
function looks(rows: BottomK<SampleRow>, surface: number, seed: number): Float32Array {
  const sample = smallest(rows)
  const background = Math.ceil(sample.length * BACKGROUND_SHARE)
  const points = new Float32Array((sample.length + background) * surface)
  sample.forEach(({ value }, i) => points.set(value.surface, i * surface))
  const next = random(seed)
  for (let at = sample.length * surface; at < points.length; at++) {
    const [low, high] = SURFACE_FEATURES[at % SURFACE_FEATURES.length]!.range
    points[at] = low + next() * (high - low)
  }
  return points
}
