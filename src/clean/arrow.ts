/** Arrow IPC files and streams: schema, dictionaries and batches in which nothing goes are copied, the others written again. */
import { isUtf8 } from 'node:buffer'
import { Message, RecordBatchReader } from 'apache-arrow'
import type { DataType, RecordBatch, Schema } from 'apache-arrow'
import { FileBlock, Footer } from 'apache-arrow/ipc/metadata/file'
import { BatchBody } from './arrow-body.js'
import { takeRows, type Taken } from './arrow-take.js'
import { maskText } from './mask-text.js'
import type { Outcome, WriteTask } from './outcome.js'
import { chunks } from '../read/arrow.js'
import { arrowError, checkRows, fileMessages, guardArrow, nodesOf, streamMessages } from '../read/arrow-messages.js'
import type { ArrowMessage } from '../read/arrow-messages.js'
import { ByteFile } from '../read/byte-file.js'

const MAGIC = Buffer.from('ARROW1')
const PREFIX_BYTES = 8

/** @throws CredenceError as the reader does; `unsupported` for types that cannot be written */
export async function writeArrow(task: WriteTask): Promise<Outcome> {
  const { file } = task
  const bytes = new ByteFile(file.absolute, file.path)
  try {
    const messages = (file.format === 'arrow-file' ? fileMessages : streamMessages)(bytes, file)
    return await new ArrowWriter(task, bytes, messages).write()
  } finally {
    bytes.close()
  }
}

class ArrowWriter {
  readonly #task: WriteTask
  readonly #bytes: ByteFile
  readonly #messages: readonly ArrowMessage[]
  readonly #blocks = { dictionary: [] as FileBlock[], batch: [] as FileBlock[] }
  readonly #masked = new Set<number>()
  readonly #notes = new Set<string>()

  constructor(task: WriteTask, bytes: ByteFile, messages: readonly ArrowMessage[]) {
    this.#task = task
    this.#bytes = bytes
    this.#messages = messages
  }

  async write(): Promise<Outcome> {
    const { file, choice, out } = this.#task
    if (file.format === 'arrow-file') await out.write(padded(MAGIC))
    let rows = 0
    let batch = 0
    for (const message of this.#messages) {
      const from = rows
      rows += message.kind === 'batch' ? message.rows : 0
      if (message.kind !== 'batch' || choice.isWhole(from, rows)) await this.#copy(message)
      else if (choice.kept(from, rows) > 0) await this.#rewrite(message, batch, from)
      if (message.kind === 'batch') batch++
    }
    if (!choice.isWhole(0, rows) && this.#messages.some(({ kind }) => kind === 'dictionary')) this.#notes.add(DICTIONARIES)
    await out.write(END_OF_STREAM)
    if (file.format === 'arrow-file') await this.#footer()
    const masked = [...this.#masked].sort((a, b) => a - b)
    return { rows, kept: choice.kept(0, rows), masked, notes: [...this.#notes] }
  }

  async #copy(message: ArrowMessage): Promise<void> {
    const { metadataStart, bodyStart, bodyBytes, inline } = message
    const metadata = inline ?? this.#bytes.read(metadataStart, bodyStart - metadataStart)
    await this.#put(message.kind, metadata, this.#bytes.read(bodyStart, bodyBytes))
  }

  async #rewrite(message: ArrowMessage, index: number, first: number): Promise<void> {
    const { file, choice } = this.#task
    const { metadata, body } = guardArrow(file, `record batch ${index}`, () => {
      const batch = this.#decode(message, index)
      const kept = Array.from({ length: message.rows }, (_, i) => i).filter((i) => choice.keeps(first + i))
      const taken: Taken = { indices: kept, rows: kept.map((i) => first + i) }
      const body = new BatchBody()
      batch.schema.fields.forEach((field, column) => {
        const data = batch.data.children[column]
        if (data === undefined) throw new Error(`column ${JSON.stringify(field.name)} is not there`)
        takeRows(data, taken, this.#editor(field.name), body)
      })
      return body.encode(kept.length)
    })
    if (message.compressed) this.#notes.add(COMPRESSION)
    await this.#put('batch', metadata, body)
  }

  /** The batch alone: what its dictionaries hold is not looked at. */
  #decode(message: ArrowMessage, index: number): RecordBatch {
    const { file } = this.#task
    const reader = RecordBatchReader.from(chunks(this.#bytes, [this.#messages[0]!, message])).open()
    const columns = reader.schema.fields.map((field) => nodesOf(field.type as DataType))
    checkRows(this.#bytes, file, message, index, columns)
    const batch = reader.next().value as RecordBatch | null
    if (batch?.numRows !== message.rows) throw arrowError('format', file, `record batch ${index} has no ${message.rows} rows`)
    return batch
  }

  #editor(column: string) {
    const { choice, columns } = this.#task
    if (!columns.includes(column)) return (bytes: Uint8Array): Uint8Array => bytes
    return (bytes: Uint8Array, row: number): Uint8Array => {
      if (!choice.masks(row) || !isUtf8(bytes)) return bytes
      const text = Buffer.from(bytes).toString('utf8')
      const after = maskText(text)
      if (after === text) return bytes
      this.#masked.add(row)
      return Buffer.from(after, 'utf8')
    }
  }

  async #put(kind: ArrowMessage['kind'], metadata: Uint8Array, body: Uint8Array): Promise<void> {
    const { out } = this.#task
    const header = padded(metadata)
    const block = new FileBlock(PREFIX_BYTES + header.length, body.length, out.position)
    if (kind === 'dictionary' || kind === 'batch') this.#blocks[kind].push(block)
    const prefix = Buffer.alloc(PREFIX_BYTES, 0xff)
    prefix.writeInt32LE(header.length, 4)
    await out.write(prefix)
    await out.write(header)
    await out.write(body)
  }

  async #footer(): Promise<void> {
    const { out, file } = this.#task
    const schema = guardArrow(file, 'the schema', () => {
      const [first] = this.#messages
      return Message.decode(first?.inline ?? new Uint8Array(0)).header() as Schema
    })
    const footer = Footer.encode(new Footer(schema, undefined, this.#blocks.batch, this.#blocks.dictionary))
    const length = Buffer.alloc(4)
    length.writeInt32LE(footer.length)
    await out.write(footer)
    await out.write(length)
    await out.write(MAGIC)
  }
}

const END_OF_STREAM = Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])
const COMPRESSION = 'record batches that lost rows are written without compression'
const DICTIONARIES = 'dictionaries are written whole: they may hold values of rows that were left out'

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, new Uint8Array(-bytes.length & 7)])
}
