/** Arrow IPC files and streams: schema, dictionaries and batches in which nothing goes are copied, the others written again. */
import { Message, RecordBatchReader } from 'apache-arrow'
import type { DataType, RecordBatch, Schema } from 'apache-arrow'
import { FileBlock, Footer } from 'apache-arrow/ipc/metadata/file'
import { BatchBody } from './arrow-body.js'
import { editInPlace, textEditor } from './arrow-edit.js'
import { takeRows, type Taken } from './arrow-take.js'
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
  const bytes = new ByteFile(file)
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
    for (const [place, message] of this.#messages.entries()) {
      const from = rows
      rows += message.kind === 'batch' ? message.rows : 0
      if (message.kind !== 'batch' || choice.isWhole(from, rows)) await this.#copy(message)
      else if (choice.kept(from, rows) > 0) await this.#rewrite(place, batch, from)
      if (message.kind === 'batch') batch++
    }
    if (choice.kept(0, rows) < rows && this.#messages.some(({ kind }) => kind === 'dictionary')) this.#notes.add(DICTIONARIES)
    await out.write(END_OF_STREAM)
    if (file.format === 'arrow-file') await this.#footer()
    return { rows, kept: choice.kept(0, rows), edited: choice.edits.done(), notes: [...this.#notes] }
  }

  async #copy(message: ArrowMessage): Promise<void> {
    const { metadataStart, bodyStart, bodyBytes, inline } = message
    const metadata = inline ?? this.#bytes.read(metadataStart, bodyStart - metadataStart)
    await this.#put(message.kind, metadata, this.#bytes.read(bodyStart, bodyBytes))
  }

  /** @param place of the batch's message @param index among the batches @param first its first row */
  async #rewrite(place: number, index: number, first: number): Promise<void> {
    const { file, choice } = this.#task
    const message = this.#messages[place]!
    const { metadata, body } = guardArrow(file, `record batch ${index}`, () => {
      const isEdited = choice.edits.within(first, first + message.rows) > 0
      const batch = this.#decode(place, index, isEdited)
      const kept = Array.from({ length: message.rows }, (_, i) => i).filter((i) => choice.keeps(first + i))
      const taken: Taken = { indices: kept, rows: kept.map((i) => first + i) }
      const body = new BatchBody()
      batch.schema.fields.forEach((field, column) => {
        const data = batch.data.children[column]
        if (data === undefined) throw new Error(`column ${JSON.stringify(field.name)} is not there`)
        const isTouched = isEdited && choice.edits.touches(field.name)
        if (isTouched) editInPlace(data, taken, choice.edits)
        takeRows(data, taken, isTouched ? textEditor(data.type, choice.edits) : (bytes) => bytes, body)
      })
      return body.encode(kept.length)
    })
    if (message.compressed) this.#notes.add(COMPRESSION)
    await this.#put('batch', metadata, body)
  }

  /** The batch alone, unless what its dictionaries hold matters. */
  #decode(place: number, index: number, withDictionaries: boolean): RecordBatch {
    const { file } = this.#task
    const message = this.#messages[place]!
    const before = withDictionaries ? this.#messages.slice(0, place) : []
    const dictionaries = before.filter(({ kind }) => kind === 'dictionary')
    const reader = RecordBatchReader.from(chunks(this.#bytes, [this.#messages[0]!, ...dictionaries, message])).open()
    const columns = reader.schema.fields.map((field) => nodesOf(field.type as DataType))
    checkRows(this.#bytes, file, message, index, columns)
    const batch = reader.next().value as RecordBatch | null
    if (batch?.numRows !== message.rows) throw arrowError('format', file, `record batch ${index} has no ${message.rows} rows`)
    return batch
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
const COMPRESSION = 'record batches that changed are written without compression'
const DICTIONARIES = 'dictionaries are written whole: they may hold values of rows that were left out'

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, new Uint8Array(-bytes.length & 7)])
}
