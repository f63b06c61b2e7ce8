/** Is a block like the rest in all but what was put into it? So are rows that an attacker took from the data itself. */
import type { GridState } from './grid.js'
import { dispersion, drawOf, momentsOf } from './random-order.js'
import type { Part, RawBlock } from './parts.js'

/** Fewer windows of the rest say nothing about how much they differ. */
const FEWEST_WINDOWS = 8

/**
 * How far the block's words differ from the rest's, those that set it apart left aside, in standard deviations of the same
 * for windows of the rest of as many cells; Infinity where there are too few to say.
 */
export function contentZ(grid: GridState, { rest }: Part, { first, end, telling }: RawBlock): number {
  const known = new Set(telling.map(({ feature }) => feature))
  const features = Int32Array.from([...rest.tested.word, ...rest.tested.answer]).filter((feature) => !known.has(feature))
  const cells = Array.from({ length: end - first }, (_, c) => grid.get(first + c))
  const count = (feature: number): number => cells.reduce((sum, counts) => sum + (counts?.[feature] ?? 0), 0)
  const n = count(0)
  const windows = windowsAs(rest.cells, end - first)
  const others = windows.map((window) => dispersion(rest, drawOf(rest, window), features, n)).filter((d) => !Number.isNaN(d))
  const own = dispersion(rest, { n, count, isOfStretch: false }, features, n)
  if (others.length < FEWEST_WINDOWS || Number.isNaN(own)) return Infinity
  const { mean, deviation } = momentsOf(others)
  return (own - mean) / Math.max(deviation, 1e-9)
}

/** Windows side by side of so many cells. */
function windowsAs(cells: Int32Array, length: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.floor(cells.length / length) }, (_, w) => ({ from: w * length, to: (w + 1) * length }))
}
