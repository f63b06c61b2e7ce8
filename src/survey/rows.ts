/** Which rows a data set holds, by their content: what two states of it are compared by. */
import { z } from 'zod'
import { hash32 } from '../math/random.js'
import { SHA256_BYTES, sha256Into } from '../math/sha256.js'
import type { Cell, RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'

/** Of a digest kept: nobody can make two rows with the same 128 bits on purpose in less than 2^64 tries. */
export const KEPT_BYTES = 16
/** Names of labels and of sources that are kept, those of the smallest hashes. */
const MOST_NAMES = 4096
const NAME_UNITS = 120

/** Rows of one file, ascending; one entry a row in each. */
export interface FileRows {
  readonly rows: Float64Array
  /** Of the whole content, [rows × 16]. */
  readonly digests: Uint8Array
  /** Of the id, or the input where there is none, [rows × 16]: what stays when a row is corrected. Zeros where there is neither. */
  readonly keys: Uint8Array
  /** Hashes of label and source; 0 where there is none. */
  readonly labels: Uint32Array
  readonly sources: Uint32Array
  /** UTF-16 units of the input and of the output. */
  readonly inputs: Uint32Array
  readonly outputs: Uint32Array
}

export interface Rows {
  /** In the order of the data set's files. */
  readonly files: readonly FileRows[]
  /** By hash. */
  readonly labels: ReadonlyMap<number, string>
  readonly sources: ReadonlyMap<number, string>
}

interface State {
  /** Pieces by file, in no order. */
  readonly pieces: Map<number, FileRows[]>
  readonly labels: Map<number, string>
  readonly sources: Map<number, string>
}

const pass: Pass<null, State, ScanResult> = {
  needs: ['input', 'output', 'label', 'source', 'id', 'digest'],
  init: () => ({ pieces: new Map(), labels: new Map(), sources: new Map() }),
  observe(state, batch) {
    const piece = pieceOf(batch, state)
    const pieces = state.pieces.get(batch.file)
    if (pieces) pieces.push(piece)
    else state.pieces.set(batch.file, [piece])
  },
  merge(into, from) {
    for (const [file, pieces] of from.pieces) into.pieces.set(file, [...(into.pieces.get(file) ?? []), ...pieces])
    for (const kind of ['labels', 'sources'] as const) {
      for (const [hash, name] of from[kind]) into[kind].set(hash, name)
      keepSmallest(into[kind])
    }
    return into
  },
  finish: ({ pieces, labels, sources }, _input, { data }): ScanResult => {
    for (const names of [labels, sources]) keepSmallest(names)
    const files = data.files.map((_, file) => joined(pieces.get(file) ?? []))
    return { findings: [], limits: {}, value: { files, labels, sources } satisfies Rows }
  },
}

export const rowSurvey = defineScanner({
  id: 'survey:rows',
  title: 'Rows',
  description: 'digests of all rows',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: () => null,
  passes: () => [pass],
})

function emptyRows(count: number): FileRows {
  const numbers = (): Uint32Array => new Uint32Array(count)
  const bytes = (): Uint8Array => new Uint8Array(count * KEPT_BYTES)
  return {
    rows: new Float64Array(count),
    digests: bytes(),
    keys: bytes(),
    labels: numbers(),
    sources: numbers(),
    inputs: numbers(),
    outputs: numbers(),
  }
}

function pieceOf({ digests, rows, turns, columns, input, output }: RowBatch, names: State): FileRows {
  if (digests === undefined) throw new Error('a batch without the digests that the pass needs')
  const piece = emptyRows(digests.rows.length)
  piece.rows.set(digests.rows)
  const digest = Buffer.alloc(SHA256_BYTES)
  let example = 0
  for (let i = 0; i < digests.rows.length; i++) {
    const row = digests.rows[i]!
    piece.digests.set(digests.bytes.subarray(i * SHA256_BYTES, i * SHA256_BYTES + KEPT_BYTES), i * KEPT_BYTES)
    while (example < rows.length && rows[example]! < row) example++
    // Of a chat, its first turn.
    if (rows[example] !== row || turns[example] !== 0) continue
    const id = columns.id?.[example] ?? null
    const key = id === null ? (input[example] ?? null) : `id ${id}`
    if (key !== null) {
      sha256Into(key, digest, 0)
      piece.keys.set(digest.subarray(0, KEPT_BYTES), i * KEPT_BYTES)
    }
    piece.labels[i] = named(names.labels, columns.label?.[example] ?? null)
    piece.sources[i] = named(names.sources, columns.source?.[example] ?? null)
    piece.inputs[i] = input[example]?.length ?? 0
    piece.outputs[i] = output?.[example]?.length ?? 0
  }
  return piece
}

/** The hash that stands for a name. */
function named(names: Map<number, string>, name: Cell): number {
  if (name === null) return 0
  const hash = hash32(name) || 1
  if (!names.has(hash)) {
    names.set(hash, name.slice(0, NAME_UNITS))
    if (names.size > 2 * MOST_NAMES) keepSmallest(names)
  }
  return hash
}

function keepSmallest(names: Map<number, string>): void {
  if (names.size <= MOST_NAMES) return
  const largest = [...names.keys()].sort((a, b) => a - b).slice(MOST_NAMES)
  for (const hash of largest) names.delete(hash)
}

/** Pieces are of shards, whose rows do not overlap. */
function joined(pieces: readonly FileRows[]): FileRows {
  const inOrder = pieces.filter(({ rows }) => rows.length > 0).sort((a, b) => a.rows[0]! - b.rows[0]!)
  const all = emptyRows(inOrder.reduce((sum, { rows }) => sum + rows.length, 0))
  let at = 0
  for (const piece of inOrder) {
    for (const key of ['rows', 'labels', 'sources', 'inputs', 'outputs'] as const) all[key].set(piece[key], at)
    for (const key of ['digests', 'keys'] as const) all[key].set(piece[key], at * KEPT_BYTES)
    at += piece.rows.length
  }
  return all
}
