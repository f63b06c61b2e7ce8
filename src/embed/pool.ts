import { CredenceError } from '../errors.js'
import type { Pooling } from './folder.js'

/** Components are whole multiples of this: exact as int16 for the cache, and their sums are exact in any order. */
export const GRID = 1 / 8192

/** What a graph returned: [texts × dim], or [texts × tokens × dim] before pooling. */
export interface Hidden {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/**
 * Pools, brings to unit length and rounds to {@link GRID} one text of a batch.
 *
 * @param length the text's tokens; those after it are padding.
 * @param out receives the vector at `offset`.
 */
export function poolInto(
  hidden: Hidden,
  pooling: Pooling,
  text: number,
  length: number,
  out: Float32Array,
  offset: number,
): void {
  const dim = hidden.dims.at(-1) ?? 0
  const sums = new Float64Array(dim)
  if (pooling === 'none') addRow(sums, hidden.data, text * dim)
  else {
    const tokens = hidden.dims[1] ?? 0
    const first = text * tokens * dim
    if (pooling === 'cls') addRow(sums, hidden.data, first)
    else if (pooling === 'last') addRow(sums, hidden.data, first + (length - 1) * dim)
    else if (pooling === 'mean') for (let t = 0; t < length; t++) addRow(sums, hidden.data, first + t * dim)
    else maxRows(sums, hidden.data, first, length)
  }
  writeUnit(sums, out, offset)
}

function addRow(sums: Float64Array, data: Float32Array, at: number): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += data[at + i]!
}

function maxRows(sums: Float64Array, data: Float32Array, first: number, length: number): void {
  const dim = sums.length
  sums.fill(-Infinity)
  for (let t = 0; t < length; t++) for (let i = 0; i < dim; i++) sums[i] = Math.max(sums[i]!, data[first + t * dim + i]!)
}

/** Brings a sum to unit length on the grid; zero stays zero. The mean and the sum of the tokens have the same direction, so no division by the number of tokens is needed. */
export function writeUnit(sums: Float64Array, out: Float32Array, offset: number): void {
  let squares = 0
  for (let i = 0; i < sums.length; i++) squares += sums[i]! * sums[i]!
  if (!Number.isFinite(squares)) throw new CredenceError('model', 'the encoder returned a number that is not finite')
  if (squares === 0) return
  const scale = 1 / (GRID * Math.sqrt(squares))
  // Adding zero turns −0 into 0, which is what an integer store gives back.
  for (let i = 0; i < sums.length; i++) out[offset + i] = (Math.round(sums[i]! * scale) + 0) * GRID
}
