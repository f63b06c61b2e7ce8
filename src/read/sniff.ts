import { asCredenceError, CredenceError } from '../errors.js'
import { headBytes } from './byte-stream.js'
import { openBytes } from './decompress.js'
import type { StampedFile } from './file-stamp.js'
import type { Compression, FormatName } from './format.js'

interface Known {
  readonly format: FormatName | 'arrow' | 'json-kind'
  readonly packable: boolean
}

/** Formats by file name extension; `arrow` and `json-kind` need a look inside. */
const EXTENSIONS: Readonly<Record<string, Known>> = {
  parquet: { format: 'parquet', packable: false },
  pq: { format: 'parquet', packable: false },
  parq: { format: 'parquet', packable: false },
  arrow: { format: 'arrow', packable: false },
  arrows: { format: 'arrow', packable: false },
  ipc: { format: 'arrow', packable: false },
  feather: { format: 'arrow', packable: false },
  jsonl: { format: 'jsonl', packable: true },
  ndjson: { format: 'jsonl', packable: true },
  jsonlines: { format: 'jsonl', packable: true },
  json: { format: 'json-kind', packable: true },
  csv: { format: 'csv', packable: true },
  tsv: { format: 'tsv', packable: true },
  tab: { format: 'tsv', packable: true },
}

const PACKED: Readonly<Record<string, Compression>> = { gz: 'gzip', zst: 'zstd' }

/** Bytes of text looked at to tell a JSON document from JSON lines. */
const HEAD_BYTES = 64 * 1024

/** File name endings that a folder is searched for. */
export const KNOWN_ENDINGS: readonly string[] = Object.entries(EXTENSIONS).flatMap(([extension, { packable }]) =>
  packable ? [extension, ...Object.keys(PACKED).map((packed) => `${extension}.${packed}`)] : [extension],
)

export interface FileFormat {
  readonly format: FormatName
  readonly compression: Compression
}

/**
 * A file's format by its extension, and by its first bytes where that does not decide.
 * @throws CredenceError `unsupported` where neither tells, or for Feather version 1; `format` for a Git LFS pointer
 */
export async function fileFormat(file: StampedFile): Promise<FileFormat> {
  const { path } = file
  const head = await headOf(file)
  const magic = head.toString('latin1')
  if (magic.startsWith('version https://git-lfs')) {
    throw new CredenceError('format', `${path} is a Git LFS pointer, not the data it stands for`, {
      place: { file: path },
      suggestions: ['run `git lfs pull` in that repository'],
    })
  }
  const parts = (path.split(/[\\/]/).at(-1) ?? '').toLowerCase().split('.')
  const last = parts.at(-1) ?? ''
  const compression =
    packedBy(last) ?? (magic.startsWith('\x1f\x8b') ? 'gzip' : magic.startsWith('\x28\xb5\x2f\xfd') ? 'zstd' : 'none')
  const known = ownValue(EXTENSIONS, (packedBy(last) ? parts.at(-2) : last) ?? '')
  if (known && compression !== 'none' && !known.packable) {
    throw new CredenceError('unsupported', `${path}: ${known.format} inside ${compression} is not read`, {
      place: { file: path },
      suggestions: ['unpack it first: Parquet and Arrow compress their own pages'],
    })
  }
  if (known?.format === 'arrow') return { format: arrowKind(magic, path), compression }
  if (known?.format === 'json-kind') return { format: (await jsonKind(file, compression)) ?? 'json', compression }
  if (known) return { format: known.format, compression }
  const format = binaryKind(magic, path) ?? (await jsonKind(file, compression))
  if (format === null) throw unknownFormat(path)
  return { format, compression }
}

function packedBy(ending: string): Compression | undefined {
  return ownValue(PACKED, ending)
}

/** A file may end in `.constructor`, which every object has. */
function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

function unknownFormat(path: string): CredenceError {
  return new CredenceError('unsupported', `${path}: neither its name nor its first bytes tell the format`, {
    place: { file: path },
    suggestions: [`give it one of the endings ${KNOWN_ENDINGS.map((ending) => `.${ending}`).join(' ')}`],
  })
}

async function headOf(file: StampedFile): Promise<Buffer> {
  try {
    return await headBytes(file, 32)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: file.path })
  }
}

function binaryKind(magic: string, path: string): FormatName | null {
  if (magic.startsWith('PAR1') || magic.startsWith('PARE')) return 'parquet'
  return /^(ARROW1|\xff\xff\xff\xff|FEA1)/.test(magic) ? arrowKind(magic, path) : null
}

function arrowKind(magic: string, path: string): FormatName {
  if (magic.startsWith('FEA1')) {
    throw new CredenceError('unsupported', `${path} is Feather version 1`, {
      place: { file: path },
      suggestions: ['write it again as Feather version 2 or Parquet, for example with pandas and a current pyarrow'],
    })
  }
  // Streams older than Arrow 0.15 begin with a length: there is no magic to ask for.
  return magic.startsWith('ARROW1') ? 'arrow-file' : 'arrow-stream'
}

/** Whether text is one JSON document or JSON lines; null where it is neither. */
async function jsonKind(file: StampedFile, compression: Compression): Promise<'json' | 'jsonl' | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of openBytes({ ...file, compression })) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= HEAD_BYTES) break
  }
  const text = Buffer.concat(chunks)
    .subarray(0, HEAD_BYTES)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (text.startsWith('[')) return 'json'
  if (!text.startsWith('{')) return null
  const [first = '', ...rest] = text.split('\n')
  if (rest.length === 0 && size >= HEAD_BYTES) return 'jsonl' // one line longer than the head
  const row = parsed(first)
  if (row === undefined) return 'json' // an object that goes on over the next lines
  if (rest.some((line) => line.trim() !== '')) return 'jsonl'
  return Object.values(row).some((value) => Array.isArray(value) && value.length > 0 && value.every(isRecord)) ? 'json' : 'jsonl'
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(line: string): object | undefined {
  try {
    return JSON.parse(line) as object
  } catch {
    return undefined // not JSON by itself: that is the question
  }
}
