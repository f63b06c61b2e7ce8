import { isUtf8 } from 'node:buffer'
import { CredenceError } from '../errors.js'
import { ByteWindow } from './byte-window.js'
import { openBytes, type ByteRange } from './decompress.js'
import {
  MOST_ERRORS,
  type FileSchema,
  type FormatReader,
  type PlannedUnit,
  type RawBatch,
  type ReadLog,
  type SourceFile,
} from './format.js'
import { parseJson, toRecord } from './json-record.js'
import { remarkOn } from './json-remark.js'
import { JsonSchema } from './json-schema.js'
import { lineBlocks, planLines } from './lines.js'
import { RowBatcher, withRest } from './row-batcher.js'
import * as text from './text-records.js'

type Row = Readonly<Record<string, unknown>> | text.RecordFault

interface Line {
  readonly row: Row
  readonly remark: string | null
  /** 0-based, counted from where reading began. */
  readonly line: number
  /** In bytes. */
  readonly size: number
}

/**
 * JSON Lines: one JSON object a line, UTF-8, with or without a byte order mark, LF or CRLF. The row number is the index
 * among lines that are not blank; a malformed line keeps its number, is counted as skipped and logged. Keys that occur
 * twice: the last counts, and the row is remarked on. Integers beyond 2^53 come as bigint, in nested values as text.
 */
export function createJsonlReader(limits: text.TextLimits): FormatReader {
  return {
    schema: (file) => readSchema(file, limits),
    plan: (file, targetBytes) => plan(file, targetBytes, limits),
    read: (file, planned, columns, batchRows, log) => readUnit(file, planned, columns, batchRows, log, limits),
  }
}

export const jsonlReader: FormatReader = createJsonlReader(text.DEFAULT_TEXT_LIMITS)

async function plan(file: SourceFile, targetBytes: number, limits: text.TextLimits): Promise<readonly PlannedUnit[]> {
  if (file.compression !== 'none') return [text.WHOLE]
  const window = new ByteWindow(openBytes(file, limits))
  try {
    return await planLines(window, await text.skipByteOrderMark(window, file.path), targetBytes)
  } finally {
    await window.close()
  }
}

/** @param range a range that starts at a line of a plan; null for the whole file */
export async function* blocks(
  file: SourceFile,
  range: ByteRange | null,
  limits: text.TextLimits,
): AsyncGenerator<text.RecordBlock> {
  const start = range?.start ?? 0
  const window = new ByteWindow(openBytes(file, { ...limits, range }), start)
  try {
    const from = start === 0 ? await text.skipByteOrderMark(window, file.path) : 0
    yield* lineBlocks(window, from, limits.maxRecordBytes)
  } finally {
    await window.close()
  }
}

/** The rows of a block, with the line and the bytes of each. */
function* rowsOf(block: text.RecordBlock, limits: text.TextLimits): Generator<Line> {
  const { bytes, spans } = block
  const known = isUtf8(bytes.subarray(0, Math.max(0, spans.at(-2) ?? 0)))
  for (let i = 0; i < spans.length; i += 3) {
    const [start = 0, end = 0, line = 0] = [spans[i], spans[i + 1], spans[i + 2]]
    yield {
      ...(start < 0 ? { row: tooLong(limits), remark: null } : parseLine(bytes, start, end, known)),
      line,
      size: end - start,
    }
  }
}

function parseLine(bytes: Buffer, start: number, end: number, known: boolean): Pick<Line, 'row' | 'remark'> {
  const parsed = parseJson(bytes, start, end, known)
  if (parsed instanceof text.RecordFault) return { row: parsed, remark: null }
  const row = toRecord(parsed.value, parsed.text)
  return { row, remark: row instanceof text.RecordFault ? null : remarkOn(parsed.value, parsed.text) }
}

function tooLong(limits: text.TextLimits): text.RecordFault {
  return new text.RecordFault('limit', `a line of more than ${limits.maxRecordBytes} bytes`)
}

async function readSchema(file: SourceFile, limits: text.TextLimits): Promise<FileSchema> {
  const schema = new JsonSchema(file.path)
  let seen = 0
  let good = 0
  let bytes = 0
  let first: text.RecordFault | null = null
  sample: for await (const block of blocks(file, null, limits)) {
    for (const { row, size } of rowsOf(block, limits)) {
      seen++
      bytes += size
      if (row instanceof text.RecordFault) first ??= row
      else {
        good++
        schema.add(row)
      }
      if (seen >= text.SCHEMA_ROWS || bytes >= text.SCHEMA_BYTES) break sample
    }
  }
  if (seen > 0 && good === 0) {
    throw new CredenceError(
      'format',
      `${file.path}: none of the first ${seen} lines is a JSON object (${first?.message ?? ''})`,
      {
        place: { file: file.path, line: 1 },
      },
    )
  }
  return { columns: schema.columns(), declaredRows: null }
}

async function* readUnit(
  file: SourceFile,
  planned: PlannedUnit,
  columns: readonly string[] | null,
  batchRows: number,
  log: ReadLog,
  limits: text.TextLimits,
): AsyncGenerator<RawBatch> {
  const range = planned.unit.kind === 'bytes' ? planned.unit : null
  const batcher = new RowBatcher(file.path, columns, batchRows)
  let next = planned.firstRow
  let linesBefore: number | null = null
  const batches = async function* (): AsyncGenerator<RawBatch> {
    for await (const block of blocks(file, range, limits)) {
      for (const { row, remark, line, size } of rowsOf(block, limits)) {
        const isFault = row instanceof text.RecordFault
        if ((isFault || remark !== null) && log.errors.length < MOST_ERRORS)
          linesBefore ??= range ? await text.countLines(file, range.start, false) : 0
        if (isFault) text.logSkipped(log, file.path, row, next, (linesBefore ?? 0) + line + 1)
        else {
          if (remark !== null) text.logRemark(log, file.path, remark, next, (linesBefore ?? 0) + line + 1)
          batcher.addRecord(next, size, row)
        }
        next++
        if (batcher.full) yield batcher.take()
      }
    }
  }
  yield* withRest(batcher, batches())
  text.checkUnchanged(file, planned, next - planned.firstRow)
}
