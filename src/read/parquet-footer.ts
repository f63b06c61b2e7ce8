import { parquetMetadata, parquetSchema } from 'hyparquet'
import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import { CredenceError } from '../errors.js'
import type { ErrorCode, ErrorPlace } from '../errors.js'
import type { ByteFile } from './byte-file.js'
import type { SourceFile } from './format.js'

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
    root = parquetSchema(metadata)
  } catch (error) {
    throw parquetError('format', file, `the footer cannot be parsed: ${reason(error)}`, {}, [], error)
  }
  const groupStarts = rowStarts(metadata, file)
  return { metadata, columns: root.children, rowGroups: metadata.row_groups, groupStarts }
}

function rowStarts(metadata: FileMetaData, file: SourceFile): number[] {
  const starts = [0]
  let total = 0
  metadata.row_groups.forEach((group, rowGroup) => {
    const rows = Number(group.num_rows)
    if (!Number.isSafeInteger(rows) || rows < 0) {
      throw parquetError('format', file, `row group ${rowGroup} declares ${rows} rows`, { rowGroup })
    }
    total += rows
    starts.push(total)
  })
  if (total !== Number(metadata.num_rows)) {
    throw parquetError('format', file, `the row groups add up to ${total} rows, the footer declares ${metadata.num_rows}`)
  }
  return starts
}

/** A `CredenceError` whose message names the file, row group and column. */
export function parquetError(
  code: ErrorCode,
  file: SourceFile,
  message: string,
  place: ErrorPlace = {},
  suggestions: readonly string[] = [],
  cause?: unknown,
): CredenceError {
  const where = [
    ...(place.rowGroup === undefined ? [] : [`row group ${place.rowGroup}`]),
    ...(place.column === undefined ? [] : [`column ${JSON.stringify(place.column)}`]),
  ]
  return new CredenceError(code, [file.path, ...where, message].join(': '), {
    place: { file: file.path, ...place },
    suggestions,
    cause,
  })
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
