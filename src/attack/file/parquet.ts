import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import type { CompressionCodec, FileMetaData, SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { asCredenceError } from '../../errors.js'
import { decodeUtf8 } from '../../read/cell.js'
import { decompressors } from '../../read/parquet-codecs.js'
import { version } from '../../version.js'
import { changedValue, type CellChange, type PlantFile } from './plant-file.js'

/** Codecs that can be written; the rest become Snappy. */
const COMPRESSORS = {
  GZIP: (bytes: Uint8Array): Uint8Array => gzipSync(bytes),
  BROTLI: (bytes: Uint8Array): Uint8Array => brotliCompressSync(bytes),
}
const WRITABLE: readonly CompressionCodec[] = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI']

type Row = Readonly<Record<string, unknown>>

/**
 * A Parquet file in memory. Values are read and written in their physical form (text aside), under the file's own schema,
 * so that types which JavaScript has no word for pass through. Row groups keep their sizes, columns their codecs.
 * @param name for errors
 */
export async function openParquet(bytes: Uint8Array, name: string): Promise<PlantFile> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  try {
    const metadata = parquetMetadata(buffer, { geoparquet: false })
    const plain = { ...metadata, schema: metadata.schema.map(physical) }
    const rows = (await parquetReadObjects({
      file: buffer,
      metadata: plain,
      compressors: decompressors,
      utf8: false,
      geoparquet: false,
      parsers: { stringFromBytes: (text: Uint8Array | undefined) => text && decodeUtf8(text) },
    })) as Row[]
    return new ParquetFile(metadata, plain.schema, rows, name)
  } catch (error) {
    throw asCredenceError(error, 'format', { file: name })
  }
}

/** A leaf without what its bits mean, except that text is text. Groups keep their kind, which says how they nest. */
function physical(element: SchemaElement): SchemaElement {
  if (element.num_children !== undefined && element.num_children > 0) return element
  const { converted_type: converted, logical_type: logical, scale: _scale, precision: _precision, ...bare } = element
  const text =
    converted === 'UTF8' ||
    converted === 'ENUM' ||
    converted === 'JSON' ||
    ['STRING', 'ENUM', 'JSON'].includes(logical?.type ?? '')
  return text ? { ...bare, converted_type: 'UTF8' } : bare
}

class ParquetFile implements PlantFile {
  readonly notes: readonly string[]
  readonly #metadata: FileMetaData
  readonly #schema: SchemaElement[]
  readonly #rows: readonly Row[]
  readonly #name: string
  readonly #columns = new Map<string, readonly unknown[]>()

  constructor(metadata: FileMetaData, schema: SchemaElement[], rows: readonly Row[], name: string) {
    this.#metadata = metadata
    this.#schema = schema
    this.#rows = rows
    this.#name = name
    const lost = new Set(
      this.#names()
        .map((column) => this.#codec(column))
        .filter((codec) => !WRITABLE.includes(codec)),
    )
    this.notes = lost.size === 0 ? [] : [`compressed with Snappy, as ${[...lost].join(' and ')} cannot be written`]
  }

  get rows(): number {
    return this.#rows.length
  }

  column(name: string): readonly unknown[] {
    let values = this.#columns.get(name)
    if (values === undefined) this.#columns.set(name, (values = this.#rows.map((row) => row[name])))
    return values
  }

  rewrite(changes: ReadonlyMap<number, readonly CellChange[]>): Uint8Array {
    const columns = new Map(this.#names().map((name) => [name, [...this.column(name)]]))
    for (const [row, cells] of changes) {
      for (const change of cells) {
        const column = columns.get(change.column)!
        column[row] = changedValue(this, column[row], change)
      }
    }
    try {
      return this.#write(columns)
    } catch (error) {
      throw asCredenceError(error, 'unsupported', { file: this.#name })
    }
  }

  #write(columns: ReadonlyMap<string, unknown[]>): Uint8Array {
    const sink = new ByteWriter()
    const { key_value_metadata: kvMetadata, schema, row_groups: groups } = this.#metadata
    const writer = new ParquetWriter({
      writer: sink,
      schema: this.#schema,
      compressors: COMPRESSORS,
      createdBy: `credence version ${version}`,
      ...(kvMetadata === undefined ? {} : { kvMetadata }),
    })
    const columnData = Array.from(columns, ([name, data]) => {
      const codec = this.#codec(name)
      return { name, data, codec: WRITABLE.includes(codec) ? codec : ('SNAPPY' as const) }
    })
    const rowGroupSize = groups.map((group) => Number(group.num_rows)).filter((rows) => rows > 0)
    if (rowGroupSize.length > 0) void writer.write({ columnData, rowGroupSize })
    // The footer says what the bits mean, as the file's own did.
    writer.schema = schema
    void writer.finish()
    return sink.getBytes()
  }

  /** Columns, in file order: the root's children. */
  #names(): string[] {
    const names: string[] = []
    const { schema } = this.#metadata
    const end = (at: number): number => {
      let next = at + 1
      for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) next = end(next)
      return next
    }
    for (let at = 1; at < schema.length; at = end(at)) names.push(schema[at]!.name)
    return names
  }

  #codec(column: string): CompressionCodec {
    const chunk = this.#metadata.row_groups[0]?.columns.find(({ meta_data: chunk }) => chunk?.path_in_schema[0] === column)
    return chunk?.meta_data?.codec ?? 'SNAPPY'
  }
}
