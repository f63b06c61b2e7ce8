import { isUtf8 } from 'node:buffer'
import { CredenceError } from '../errors.js'
import { ByteWindow } from './byte-window.js'
import { openBytes, type ByteRange } from './decompress.js'
import type { FileSchema, FormatReader, PlannedUnit, RawBatch, ReadLog, SourceFile } from './format.js'
import { JsonDocument } from './json-document.js'
import { parseJson, toRecord } from './json-record.js'
import { remarkOn } from './json-remark.js'
import { JsonSchema } from './json-schema.js'
import { RowBatcher, withRest } from './row-batcher.js'
import * as text from './text-records.js'

type Row = Readonly<Record<string, unknown>> | text.RecordFault

/**
 * A JSON array of objects, or one object with one array of objects in it (`{"version": 1, "data": [...]}`), streamed
 * element by element. What is not strict JSON in UTF-8 is refused; an element that is valid JSON but no object keeps its
 * row number and is skipped and logged.
 */
export function createJsonReader(limits: text.TextLimits): FormatReader {
  return {
    schema: (file) => readSchema(file, limits),
    plan: (file, targetBytes) => plan(file, targetBytes, limits),
    read: (file, planned, columns, batchRows, log) => readUnit(file, planned, columns, batchRows, log, limits),
  }
}

export const jsonReader: FormatReader = createJsonReader(text.DEFAULT_TEXT_LIMITS)

async function plan(file: SourceFile, targetBytes: number, limits: text.TextLimits): Promise<readonly PlannedUnit[]> {
  if (file.compression !== 'none') return [text.WHOLE]
  const cutter = new text.UnitCutter(targetBytes)
  for await (const { offset, spans } of blocks(file, null, limits)) {
    for (let i = 0; i < spans.length; i += 3) cutter.add(offset + (spans[i] ?? 0), offset + (spans[i + 1] ?? 0))
  }
  return cutter.finish()
}

export async function* blocks(
  file: SourceFile,
  range: ByteRange | null,
  limits: text.TextLimits,
): AsyncGenerator<text.RecordBlock> {
  const window = new ByteWindow(openBytes(file, { ...limits, range }), range?.start ?? 0)
  try {
    const from = range ? 0 : await text.skipByteOrderMark(window, file.path)
    const document = new JsonDocument(window, from, file.path, limits.maxRecordBytes)
    yield* range ? document.range() : document.rows()
  } finally {
    await window.close()
  }
}

/**
 * The rows of a block. An element that is not JSON means that the document is not.
 * @param firstRow row of the first element
 */
function* rowsOf(
  block: text.RecordBlock,
  file: SourceFile,
  firstRow: number,
): Generator<{ row: Row; remark: string | null; size: number }> {
  const { bytes, offset, spans } = block
  const known = isUtf8(bytes.subarray(0, spans.at(-2) ?? 0))
  for (let i = 0; i < spans.length; i += 3) {
    const [start = 0, end = 0] = [spans[i], spans[i + 1]]
    const parsed = parseJson(bytes, start, end, known)
    if (parsed instanceof text.RecordFault) {
      const row = firstRow + i / 3
      throw new CredenceError('format', `${file.path}, row ${row} at byte ${offset + start}: ${parsed.message}`, {
        place: { file: file.path, row },
      })
    }
    const row = toRecord(parsed.value, parsed.text)
    const remark = row instanceof text.RecordFault ? null : remarkOn(parsed.value, parsed.text)
    yield { row, remark, size: end - start }
  }
}

async function readSchema(file: SourceFile, limits: text.TextLimits): Promise<FileSchema> {
  const schema = new JsonSchema(file.path)
  let seen = 0
  let good = 0
  let bytes = 0
  sample: for await (const block of blocks(file, null, limits)) {
    for (const { row, size } of rowsOf(block, file, seen)) {
      seen++
      bytes += size
      if (!(row instanceof text.RecordFault)) {
        good++
        schema.add(row)
      }
      if (seen >= text.SCHEMA_ROWS || bytes >= text.SCHEMA_BYTES) break sample
    }
  }
  if (seen > 0 && good === 0) {
    throw new CredenceError(
      'format',
      `${file.path} is valid JSON but not a data set: none of its first ${seen} elements is an object`,
      {
        place: { file: file.path, row: 0 },
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
  const batches = async function* (): AsyncGenerator<RawBatch> {
    for await (const block of blocks(file, range, limits)) {
      for (const { row, remark, size } of rowsOf(block, file, next)) {
        if (remark !== null) text.logRemark(log, file.path, remark, next, null)
        if (row instanceof text.RecordFault) text.logSkipped(log, file.path, row, next, null)
        else batcher.addRecord(next, size, row)
        next++
        if (batcher.full) yield batcher.take()
      }
    }
  }
  yield* withRest(batcher, batches())
  text.checkUnchanged(file, planned, next - planned.firstRow)
}
