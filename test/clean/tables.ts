/** Random tables in every format that is written, for tests of what becomes of their rows and cells. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import {
  Bool,
  Dictionary,
  Field,
  Int32,
  Int64,
  List,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow'
import type { CompressionCodec } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'

interface Row {
  readonly text: string
  readonly tag: string
  readonly size: number
  readonly turns: readonly string[]
}

const row = fc.record<Row>({
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('a,b', '"x"', 'two\nlines', 'CR\r\nLF', ' ', '\u{1F600}'),
  ),
  tag: fc.constantFrom('red', 'green', 'blue'),
  size: fc.integer({ min: -5, max: 1e6 }),
  turns: fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }),
})

/** Rows, some of them, none or all, and how many parts a file of them has. */
export const table = fc
  .array(row, { minLength: 1, maxLength: 30 })
  .chain((rows) =>
    fc.record({ rows: fc.constant(rows), named: fc.subarray(rows.map((_, i) => i)), parts: fc.integer({ min: 1, max: 4 }) }),
  )

const quoted = (cell: string): string => (/[",\r\n]|^ |^$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
function parquet(rows: readonly Row[], parts: number, codec: CompressionCodec): Uint8Array {
  const columnData = [
    { name: 'text', data: rows.map(({ text }) => text), type: 'STRING' as const },
    {
      name: 'tag',
      data: rows.map(({ tag }) => (tag === 'red' ? null : tag)),
      type: 'STRING' as const,
      encoding: 'RLE_DICTIONARY' as const,
    },
    { name: 'size', data: rows.map(({ size }) => BigInt(size)), type: 'INT64' as const },
    { name: 'share', data: rows.map(({ size }) => size / 7), type: 'DOUBLE' as const },
    { name: 'even', data: rows.map(({ size }) => size % 2 === 0), type: 'BOOLEAN' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, rowGroupSize: Math.ceil(rows.length / parts) }))
}

function arrow(rows: readonly Row[], parts: number, container: 'file' | 'stream'): Uint8Array {
  const column = (type: DataType, of: (row: Row) => unknown): Vector => vectorFromArray(rows.map(of), type)
  const whole = new Table({
    text: column(new Utf8(), ({ text }) => (text === ' ' ? null : text)),
    tag: column(new Dictionary(new Utf8(), new Int32()), ({ tag }) => tag),
    size: column(new Int64(), ({ size }) => BigInt(size)),
    even: column(new Bool(), ({ size }) => size % 2 === 0),
    turns: column(new List(new Field('item', new Utf8(), true)), ({ turns }) => (turns.length === 1 ? null : [...turns])),
  })
  const size = Math.ceil(rows.length / parts)
  const batches = Array.from(
    { length: Math.ceil(rows.length / size) },
    (_, i) => whole.slice(i * size, (i + 1) * size).batches[0]!,
  )
  return tableToIPC(new Table(batches), container)
}

/** Writers of whole files, each in more than one way that people write them. */
export const WRITERS: Readonly<Record<string, (rows: readonly Row[], parts: number) => string | Uint8Array>> = {
  'lines.jsonl': (rows, parts) => rows.map((value) => JSON.stringify(value)).join('\n'.repeat(parts)),
  'crlf.jsonl': (rows) => `\ufeff\r\n${rows.map((value) => JSON.stringify(value)).join('\r\n')}\r\n`,
  'packed.jsonl.gz': (rows) => gzipSync(rows.map((value) => `${JSON.stringify(value)}\n`).join('')),
  'array.json': (rows, parts) => JSON.stringify(rows, null, parts),
  'within.json': (rows) => `{"version": 1, "data": [${rows.map((value) => JSON.stringify(value)).join(' ,')}], "by": "us"}`,
  'table.csv': (rows) => ['text,size,tag', ...rows.map(({ text, size, tag }) => `${quoted(text)},${size},${tag}`)].join('\n'),
  'crlf.csv': (rows) =>
    `\ufefftext;n\r\n${rows.map(({ text, size }) => `"${text.replaceAll('"', '""')}";${size}\r\n`).join('\r\n')}`,
  'table.tsv': (rows) => ['tag\tsize', ...rows.map(({ size, tag }) => `${tag}\t${size}`), ''].join('\n'),
  'file.arrow': (rows, parts) => arrow(rows, parts, 'file'),
  'stream.arrow': (rows, parts) => arrow(rows, parts, 'stream'),
  'snappy.parquet': (rows, parts) => parquet(rows, parts, 'SNAPPY'),
  'plain.parquet': (rows, parts) => parquet(rows, parts, 'UNCOMPRESSED'),
}
