/**
 * A few bytes for each row: of all rows where they are few enough, else of a uniform half, quarter, … of them, by a hash of
 * their places. Which rows are kept depends on the whole alone, not on shards or order. Plain data.
 */
import { lowerBound } from '../math/lower-bound.js'
import { mix32 } from '../math/random.js'

/** Some rows of one file, ascending. */
interface Piece {
  readonly file: number
  readonly rows: Float64Array
  /** [rows × width] */
  readonly bytes: Uint8Array
}

export interface RowBytes {
  readonly width: number
  readonly most: number
  /** One row in 2^level is kept. */
  level: number
  count: number
  /** In no order. */
  pieces: Piece[]
}

/** Of the whole data set, to look rows up. */
export interface RowTable {
  readonly width: number
  readonly level: number
  readonly files: readonly { readonly rows: Float64Array; readonly bytes: Uint8Array }[]
}

/** @param most rows that are kept */
export function rowBytes(width: number, most: number): RowBytes {
  return { width, most, level: 0, count: 0, pieces: [] }
}

/**
 * Adds rows of one file, which no other call gives.
 * @param rows ascending
 * @param bytes [rows × width]
 */
export function addRows(state: RowBytes, file: number, rows: Float64Array, bytes: Uint8Array): void {
  const piece = thinned({ file, rows, bytes }, state)
  state.pieces.push(piece)
  state.count += piece.rows.length
  thin(state)
}

/** Associative and commutative. */
export function mergeRowBytes(into: RowBytes, from: RowBytes): void {
  // The level that a part needs is never above what the whole needs, so the order of merges does not matter.
  into.level = Math.max(into.level, from.level)
  keep(into, [...into.pieces, ...from.pieces])
  thin(into)
}

export function rowTable({ width, level, pieces }: RowBytes, files: number): RowTable {
  const byFile = Array.from({ length: files }, (): Piece[] => [])
  for (const piece of pieces) byFile[piece.file]?.push(piece)
  return { width, level, files: byFile.map((list) => joinedRows(list, width)) }
}

/** Where a row's bytes begin in its file's; −1 where it has none. */
export function findRow({ files, width }: RowTable, file: number, row: number): number {
  const rows = files[file]?.rows ?? new Float64Array()
  const at = lowerBound(rows, row)
  return rows[at] === row ? at * width : -1
}

/** Pieces of one file, whose rows do not overlap. */
export function joinedRows(pieces: readonly Omit<Piece, 'file'>[], width: number): RowTable['files'][number] {
  const inOrder = pieces.filter(({ rows }) => rows.length > 0).sort((a, b) => a.rows[0]! - b.rows[0]!)
  const count = inOrder.reduce((sum, { rows }) => sum + rows.length, 0)
  const all = { rows: new Float64Array(count), bytes: new Uint8Array(count * width) }
  let at = 0
  for (const { rows, bytes } of inOrder) {
    all.rows.set(rows, at)
    all.bytes.set(bytes, at * width)
    at += rows.length
  }
  return all
}

function thin(state: RowBytes): void {
  while (state.count > state.most) {
    state.level++
    keep(state, state.pieces)
  }
}

function keep(state: RowBytes, pieces: readonly Piece[]): void {
  state.pieces = pieces.map((piece) => thinned(piece, state))
  state.count = state.pieces.reduce((sum, { rows }) => sum + rows.length, 0)
}

function thinned(piece: Piece, { level, width }: RowBytes): Piece {
  if (level === 0) return piece
  const kept = Array.from(piece.rows.keys()).filter((i) => isKept(placeHash(piece.file, piece.rows[i]!), level))
  if (kept.length === piece.rows.length) return piece
  const bytes = new Uint8Array(kept.length * width)
  kept.forEach((from, to) => {
    bytes.set(piece.bytes.subarray(from * width, (from + 1) * width), to * width)
  })
  return { file: piece.file, rows: Float64Array.from(kept, (i) => piece.rows[i]!), bytes }
}

/** Of 2^level hashes, one is kept; those kept at a level are kept at all below it. */
export function isKept(hash: number, level: number): boolean {
  return hash < 2 ** (32 - level)
}

/** Uniform in the place of a row, 32 bits. */
export function placeHash(file: number, row: number): number {
  return mix32(mix32(mix32(file ^ 0x2f6b21a5) ^ (row % 0x100000000)) ^ Math.floor(row / 0x100000000))
}
