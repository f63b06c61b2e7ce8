import { parquetMetadata, parquetSchema } from 'hyparquet'
import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import { CredenceError } from '../errors.js'
import type { ByteFile } from './byte-file.js'
import { checkColumnNames } from './column-names.js'
import type { SourceFile } from './format.js'
import { checkChunks, checkNesting, rowStarts } from './parquet-counts.js'
import { parquetError, reason } from './parquet-error.js'

/** A footer of more bytes than this is refused: it is parsed in memory. */
const MAX_FOOTER_BYTES = 256 * 2 ** 20

export interface ParquetFooter {
  readonly metadata: FileMetaData
  /** The root's children are the columns. */
  readonly columns: readonly SchemaTree[]
  readonly rowGroups: readonly RowGroup[]
  /** Physical row that each row group starts at, and one more: the number of rows. */
  readonly groupStarts: readonly number[]
}

/** The footers read last, so that a process that reads many shards of one file parses its footer once. */
const recent = new Map<string, { size: number; mtimeMs: number; footer: ParquetFooter }>()
const RECENT_LIMIT = 4

/** The file's footer, checked: magic bytes, no encryption, row counts that add up. */
export function readParquetFooter(bytes: ByteFile, file: SourceFile): ParquetFooter {
  const known = recent.get(file.absolute)
  if (known?.size === bytes.size && known.mtimeMs === bytes.mtimeMs) return known.footer
  const footer = parseFooter(bytes, file)
  recent.delete(file.absolute)
  recent.set(file.absolute, { size: bytes.size, mtimeMs: bytes.mtimeMs, footer })
  for (const key of recent.keys()) if (recent.size > RECENT_LIMIT) recent.delete(key)
  return footer
}

function parseFooter(bytes: ByteFile, file: SourceFile): ParquetFooter {
  if (bytes.size < 12) throw parquetError('format', file, `${bytes.size} bytes is too short for Parquet`)
  const tail = bytes.read(bytes.size - 8, 8)
  const magic = Buffer.from(tail.subarray(4)).toString('latin1')
  if (magic === 'PARE') throw parquetError('unsupported', file, 'the footer is encrypted', {}, ['decrypt the file first'])
  if (magic !== 'PAR1') {
    throw parquetError(
      'format',
      file,
      `the last four bytes are ${JSON.stringify(magic)}, expected "PAR1": not Parquet, or cut short`,
    )
  }
  const length = new DataView(tail.buffer).getUint32(0, true)
  if (length > bytes.size - 12)
    throw parquetError('format', file, `the footer declares ${length} bytes, the file has ${bytes.size}`)
  if (length > MAX_FOOTER_BYTES)
    throw parquetError('limit', file, `the footer is ${length} bytes, the limit is ${MAX_FOOTER_BYTES}`)
  let metadata: FileMetaData
  let root: SchemaTree
  try {
    metadata = parquetMetadata(bytes.read(bytes.size - length - 8, length + 8), { geoparquet: false })
    checkNesting(metadata.schema, file)
    root = parquetSchema(metadata)
  } catch (error) {
    if (error instanceof CredenceError) throw error
    throw parquetError('format', file, `the footer cannot be parsed: ${reason(error)}`, {}, [], error)
  }
  const groupStarts = rowStarts(metadata, file)
  checkColumnNames(
    file,
    root.children.map(({ element }) => element.name),
  )
  checkChunks(root.children, metadata.row_groups, file)
  return { metadata, columns: root.children, rowGroups: metadata.row_groups, groupStarts }
}
