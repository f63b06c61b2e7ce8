import { isUtf8 } from 'node:buffer'
import { CredenceError } from '../errors.js'
import { ByteWindow } from './byte-window.js'
import { readCsvHead, type CsvHead } from './csv-head.js'
import { CsvSplitter, splitFields } from './csv-split.js'
import { openBytes, type ByteRange } from './decompress.js'
import { MOST_ERRORS, type FormatReader, type PlannedUnit, type RawBatch, type ReadLog, type SourceFile } from './format.js'
import { RowBatcher, withRest } from './row-batcher.js'
import * as text from './text-records.js'

/** Where reading starts, for messages. */
interface Start {
  readonly file: SourceFile
  readonly head: CsvHead
  readonly range: ByteRange | null
}

/**
 * CSV (RFC 4180) in UTF-8 with a header: quoted line ends, doubled quotes, LF, CR or CRLF, with or without a byte order
 * mark. Cells are strings; a NUL is a character like any other. The row number is the index among records that are not
 * blank, after the header. A record with more or fewer fields than the header, or that is not UTF-8, keeps its number and
 * is skipped and logged; a quote that never closes makes the rest of the file unreadable and is an error.
 * @param delimiters to choose from by the header and the first records; the first is the default
 */
export function createCsvReader(delimiters: readonly string[], limits: text.TextLimits): FormatReader {
  const readHead = (file: SourceFile): Promise<CsvHead> => readCsvHead(file, delimiters, limits)
  return {
    schema: async (file) => ({
      columns: (await readHead(file)).names.map((name) => ({ name, type: 'string' })),
      declaredRows: null,
    }),
    plan: async (file, targetBytes) =>
      file.compression === 'none' ? plan({ file, head: await readHead(file), range: null }, targetBytes, limits) : [text.WHOLE],
    async *read(file, planned, columns, batchRows, log) {
      const range = planned.unit.kind === 'bytes' ? planned.unit : null
      yield* readUnit({ file, head: await readHead(file), range }, planned, columns, batchRows, log, limits)
    },
  }
}

export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const

export const csvReader: FormatReader = createCsvReader(CSV_DELIMITERS, text.DEFAULT_TEXT_LIMITS)
export const tsvReader: FormatReader = createCsvReader(['\t'], text.DEFAULT_TEXT_LIMITS)

async function plan(start: Start, targetBytes: number, limits: text.TextLimits): Promise<readonly PlannedUnit[]> {
  const cutter = new text.UnitCutter(targetBytes)
  try {
    for await (const { offset, spans } of blocks(start, limits)) {
      for (let i = 0; i < spans.length; i += 3) cutter.add(offset + (spans[i] ?? 0), offset + (spans[i + 1] ?? 0))
    }
  } catch (error) {
    if (!(error instanceof CredenceError) || error.code === 'io') throw error
    // Where records end is not known from here on: whoever reads that unit meets the same error, and the rows before it count.
    return cutter.finishWith({ start: start.head.dataStart, end: start.file.bytes })
  }
  return cutter.finish()
}

/** The records after the header, or those of a planned range. */
export async function* blocks(start: Start, limits: text.TextLimits): AsyncGenerator<text.RecordBlock> {
  const { file, head, range } = start
  const window = new ByteWindow(openBytes(file, { ...limits, range }), range?.start ?? 0)
  try {
    if (!range) await window.ensure(0, head.dataStart)
    yield* recordBlocks(window, range ? 0 : head.dataStart, start, limits)
  } finally {
    await window.close()
  }
}

async function* recordBlocks(
  window: ByteWindow,
  from: number,
  start: Start,
  limits: text.TextLimits,
): AsyncGenerator<text.RecordBlock> {
  const splitter = new CsvSplitter(start.head.delimiter.charCodeAt(0))
  let position = from
  let line = 0
  for (;;) {
    const { bytes, offset, ended } = window
    const spans: number[] = []
    splitter.view(bytes)
    while (position < bytes.length) {
      const next = splitter.next(position, ended)
      if (next === -1) break
      if (splitter.end - position > limits.maxRecordBytes) throw await tooLong(start, line, limits)
      if (splitter.end > position) spans.push(position, splitter.end, line)
      line += 1 + splitter.innerLines
      position = next
    }
    if (spans.length > 0) yield { bytes, offset, spans }
    if (ended) {
      if (position < bytes.length) throw await openQuote(start, line)
      return
    }
    if (bytes.length - position > limits.maxRecordBytes) throw await tooLong(start, line, limits)
    await window.more(position)
    position = 0
  }
}

async function readLines(start: Start): Promise<number> {
  return start.range ? text.countLines(start.file, start.range.start, true) : start.head.dataLine
}

async function openQuote(start: Start, line: number): Promise<CredenceError> {
  const at = (await readLines(start)) + line + 1
  return new CredenceError('format', `${start.file.path}, line ${at}: a quote opens in this record and never closes`, {
    place: { file: start.file.path, line: at },
  })
}

async function tooLong(start: Start, line: number, limits: text.TextLimits): Promise<CredenceError> {
  const at = (await readLines(start)) + line + 1
  return new CredenceError(
    'limit',
    `${start.file.path}, line ${at}: a record of more than ${limits.maxRecordBytes} bytes; a quote may be open`,
    {
      place: { file: start.file.path, line: at },
    },
  )
}

async function* readUnit(
  start: Start,
  planned: PlannedUnit,
  columns: readonly string[] | null,
  batchRows: number,
  log: ReadLog,
  limits: text.TextLimits,
): AsyncGenerator<RawBatch> {
  const { file, head } = start
  const wanted = columns ?? head.names
  const places = wanted.map((name) => head.names.indexOf(name))
  const batcher = new RowBatcher(file.path, wanted, batchRows)
  let next = planned.firstRow
  let linesBefore: number | null = null
  const batches = async function* (): AsyncGenerator<RawBatch> {
    for await (const block of blocks(start, limits)) {
      const { bytes, spans } = block
      const known = isUtf8(bytes.subarray(spans[0] ?? 0, spans.at(-2) ?? 0))
      for (let i = 0; i < spans.length; i += 3) {
        const [from = 0, end = 0, line = 0] = [spans[i], spans[i + 1], spans[i + 2]]
        const fields = parseFields(bytes, from, end, known, head)
        if (fields instanceof text.RecordFault) {
          if (log.errors.length < MOST_ERRORS) linesBefore ??= await readLines(start)
          text.logSkipped(log, file.path, fields, next, (linesBefore ?? 0) + line + 1)
        } else {
          const cells = places.map((place) => fields[place] ?? null)
          batcher.addCells(next, end - from, cells)
        }
        next++
        if (batcher.full) yield batcher.take()
      }
    }
  }
  yield* withRest(batcher, batches())
  text.checkUnchanged(file, planned, next - planned.firstRow)
}

function parseFields(bytes: Buffer, start: number, end: number, known: boolean, head: CsvHead): string[] | text.RecordFault {
  if (!known && !isUtf8(bytes.subarray(start, end))) return new text.RecordFault('format', 'not valid UTF-8')
  const columns = head.names.length
  const fields = splitFields(bytes.toString('utf8', start, end), head.delimiter, columns)
  if (fields.length === columns) return fields
  const found = fields.length > columns ? `more than ${columns}` : `${fields.length}`
  return new text.RecordFault('format', `${found} fields where the header has ${columns}`)
}
