import type { ErrorRecord } from '../errors.js'

export type FormatName = 'parquet' | 'arrow-file' | 'arrow-stream' | 'jsonl' | 'json' | 'csv' | 'tsv'
export type Compression = 'none' | 'gzip' | 'zstd'

/** One file of a data set. */
export interface SourceFile {
  /** As shown to people: relative to the working directory where that is shorter. */
  readonly path: string
  readonly absolute: string
  readonly format: FormatName
  readonly compression: Compression
  readonly bytes: number
  /** What tells that the file is still the one that was found; absent for what is ours alone. See file-stamp.ts. */
  readonly stamp?: string
  /** From the layout (`train-00000-of-00004`, `train/…`, `split=train/…`), else null. */
  readonly split: string | null
  /** Hive partition keys (`lang=en/…`), which become columns. */
  readonly partitions: Readonly<Record<string, string>>
}

export interface ColumnSchema {
  readonly name: string
  /** Arrow-like spelling: `string`, `int64`, `list<struct<role: string, content: string>>`. */
  readonly type: string
}

export interface FileSchema {
  readonly columns: readonly ColumnSchema[]
  /** Rows that the file itself declares; null where the format has no count. */
  readonly declaredRows: number | null
}

/** A part of a file that can be read alone. */
export type ShardUnit =
  | { readonly kind: 'row-groups'; readonly from: number; readonly to: number }
  | { readonly kind: 'record-batches'; readonly from: number; readonly to: number }
  | { readonly kind: 'bytes'; readonly start: number; readonly end: number }
  | { readonly kind: 'whole' }

export interface PlannedUnit {
  readonly unit: ShardUnit
  /** Physical row that the unit starts at. */
  readonly firstRow: number
  /** Rows in the unit where planning can know it. */
  readonly rows: number | null
}

/** Rows as the file has them, by column name. Values are JS values: string, number, bigint, boolean, Date, arrays, plain objects, null. */
export interface RawBatch {
  readonly length: number
  /** 0-based physical row of each. */
  readonly rows: Float64Array
  readonly columns: Readonly<Record<string, readonly unknown[]>>
}

/** Errors kept of a unit. */
export const MOST_ERRORS = 20

/** What was lost while reading a unit. Filled in by the reader as it goes. */
export interface ReadLog {
  /** Rows that the reader gave, those without an example included. */
  read?: number
  skipped: number
  truncated: number
  /** At most {@link MOST_ERRORS} kept; `skipped` counts all. Those of code `integrity` cost no rows. */
  errors: ErrorRecord[]
}

/** One file format. Knows nothing of roles. Throws `CredenceError` with a place; never anything else. */
export interface FormatReader {
  schema(file: SourceFile): Promise<FileSchema>
  /** Cuts the file into units of about `targetBytes` uncompressed, in file order. One unit where it cannot be cut. */
  plan(file: SourceFile, targetBytes: number): Promise<readonly PlannedUnit[]>
  /** Batches of at most `batchRows` rows with just the columns asked for (all when null). Memory is bounded by a batch and a page, not the file. */
  read(
    file: SourceFile,
    planned: PlannedUnit,
    columns: readonly string[] | null,
    batchRows: number,
    log: ReadLog,
  ): AsyncIterable<RawBatch>
}
