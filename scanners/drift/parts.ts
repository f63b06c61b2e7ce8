/**
 * A file as parts, each in random order but for blocks put into it: natural concatenations and sorted data come apart, so
 * that a block is held against its own surroundings. Binary segmentation (Scott & Knott 1974) by the likelihood of all features.
 */
import type { GridState } from './grid.js'
import type { Layout } from './layout.js'
import { FAMILIES } from './layout.js'
import { orderOf, type Order } from './random-order.js'
import { countOf, rowsOf, stretchOf, totalOf, without, type Stretch } from './stretch.js'
import { leastLikely, tellingOf, windowsOf, type Window } from './windows.js'

/** Too little to say whether it is in random order. */
const FEWEST_CELLS = 32
const FEWEST_ROWS = 200
/** Of one part; where more remain, it is not a part in random order. */
const MOST_BLOCKS = 3
/** Share of a part's rows: what is more is a part of its own. */
const LARGEST_BLOCK = 0.25
/** Data that falls into more parts than these has no parts: it drifts. */
const MOST_PARTS = 8

/** Cells on each side of a border, in which both parts may have rows: not looked at. */
const BORDER = 1

/** Cells [first, end) unlike the rest of their part. */
export interface RawBlock {
  readonly first: number
  readonly end: number
  /** Beyond chance, the most telling first. */
  readonly telling: readonly { readonly feature: number; readonly excess: number }[]
}

export interface Part {
  readonly first: number
  readonly end: number
  /** The part without its blocks. */
  readonly rest: Stretch
  /** The whole part. */
  readonly all: Stretch
  readonly blocks: readonly RawBlock[]
  /** Of the rest. */
  readonly order: Order
  /** Whether there is more beyond chance in it than blocks. */
  readonly isMixed: boolean
}

export interface Parts {
  readonly parts: readonly Part[]
  /** Whether every part is in random order but for its blocks. */
  readonly areRandom: boolean
  /** What changes most at the borders of parts. */
  readonly telling: readonly number[]
  /** All of it as one part. */
  readonly whole: Part
}

export function partsOf(grid: GridState, layout: Layout, cells: number, alpha: number): Parts {
  const split = (part: Part): [Part, Part, number] | null => {
    const size = part.end - part.first
    if (part.order.isRandom || size < 2 * FEWEST_CELLS || part.all.rows < 2 * FEWEST_ROWS) return null
    const { place, feature } = border(part.all)
    if (place < 0) return null
    const at = part.all.cells[0]! + place
    return [partOf(grid, layout, part.first, at, cells, alpha), partOf(grid, layout, at, part.end, cells, alpha), feature]
  }
  const whole = partOf(grid, layout, 0, cells, cells, alpha)
  let parts: Part[] = [whole]
  const telling: number[] = []
  for (let round = 1; round < MOST_PARTS; round++) {
    // The largest first: it says most about the data.
    const [cut] = parts
      .map((part, i) => ({ part, i }))
      .filter(({ part }) => !part.order.isRandom)
      .sort((a, b) => b.part.all.rows - a.part.all.rows || a.i - b.i)
      .flatMap(({ part, i }) => {
        const pieces = split(part)
        return pieces === null ? [] : [{ pieces, i }]
      })
    if (cut === undefined) break
    parts = [...parts.slice(0, cut.i), cut.pieces[0], cut.pieces[1], ...parts.slice(cut.i + 1)]
    telling.push(cut.pieces[2])
  }
  return { parts, areRandom: parts.every(({ order }) => order.isRandom), telling, whole }
}

/** A stretch of cells with its blocks found and taken out, one after the other. */
function partOf(grid: GridState, layout: Layout, first: number, end: number, last: number, alpha: number): Part {
  const inner = { first: first === 0 ? first : first + BORDER, end: end === last ? end : end - BORDER }
  let cells: Int32Array = Int32Array.from({ length: inner.end - inner.first }, (_, c) => inner.first + c)
  const all = stretchOf(grid, layout, cells)
  let rest = all
  const blocks: RawBlock[] = []
  for (;;) {
    const windows = windowsOf(rest)
    const hit = leastLikely(rest, windows, alpha)
    if (hit === null) return { first, end, rest, all, blocks, order: orderOf(rest, alpha), isMixed: false }
    const telling = tellingOf(rest, hit, windows.length, alpha)
    const { from, to } = widened(rest, hit, telling.slice(0, 16))
    if (blocks.length === MOST_BLOCKS || rowsOf(rest, from, to) > LARGEST_BLOCK * all.rows) {
      return { first, end, rest, all, blocks, order: { ...orderOf(rest, alpha), isRandom: false }, isMixed: true }
    }
    blocks.push({ first: rest.cells[from]!, end: rest.cells[to - 1]! + 1, telling })
    // The cells beside it may hold some of its rows.
    cells = without(cells, [{ first: rest.cells[from]! - 1, end: rest.cells[to - 1]! + 2 }])
    rest = stretchOf(grid, layout, cells)
  }
}

/** The window's cells and those beside them, as far as the telling features are likelier of the block than of the rest. */
function widened(stretch: Stretch, hit: Window, telling: readonly { readonly feature: number }[]): Window {
  const weights = telling.map(({ feature }) => {
    const k = countOf(stretch, feature, hit.from, hit.to)
    const n = rowsOf(stretch, hit.from, hit.to)
    const inside = (k + 0.5) / (n + 1)
    const outside = (totalOf(stretch, feature) - k + 0.5) / (stretch.rows - n + 1)
    return { feature, yes: Math.log(inside / outside), no: Math.log((1 - inside) / (1 - outside)) }
  })
  const isLikely = (c: number): boolean => {
    const n = rowsOf(stretch, c, c + 1)
    const score = weights.reduce((sum, { feature, yes, no }) => {
      const k = countOf(stretch, feature, c, c + 1)
      return sum + k * yes + (n - k) * no
    }, 0)
    return score > 0
  }
  let { from, to } = hit
  const isBeside = (a: number, b: number): boolean => stretch.cells[b]! - stretch.cells[a]! === 1
  while (from > 0 && isBeside(from - 1, from) && isLikely(from - 1)) from--
  while (to < stretch.cells.length && isBeside(to - 1, to) && isLikely(to)) to++
  while (to - from > 1 && !isLikely(from)) from++
  while (to - from > 1 && !isLikely(to - 1)) to--
  return { from, to }
}

/** Where two parts of one distribution each are likeliest to meet, and the feature that tells them apart best. */
function border(stretch: Stretch): { readonly place: number; readonly feature: number } {
  const { cells, rows } = stretch
  const gains = new Float64Array(cells.length + 1)
  const features = FAMILIES.flatMap((family) => [...stretch.tested[family]])
  for (const feature of features) {
    const m = totalOf(stretch, feature)
    for (let c = FEWEST_CELLS; c <= cells.length - FEWEST_CELLS; c++) {
      const k = countOf(stretch, feature, 0, c)
      gains[c] = gains[c]! + gain(stretch.rowsBefore[c]!, k, rows, m)
    }
  }
  let place = -1
  for (let c = FEWEST_CELLS; c <= cells.length - FEWEST_CELLS; c++) if (gains[c]! > (gains[place] ?? 0)) place = c
  const at = Math.max(0, place)
  const [best] = features
    .map((feature) => ({
      feature,
      own: gain(stretch.rowsBefore[at]!, countOf(stretch, feature, 0, at), rows, totalOf(stretch, feature)),
    }))
    .sort((a, b) => b.own - a.own || a.feature - b.feature)
  return { place, feature: best?.feature ?? 0 }
}

/** Log likelihood ratio of two shares against one: k of n rows here, m of all. */
function gain(n: number, k: number, rows: number, m: number): number {
  if (n <= 0 || n >= rows) return 0
  return likelihood(n, k) + likelihood(rows - n, m - k) - likelihood(rows, m)
}

function likelihood(n: number, k: number): number {
  return k <= 0 || k >= n ? 0 : k * Math.log(k / n) + (n - k) * Math.log((n - k) / n)
}
