/** Row groups of a Parquet file into another: bytes as they are, or column chunks written again. */
import type { ColumnMetaData, SchemaTree } from 'hyparquet'
import { isFlatColumn } from 'hyparquet/src/schema.js'
import type { WriteTask } from './outcome.js'
import { leafCells } from './parquet-cells.js'
import { rewriteChunk, type ChunkSource, type WrittenChunk } from './parquet-chunk.js'
import { CHUNK, COLUMN, GROUP } from './parquet-fields.js'
import type { CopiedChunk } from './parquet-indices.js'
import { PLAIN, RLE, RLE_DICTIONARY } from './parquet-pages.js'
import { i32, i64, integerOf, structsOf, T, type Struct, type Value } from './thrift.js'
import type { ByteFile } from '../read/byte-file.js'
import { chunkOf, decoding, leafPaths } from '../read/parquet-column.js'
import { parquetError } from '../read/parquet-error.js'
import type { ParquetFooter } from '../read/parquet-footer.js'
import { PageCursor, type Fail } from '../read/parquet-pages.js'

const COPY_BYTES = 4 * 2 ** 20

/** What one file's groups share. */
export interface GroupContext {
  readonly task: WriteTask
  readonly bytes: ByteFile
  readonly footer: ParquetFooter
  readonly notes: Set<string>
}

/** One leaf's chunk in a group. */
interface Leaf {
  readonly metadata: ColumnMetaData
  readonly path: SchemaTree[]
  readonly fail: Fail
}

/** The leaves of a group by the place of their chunk in it. */
function leavesOf({ task, footer }: GroupContext, index: number): Map<string, Leaf> {
  const group = footer.rowGroups[index]!
  const leaves = footer.columns.flatMap((column) => leafPaths([column]))
  return new Map(
    leaves.map((path) => {
      const place = { rowGroup: index, column: path[0]!.element.name }
      const fail: Fail = (code, message) => {
        throw parquetError(code, task.file, message, place)
      }
      const metadata = chunkOf(group, path, fail)
      return [JSON.stringify(metadata.path_in_schema), { metadata, path, fail }]
    }),
  )
}

/**
 * Writes a group in which all rows stay, byte for byte.
 * @param group the footer's entry, whose offsets are moved
 * @returns its chunks, whose indices are still to be copied
 */
export async function copyGroup(context: GroupContext, index: number, group: Struct): Promise<CopiedChunk[]> {
  const { task, bytes } = context
  const copied: CopiedChunk[] = []
  await eachChunk(context, index, group, async ({ metadata, path, fail }, chunk, column) => {
    const start = Number(metadata.dictionary_page_offset || metadata.data_page_offset)
    const end = endOfPages(context, metadata, path, fail)
    const delta = task.out.position - start
    for (let at = start; at < end; at += COPY_BYTES) await task.out.write(bytes.read(at, Math.min(COPY_BYTES, end - at)))
    for (const field of [COLUMN.dataPage, COLUMN.indexPage, COLUMN.dictionaryPage]) {
      const offset = integerOf(column, field)
      if (offset > 0) column.set(field, i64(offset + delta))
    }
    const offset = integerOf(chunk, CHUNK.fileOffset)
    chunk.set(CHUNK.fileOffset, i64(offset > 0 ? offset + delta : 0))
    copied.push({ chunk, column, delta })
  })
  return copied
}

/** Old writers declare a chunk some bytes too short, so its pages say where it ends. */
function endOfPages({ task, bytes }: GroupContext, chunk: ColumnMetaData, path: readonly SchemaTree[], fail: Fail): number {
  const root: SchemaTree = { children: [], count: 0, element: { name: 'root' }, path: [] }
  const cursor = new PageCursor(bytes, chunk, isFlatColumn([root, ...path]), task.limits.pageBytes, fail, () => undefined)
  while (cursor.next() !== null);
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
  return Math.max(cursor.position, start + Number(chunk.total_compressed_size))
}

/** Writes a group without the rows that go: chunk by chunk, one in memory. Statistics and indices of it are left out. */
export async function rewriteGroup(context: GroupContext, index: number, group: Struct): Promise<void> {
  const { task, footer } = context
  const first = footer.groupStarts[index]!
  const rows = footer.groupStarts[index + 1]! - first
  const start = task.out.position
  let unpacked = 0
  await eachChunk(context, index, group, async ({ metadata, path, fail }, chunk, column) => {
    const written = decoding(fail, () =>
      rewriteChunk({
        bytes: context.bytes,
        chunk: metadata,
        path,
        rows,
        keeps: (row) => task.choice.keeps(first + row),
        edit: editorOf(context, path, first),
        maxPageBytes: task.limits.pageBytes,
        fail,
        doubt: () => context.notes.add(NO_CHECKSUM),
      }),
    )
    if (written.codec.name !== metadata.codec) context.notes.add(codecNote(metadata.codec))
    unpacked += describe(column, written, task.out.position)
    chunk.set(CHUNK.fileOffset, i64(0))
    for (const field of [...CHUNK.offsetIndex, ...CHUNK.columnIndex]) chunk.delete(field)
    for (const page of written.pages) await task.out.write(page.bytes)
  })
  group.set(GROUP.rows, i64(task.choice.kept(first, first + rows)))
  group.set(GROUP.bytes, i64(unpacked))
  if (group.has(GROUP.packedBytes)) group.set(GROUP.packedBytes, i64(task.out.position - start))
}

const NO_CHECKSUM = 'a page of the input is not what its checksum was made of; its kept rows were written as they read'

function codecNote(codec: string): string {
  return `row groups that changed are compressed with Snappy, as ${codec} cannot be written`
}

/** Calls for each chunk with its thrift structs, in the order of the group. */
async function eachChunk(
  context: GroupContext,
  index: number,
  group: Struct,
  use: (leaf: Leaf, chunk: Struct, column: Struct) => Promise<void>,
): Promise<void> {
  const leaves = leavesOf(context, index)
  const parsed = context.footer.rowGroups[index]!.columns
  const start = context.task.out.position
  for (const [i, chunk] of structsOf(group, GROUP.columns).entries()) {
    const leaf = leaves.get(JSON.stringify(parsed[i]?.meta_data?.path_in_schema ?? null))
    const column = chunk.get(CHUNK.metadata)?.value
    if (leaf === undefined || !(column instanceof Map)) {
      throw parquetError('format', context.task.file, 'a column chunk is of no column', { rowGroup: index })
    }
    await use(leaf, chunk, column)
  }
  if (group.has(GROUP.fileOffset)) group.set(GROUP.fileOffset, i64(start))
}

/** Fills a chunk's metadata in. @returns its unpacked bytes */
function describe(column: Struct, { pages, codec, values, hasDictionary, hasPlain }: WrittenChunk, start: number): number {
  const packed = pages.reduce((total, page) => total + page.bytes.length, 0)
  const unpacked = pages.reduce((total, page) => total + page.unpackedBytes, 0)
  const encodings: Value[] = [RLE, ...(hasPlain || hasDictionary ? [PLAIN] : []), ...(hasDictionary ? [RLE_DICTIONARY] : [])]
  column.set(COLUMN.encodings, { type: T.list, value: { of: T.i32, items: encodings } })
  column.set(COLUMN.codec, i32(codec.id))
  column.set(COLUMN.values, i64(values))
  column.set(COLUMN.bytes, i64(unpacked))
  column.set(COLUMN.packedBytes, i64(packed))
  for (const field of [COLUMN.indexPage, COLUMN.dictionaryPage, ...COLUMN.statistics, ...COLUMN.bloom]) column.delete(field)
  const dictionaryBytes = hasDictionary ? pages[0]!.bytes.length : 0
  column.set(COLUMN.dataPage, i64(start + dictionaryBytes))
  if (hasDictionary) column.set(COLUMN.dictionaryPage, i64(start))
  return unpacked
}

/** Edits the values of one leaf, where its column is asked for. */
function editorOf({ task }: GroupContext, path: readonly SchemaTree[], first: number): ChunkSource['edit'] {
  const { edits } = task.choice
  const cells = edits.touches(path[0]!.element.name) ? leafCells(path) : null
  if (cells === null) return (value) => value
  return (value, row) => {
    const text = edits.has(first + row) ? cells.decode(value) : null
    return text === null ? value : (edits.apply(first + row, { ...cells, text }, cells.encode) ?? value)
  }
}
