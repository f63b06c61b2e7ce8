import { RecordBatchReader } from 'apache-arrow'
import type { DataType, RecordBatch } from 'apache-arrow'
import { CredenceError } from '../errors.js'
import { registerArrowCodecs } from './arrow-codecs.js'
import { arrowError, checkRows, fileMessages, guardArrow, nodesOf, streamMessages } from './arrow-messages.js'
import type { ArrowMessage } from './arrow-messages.js'
import { arrowType } from './arrow-schema.js'
import { arrowGetter } from './arrow-values.js'
import { ByteFile } from './byte-file.js'
import { checkColumnNames } from './column-names.js'
import type { FileSchema, FormatReader, PlannedUnit, RawBatch, SourceFile } from './format.js'
import { planUnits, rowNumbers } from './units.js'

type Locate = (bytes: ByteFile, file: SourceFile) => ArrowMessage[]

registerArrowCodecs()

/** Arrow IPC files, Feather version 2 among them. */
export const arrowFileReader = arrowReader(fileMessages)

/** Arrow IPC streams, which Hugging Face `datasets` keeps in its cache. */
export const arrowStreamReader = arrowReader(streamMessages)

/**
 * Either container: its messages are located first; a unit is then read by handing apache-arrow the schema, the
 * dictionaries before it and its own batches as one small stream. One record batch is in memory at a time.
 */
function arrowReader(locate: Locate): FormatReader {
  return {
    async schema(file): Promise<FileSchema> {
      return withFile(file, (bytes) => {
        const messages = locate(bytes, file)
        const declaredRows = messages.reduce((total, message) => total + (message.kind === 'batch' ? message.rows : 0), 0)
        return guardArrow(file, 'the schema', () => {
          const reader = RecordBatchReader.from(chunks(bytes, messages.slice(0, 1))).open()
          checkColumnNames(
            file,
            reader.schema.fields.map((field) => field.name),
          )
          return {
            columns: reader.schema.fields.map((field) => ({ name: field.name, type: arrowType(field.type as DataType) })),
            declaredRows,
          }
        })
      })
    },

    async plan(file, targetBytes): Promise<readonly PlannedUnit[]> {
      return withFile(file, (bytes) => {
        const batches = locate(bytes, file).filter((message) => message.kind === 'batch')
        // Each piece of a compressed batch would unpack all of it.
        const divisible = batches.every((batch) => !batch.compressed)
        return planUnits(
          'record-batches',
          batches.map(({ rows, bodyBytes }) => ({ rows, bytes: bodyBytes })),
          targetBytes,
          bytes.size,
          divisible,
        )
      })
    },

    async *read(file, planned, columns, batchRows) {
      const bytes = new ByteFile(file)
      try {
        yield* readUnit(bytes, file, locate(bytes, file), planned, columns, batchRows)
      } finally {
        bytes.close()
      }
    },
  }
}

function withFile<T>(file: SourceFile, use: (bytes: ByteFile) => T): T {
  const bytes = new ByteFile(file)
  try {
    return use(bytes)
  } finally {
    bytes.close()
  }
}

function* readUnit(
  bytes: ByteFile,
  file: SourceFile,
  messages: readonly ArrowMessage[],
  planned: PlannedUnit,
  columns: readonly string[] | null,
  batchRows: number,
): Generator<RawBatch> {
  const { unit, rows } = planned
  if (unit.kind !== 'record-batches' || rows === null) throw new CredenceError('internal', 'not an Arrow unit')
  const wanted = messagesOf(messages, unit.from, unit.to)
  const reader = guardArrow(file, 'the schema', () => RecordBatchReader.from(chunks(bytes, wanted)).open())
  const nodes = reader.schema.fields.map((field) => nodesOf(field.type as DataType))
  const batches = messages.filter((message) => message.kind === 'batch')
  let start = batches.slice(0, unit.from).reduce((total, batch) => total + batch.rows, 0)
  const end = planned.firstRow + rows
  for (let index = unit.from; index < unit.to; index++) {
    const batch = guardArrow(file, `record batch ${index}`, () => reader.next().value as RecordBatch | null)
    const message = batches[index]
    if (!message || batch?.numRows !== message.rows) {
      throw arrowError(
        'format',
        file,
        `record batch ${index} has ${batch?.numRows ?? 0} rows, its message declares ${message?.rows ?? 0}`,
      )
    }
    guardArrow(file, `record batch ${index}`, () => checkRows(bytes, file, message, index, nodes))
    const getters = pickColumns(file, batch, index, columns)
    const from = Math.max(planned.firstRow, start)
    const to = Math.min(end, start + batch.numRows)
    for (let row = from; row < to; row += batchRows) {
      const length = Math.min(batchRows, to - row)
      yield { length, rows: rowNumbers(row, length), columns: takeRows(file, getters, index, row - start, length) }
    }
    start += batch.numRows
  }
}

/** The schema, the dictionaries that come before batch `to`, and the batches [from, to). */
function messagesOf(messages: readonly ArrowMessage[], from: number, to: number): ArrowMessage[] {
  let batch = -1
  return messages.filter((message) => {
    if (message.kind === 'batch') batch++
    if (message.kind === 'batch') return batch >= from && batch < to
    return message.kind === 'schema' || (message.kind === 'dictionary' && batch < to - 1)
  })
}

/** The messages as chunks of a stream, each loaded when it is asked for. */
export function* chunks(bytes: ByteFile, messages: readonly ArrowMessage[]): Generator<Uint8Array> {
  for (const { metadataStart, bodyStart, bodyBytes, inline } of messages) {
    const metadata = inline ?? bytes.read(metadataStart, bodyStart - metadataStart)
    const prefix = new Uint8Array(8).fill(0xff)
    new DataView(prefix.buffer).setInt32(4, metadata.length, true)
    yield prefix
    yield metadata
    if (bodyBytes > 0) yield bytes.read(bodyStart, bodyBytes)
  }
}

type Getters = readonly (readonly [name: string, get: (index: number) => unknown])[]

function pickColumns(file: SourceFile, batch: RecordBatch, index: number, names: readonly string[] | null): Getters {
  const { fields } = batch.schema
  return (names ?? fields.map((field) => field.name)).map((name) => {
    const at = fields.findIndex((field) => field.name === name)
    if (at < 0) throw new CredenceError('internal', `${file.path}: there is no column ${JSON.stringify(name)}`)
    const data = batch.data.children[at]
    const what = `record batch ${index}, column ${JSON.stringify(name)}`
    if (data?.length !== batch.numRows) {
      throw arrowError('format', file, `${what} has ${data?.length ?? 0} rows, the batch declares ${batch.numRows}`)
    }
    return [name, guardArrow(file, what, () => arrowGetter(data))] as const
  })
}

function takeRows(file: SourceFile, getters: Getters, index: number, start: number, length: number): Record<string, unknown[]> {
  return Object.fromEntries(
    getters.map(([name, get]) => {
      const read = () => Array.from({ length }, (_, i) => get(start + i))
      return [name, guardArrow(file, `record batch ${index}, column ${JSON.stringify(name)}`, read)]
    }),
  )
}
