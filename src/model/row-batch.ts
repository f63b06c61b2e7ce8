import type { Role } from './role.js'

/** One cell as text; `null` is missing. Numbers and booleans are in their shortest JSON form, so every file format gives the same. */
export type Cell = string | null

/** Row-major vectors. `vectors.length === count × dim`; each vector is L2-normalised, or all zero where there was no text. */
export interface Embedding {
  readonly dim: number
  readonly vectors: Float32Array
}

/**
 * The next examples of a shard, in file order, by role.
 *
 * One physical row gives one example, except a chat row, which gives one per assistant turn: then `rows` repeats
 * and `turns` counts up from 0. A row that could not be read is absent here and counted in the shard's receipt.
 */
export interface RowBatch {
  /** Index into the data set's files. */
  readonly file: number
  /** Number of examples. */
  readonly length: number
  /** 0-based physical row of each example in its file. */
  readonly rows: Float64Array
  /** 0-based assistant turn of each example; all zero outside chats. */
  readonly turns: Uint16Array
  /** Cells by role; a role the data set lacks is absent. Chat rows fill `prompt` and `response`. */
  readonly columns: Partial<Record<Role, readonly Cell[]>>
  /** What a model would be given: `text`, else `prompt`, else `chosen`. */
  readonly input: readonly Cell[]
  /** What a model would learn to say: `response`, else `chosen` where there is a prompt; null for classification and documents. */
  readonly output: readonly Cell[] | null
  /** What identifies rows by their content, all columns of it; only where a pass needs `digest`. */
  readonly digests?: RowDigests
}

/** SHA-256 of physical rows, those without an example included. */
export interface RowDigests {
  /** 0-based physical row of each. */
  readonly rows: Float64Array
  /** [rows × 32] */
  readonly bytes: Uint8Array
}
