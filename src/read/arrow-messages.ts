import { DataType, Message } from 'apache-arrow'
import { Footer } from 'apache-arrow/ipc/metadata/file'
import { CredenceError } from '../errors.js'
import { checkFooter, checkMessage, isBigEndian } from './arrow-flatbuffer.js'
import type { ByteFile } from './byte-file.js'
import type { SourceFile } from './format.js'

/** Message metadata of more bytes than this is refused: it is parsed in memory. */
const MAX_METADATA_BYTES = 64 * 2 ** 20
/** Record batches, or dictionaries, of more bytes than this are refused: one is held at a time. */
const MAX_BODY_BYTES = 2 * 2 ** 30

const CONTINUATION = 0xffffffff
const FILE_MAGIC = 'ARROW1'

/** One encapsulated IPC message, located but not loaded. */
export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'batch' | 'other'
  /** Of the flatbuffer. */
  readonly metadataStart: number
  readonly bodyStart: number
  readonly bodyBytes: number
  /** Rows of a record batch, values of a dictionary, else 0. */
  readonly rows: number
  readonly compressed: boolean
  /** The flatbuffer, where it does not lie in the file as a message. */
  readonly inline: Uint8Array | null
}

export function arrowError(
  code: 'format' | 'limit' | 'unsupported',
  file: SourceFile,
  message: string,
  cause?: unknown,
): CredenceError {
  return new CredenceError(code, `${file.path}: ${message}`, { place: { file: file.path }, cause })
}

/** Runs a decoder; what it throws becomes a typed error that names the file. */
export function guardArrow<T>(file: SourceFile, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof CredenceError) {
      if (error.place.file !== undefined) throw error
      throw new CredenceError(error.code, `${file.path}: ${what}: ${message}`, {
        place: { file: file.path, ...error.place },
        cause: error,
      })
    }
    const code = /not supported|Unrecognized type|Unsupported/i.test(message) ? 'unsupported' : 'format'
    throw arrowError(code, file, `${what} cannot be decoded: ${message}`, error)
  }
}

/**
 * The messages of an IPC stream in order: the schema first.
 * Only their headers are read, so that a stream of any size can be planned and read from its middle.
 */
export function streamMessages(bytes: ByteFile, file: SourceFile): ArrowMessage[] {
  const messages: ArrowMessage[] = []
  for (let at = 0; at + 4 <= bytes.size;) {
    const message = readMessage(bytes, file, at)
    if (!message) break
    if (messages.length === 0) checkSchema(bytes, file, message)
    else if (message.kind === 'schema')
      throw arrowError('unsupported', file, 'the stream has a second schema: several streams in one file')
    messages.push(message)
    at = message.bodyStart + message.bodyBytes
  }
  if (messages.length === 0) throw arrowError('format', file, 'the file is not an Arrow stream: it has no schema')
  return messages
}

/** The messages of an IPC file by its footer: schema, dictionaries, record batches. */
export function fileMessages(bytes: ByteFile, file: SourceFile): ArrowMessage[] {
  const trailer = bytes.size < 18 ? new Uint8Array(10) : bytes.read(bytes.size - 10, 10)
  if (Buffer.from(trailer.subarray(4)).toString('latin1') !== FILE_MAGIC) {
    throw arrowError('format', file, `the file does not end in ${FILE_MAGIC}: not an Arrow IPC file, or cut short`)
  }
  const length = new DataView(trailer.buffer).getInt32(0, true)
  if (length <= 0 || length > bytes.size - 18 || length > MAX_METADATA_BYTES) {
    throw arrowError('format', file, `the footer declares ${length} bytes, the file has ${bytes.size}`)
  }
  const { schema, blocks } = guardArrow(file, 'the footer', () => {
    const metadata = bytes.read(bytes.size - 10 - length, length)
    checkFooter(metadata)
    if (isBigEndian(metadata, 'footer')) throw arrowError('unsupported', file, 'the data is big-endian')
    const footer = Footer.decode(metadata)
    const located = [...footer.dictionaryBatches(), ...footer.recordBatches()].map((block) => block.offset)
    return { schema: Message.encode(Message.from(footer.schema)), blocks: located }
  })
  // The footer's schema counts: not every writer puts one at the start as well.
  const first: ArrowMessage = {
    kind: 'schema',
    metadataStart: 0,
    bodyStart: 0,
    bodyBytes: 0,
    rows: 0,
    compressed: false,
    inline: schema,
  }
  const rest = blocks.map((offset) => {
    const message = readMessage(bytes, file, offset)
    if (message?.kind !== 'dictionary' && message?.kind !== 'batch')
      throw arrowError('format', file, `the footer points at byte ${offset}, where no batch is`)
    return message
  })
  return [first, ...rest]
}

function readMessage(bytes: ByteFile, file: SourceFile, offset: number): ArrowMessage | null {
  const prefix = new DataView(bytes.read(offset, Math.min(8, bytes.size - offset)).buffer)
  // Before version 0.15 there was no continuation marker.
  const marked = prefix.byteLength === 8 && prefix.getUint32(0, true) === CONTINUATION
  const length = prefix.getInt32(marked ? 4 : 0, true)
  if (length === 0) return null
  const metadataStart = offset + (marked ? 8 : 4)
  if (length < 0 || length > MAX_METADATA_BYTES || metadataStart + length > bytes.size) {
    throw arrowError(
      'format',
      file,
      `the message at byte ${offset} declares ${length} bytes of metadata, the file has ${bytes.size}`,
    )
  }
  const message = guardArrow(file, `the message at byte ${offset}`, () => {
    const metadata = bytes.read(metadataStart, length)
    checkMessage(metadata)
    const decoded = Message.decode(metadata)
    return { ...describe(decoded), bodyBytes: decoded.bodyLength }
  })
  const bodyStart = metadataStart + length
  if (!(message.bodyBytes >= 0) || bodyStart + message.bodyBytes > bytes.size) {
    throw arrowError(
      'format',
      file,
      `the message at byte ${offset} declares a body of ${message.bodyBytes} bytes, the file has ${bytes.size}: cut short?`,
    )
  }
  if (message.bodyBytes > MAX_BODY_BYTES) {
    throw arrowError(
      'limit',
      file,
      `the message at byte ${offset} has ${message.bodyBytes} bytes, the limit is ${MAX_BODY_BYTES}`,
    )
  }
  if (!Number.isSafeInteger(message.rows) || message.rows < 0) {
    throw arrowError('format', file, `the message at byte ${offset} declares ${message.rows} rows`)
  }
  return { ...message, metadataStart, bodyStart, inline: null }
}

function describe(message: Message): Pick<ArrowMessage, 'kind' | 'rows' | 'compressed'> {
  if (message.isSchema()) return { kind: 'schema', rows: 0, compressed: false }
  if (message.isRecordBatch()) {
    const header = message.header()
    return { kind: 'batch', rows: header.length, compressed: header.compression !== null }
  }
  if (message.isDictionaryBatch()) {
    const header = message.header()
    return { kind: 'dictionary', rows: header.length, compressed: header.data.compression !== null }
  }
  return { kind: 'other', rows: 0, compressed: false }
}

/** Refuses big-endian data, which apache-arrow would read as if it were little-endian. */
function checkSchema(bytes: ByteFile, file: SourceFile, message: ArrowMessage): void {
  if (message.kind !== 'schema') throw arrowError('format', file, `the first message is a ${message.kind}, expected a schema`)
  const metadata = bytes.read(message.metadataStart, message.bodyStart - message.metadataStart)
  if (guardArrow(file, 'the schema', () => isBigEndian(metadata, 'message')))
    throw arrowError('unsupported', file, 'the data is big-endian')
}

/**
 * Checks that each column of a batch has as many rows as the batch: apache-arrow makes up nulls where it has fewer.
 * @param columns the number of nodes that each column takes in the batch's depth-first list, see {@link nodesOf}
 */
export function checkRows(
  bytes: ByteFile,
  file: SourceFile,
  batch: ArrowMessage,
  index: number,
  columns: readonly number[],
): void {
  const message = Message.decode(bytes.read(batch.metadataStart, batch.bodyStart - batch.metadataStart))
  if (!message.isRecordBatch()) throw arrowError('format', file, `record batch ${index} is none`)
  const { nodes } = message.header()
  let at = 0
  columns.forEach((count, column) => {
    const rows = nodes[at]?.length ?? 0
    if (rows !== batch.rows)
      throw arrowError(
        'format',
        file,
        `record batch ${index}: column ${column} has ${rows} rows, the batch declares ${batch.rows}`,
      )
    at += count
  })
}

/** Nodes of a column: its own and those of its children; a dictionary's values lie elsewhere. */
export function nodesOf(type: DataType): number {
  if (DataType.isDictionary(type)) return 1
  const children = (type.children ?? []) as readonly { readonly type: DataType }[]
  return children.reduce((total, child) => total + nodesOf(child.type), 1)
}
