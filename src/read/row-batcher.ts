import { CredenceError } from '../errors.js'
import type { RawBatch } from './format.js'
import { MAX_COLUMNS } from '../model/read-limits.js'

/** A batch is given on at this many source bytes even if it has few rows. */
const MAX_BATCH_BYTES = 16 * 2 ** 20

/**
 * Turns rows into columns. With `columns` given a batch has just those, null where a row lacks one; without, it has every
 * key met in it.
 */
export class RowBatcher {
  readonly #path: string
  readonly #fixed: readonly string[] | null
  readonly #batchRows: number
  #columns = new Map<string, unknown[]>()
  #rows: number[] = []
  #bytes = 0

  constructor(path: string, columns: readonly string[] | null, batchRows: number) {
    this.#path = path
    this.#fixed = columns
    this.#batchRows = batchRows
    this.#begin()
  }

  get full(): boolean {
    return this.#rows.length >= this.#batchRows || this.#bytes >= MAX_BATCH_BYTES
  }

  get length(): number {
    return this.#rows.length
  }

  /** @param size source bytes of the row */
  addRecord(row: number, size: number, record: Readonly<Record<string, unknown>>): void {
    const before = this.#rows.length
    if (!this.#fixed) for (const key of Object.keys(record)) if (!this.#columns.has(key)) this.#addColumn(key, before, row)
    for (const [name, cells] of this.#columns) cells.push(Object.hasOwn(record, name) ? record[name] : null)
    this.#count(row, size)
  }

  /** @param cells one for each of the fixed columns, in order */
  addCells(row: number, size: number, cells: readonly unknown[]): void {
    let i = 0
    for (const column of this.#columns.values()) column.push(cells[i++])
    this.#count(row, size)
  }

  /** The rows so far as a batch; starts the next. */
  take(): RawBatch {
    const columns = Object.create(null) as Record<string, readonly unknown[]>
    for (const [name, cells] of this.#columns) columns[name] = cells
    const batch: RawBatch = { length: this.#rows.length, rows: Float64Array.from(this.#rows), columns }
    this.#begin()
    return batch
  }

  #begin(): void {
    this.#columns = new Map((this.#fixed ?? []).map((name) => [name, []]))
    this.#rows = []
    this.#bytes = 0
  }

  #count(row: number, size: number): void {
    this.#rows.push(row)
    this.#bytes += size
  }

  #addColumn(name: string, before: number, row: number): void {
    if (this.#columns.size >= MAX_COLUMNS) {
      throw new CredenceError('limit', `${this.#path} has rows with more than ${MAX_COLUMNS} different keys, at row ${row}`, {
        place: { file: this.#path, row },
        suggestions: ['Keys should name columns; move keys that are values into a column of their own.'],
      })
    }
    this.#columns.set(name, new Array<unknown>(before).fill(null))
  }
}

/** The batches of a reader that fills `batcher`, and what is left in it: rows that came before an error count. */
export async function* withRest(batcher: RowBatcher, batches: AsyncIterable<RawBatch>): AsyncGenerator<RawBatch> {
  try {
    yield* batches
  } catch (error) {
    if (batcher.length > 0) yield batcher.take()
    throw error
  }
  if (batcher.length > 0) yield batcher.take()
}
