import type { ColumnMetaData, DecodedArray, ParquetParsers, RowGroup, SchemaTree } from 'hyparquet'
import { assembleNested } from 'hyparquet/src/assemble.js'
import { readPage } from 'hyparquet/src/column.js'
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { isFlatColumn } from 'hyparquet/src/schema.js'
import { CredenceError, toErrorRecord } from '../errors.js'
import type { ByteFile } from './byte-file.js'
import { decodeUtf8 } from './cell.js'
import { MOST_ERRORS, type ReadLog, type SourceFile } from './format.js'
import { parquetError, reason } from './parquet-error.js'
import type { ParquetFooter } from './parquet-footer.js'
import { PageCursor } from './parquet-pages.js'
import type { Doubt, Fail, Page } from './parquet-pages.js'
import { readyPage, unpackedDecoder } from './parquet-runs.js'
import type { LeafDecoder } from './parquet-runs.js'

/** Strings keep a leading byte order mark, and JSON stays text: what the file says, and nothing that can throw. */
const PARSERS: ParquetParsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decodeUtf8(bytes),
  jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && decodeUtf8(bytes),
  geometryFromBytes: (bytes: Uint8Array | undefined) => bytes,
  geographyFromBytes: (bytes: Uint8Array | undefined) => bytes,
}

/** One column of one row group, read forwards. */
export interface ColumnStream {
  skip(rows: number): void
  /** The next rows; exactly as many as asked for, or a `format` error. */
  take(rows: number): unknown[]
  /** Raises `format` unless every row of the chunk was taken. */
  finish(): void
}

/**
 * Opens a column of a row group; nothing is read yet.
 * @param log is told, once a column, of pages whose bytes are not those of their CRC
 */
export function openColumn(
  bytes: ByteFile,
  file: SourceFile,
  footer: ParquetFooter,
  rowGroup: number,
  column: SchemaTree,
  maxPageBytes: number,
  log: ReadLog,
): ColumnStream {
  const group = footer.rowGroups[rowGroup]
  const name = column.element.name
  const fail: Fail = (code, message) => {
    throw parquetError(code, file, message, { rowGroup, column: name })
  }
  let doubted = false
  const doubt: Doubt = (message) => {
    if (doubted || log.errors.length >= MOST_ERRORS) return
    doubted = true
    log.errors.push(toErrorRecord(parquetError('integrity', file, message, { rowGroup, column: name })))
  }
  if (!group) return fail('internal', 'there is no such row group')
  const rows = Number(group.num_rows)
  const leaves = leafPaths([column]).map(
    (path) => new LeafStream(bytes, path, chunkOf(group, path, fail), rows, maxPageBytes, fail, doubt),
  )
  const single = leaves[0]
  if (leaves.length === 1 && single && column.children.length === 0) return guarded(single, fail)
  return guarded(new NestedStream(column, leaves), fail)
}

/** Schema nodes from the column to each of its leaves. */
export function leafPaths(path: SchemaTree[]): SchemaTree[][] {
  const node = path[path.length - 1]
  if (!node || node.children.length === 0) return [path]
  return node.children.flatMap((child) => leafPaths([...path, child]))
}

/** The chunk of the leaf that a path of schema nodes ends in. */
export function chunkOf(group: RowGroup, path: readonly SchemaTree[], fail: Fail): ColumnMetaData {
  const names = path.map((node) => node.element.name)
  const chunk = group.columns.find((candidate) => {
    const inSchema = candidate.meta_data?.path_in_schema
    return inSchema?.length === names.length && inSchema.every((name, i) => name === names[i])
  })
  if (!chunk && group.columns.some((candidate) => candidate.crypto_metadata ?? candidate.encrypted_column_metadata)) {
    return fail('unsupported', 'the column is encrypted')
  }
  if (!chunk?.meta_data) return fail('format', 'the row group has no such column chunk')
  if (chunk.crypto_metadata ?? chunk.encrypted_column_metadata) return fail('unsupported', 'the column is encrypted')
  if (chunk.file_path) return fail('unsupported', `the column chunk lies in another file, ${JSON.stringify(chunk.file_path)}`)
  return chunk.meta_data
}

/** Turns whatever a decoder throws into a typed error with the column's place. */
export function decoding<T>(fail: Fail, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CredenceError) throw error
    const message = reason(error)
    return fail(/not supported|unsupported|unhandled/.test(message) ? 'unsupported' : 'format', `cannot be decoded: ${message}`)
  }
}

function guarded(stream: ColumnStream, fail: Fail): ColumnStream {
  return {
    skip: (rows) => decoding(fail, () => stream.skip(rows)),
    take: (rows) => decoding(fail, () => stream.take(rows)),
    finish: () => decoding(fail, () => stream.finish()),
  }
}

/** One leaf's rows, decoded page by page: a page and the rows not yet taken are all that is held. */
class LeafStream implements ColumnStream {
  readonly path: string
  readonly #cursor: PageCursor
  readonly #decoder: LeafDecoder
  readonly #flat: boolean
  readonly #fail: Fail
  readonly #expected: number
  #dictionary: DecodedArray | undefined
  #rows: DecodedArray = []
  #at = 0
  #taken = 0
  #ended = false

  constructor(
    file: ByteFile,
    path: readonly SchemaTree[],
    chunk: ColumnMetaData,
    expected: number,
    maxPageBytes: number,
    fail: Fail,
    doubt: Doubt,
  ) {
    const leaf = path[path.length - 1] as SchemaTree
    // Level counting starts below the root, so any node may stand for it.
    const root: SchemaTree = { children: [], count: 0, element: { name: 'root' }, path: [] }
    const schemaPath = [root, ...path]
    this.path = leaf.path.join('.')
    this.#flat = isFlatColumn(schemaPath)
    this.#cursor = new PageCursor(file, chunk, this.#flat, maxPageBytes, fail, doubt)
    this.#decoder = {
      ...chunk,
      pathInSchema: chunk.path_in_schema,
      element: leaf.element,
      schemaPath,
      parsers: PARSERS,
    }
    this.#fail = fail
    this.#expected = expected
  }

  skip(rows: number): void {
    let left = rows
    while (left > 0) {
      const page = this.#nextPage()
      if (!page) this.#ended = true
      // A page that lies within the rows to skip is passed over unread; not where a list row could go on into it.
      if (page?.rows != null && page.rows <= left && this.#rows.length === 0) {
        this.#taken += page.rows
        left -= page.rows
      } else {
        if (page) this.#decode(page)
        left -= this.#drop(left)
        if (left > 0 && this.#ended) this.#short()
      }
    }
  }

  take(rows: number): unknown[] {
    const out = this.#slice(rows)
    while (out.length < rows) {
      if (this.#ended) this.#short()
      const page = this.#nextPage()
      if (page) this.#decode(page)
      else this.#ended = true
      for (const value of this.#slice(rows - out.length)) out.push(value)
    }
    return out
  }

  finish(): void {
    if (this.#at < this.#rows.length || (!this.#ended && this.#nextPage())) {
      this.#fail('format', `the chunk holds more rows than the ${this.#expected} that its row group declares`)
    }
  }

  #short(): never {
    return this.#fail('format', `the chunk holds ${this.#taken} rows, its row group declares ${this.#expected}`)
  }

  /** Moves past at most `rows` rows that are decoded to their end: a later page may still add to a list column's last row. */
  #drop(rows: number): number {
    const complete = this.#flat || this.#ended ? this.#rows.length : this.#rows.length - 1
    const count = Math.max(Math.min(rows, complete - this.#at), 0)
    this.#at += count
    this.#taken += count
    return count
  }

  #slice(rows: number): unknown[] {
    const start = this.#at
    const end = start + this.#drop(rows)
    const held = this.#rows
    return Array.isArray(held) ? held.slice(start, end) : Array.from<unknown>(held.subarray(start, end))
  }

  /** The next data page; null at the chunk's end. A dictionary on the way is decoded and kept. */
  #nextPage(): Page | null {
    for (;;) {
      const page = this.#cursor.next()
      if (page?.header.type !== 'DICTIONARY_PAGE') return page
      const { reader, header } = readyPage(page, this.#decoder)
      const values = readPage(reader, header, unpackedDecoder(this.#decoder), undefined, undefined, 0).data
      if (values) this.#dictionary = convert(values, this.#decoder)
    }
  }

  #decode(page: Page): void {
    const held: unknown[] | undefined = this.#flat ? undefined : Array.from<unknown>(this.#rows.slice(this.#at))
    const { reader, header } = readyPage(page, this.#decoder)
    const { data } = readPage(reader, header, unpackedDecoder(this.#decoder), this.#dictionary, held, 0)
    if (!data) return this.#fail('format', 'a data page could not be decoded')
    if (this.#flat) this.#checkFlat(data, page)
    if (held && data !== held) for (const value of data) held.push(value)
    this.#rows = held ?? data
    this.#at = 0
  }

  /** The decoder leaves holes where a dictionary index or a value is not there. */
  #checkFlat(data: DecodedArray, page: Page): void {
    if (data.length !== page.values)
      this.#fail('format', `a page decodes to ${data.length} values, its header declares ${page.values}`)
    if (!Array.isArray(data)) return
    const hole = data.indexOf(undefined)
    if (hole >= 0) this.#fail('format', `row ${this.#taken + hole} of the chunk points at a value that is not there`)
  }
}

/** A column with children, or a list: its leaves' rows put together. */
class NestedStream implements ColumnStream {
  readonly #column: SchemaTree
  readonly #leaves: readonly LeafStream[]

  constructor(column: SchemaTree, leaves: readonly LeafStream[]) {
    this.#column = column
    this.#leaves = leaves
  }

  skip(rows: number): void {
    for (const leaf of this.#leaves) leaf.skip(rows)
  }

  take(rows: number): unknown[] {
    const parts = new Map<string, unknown[]>(this.#leaves.map((leaf) => [leaf.path, leaf.take(rows)]))
    assembleNested(parts, this.#column, PARSERS)
    const out = parts.get(this.#column.path.join('.'))
    if (out?.length !== rows) throw new Error(`${rows} rows of a nested column assemble to ${out?.length ?? 0}`)
    return out
  }

  finish(): void {
    for (const leaf of this.#leaves) leaf.finish()
  }
}
