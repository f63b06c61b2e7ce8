import { Message } from 'apache-arrow'
import { BufferRegion, FieldNode, RecordBatch } from 'apache-arrow/ipc/metadata/message'

/** The nodes and buffers of a record batch, gathered in the order of the IPC format and not compressed. */
export class BatchBody {
  readonly #nodes: FieldNode[] = []
  readonly #regions: BufferRegion[] = []
  readonly #variadic: number[] = []
  readonly #parts: Uint8Array[] = []
  #bytes = 0

  node(length: number, nulls: number): void {
    this.#nodes.push(new FieldNode(length, nulls))
  }

  /** Buffers begin at multiples of 8 bytes. */
  buffer(bytes: Uint8Array): void {
    this.#regions.push(new BufferRegion(this.#bytes, bytes.length))
    const padding = -bytes.length & 7
    this.#parts.push(bytes, new Uint8Array(padding))
    this.#bytes += bytes.length + padding
  }

  /** How many buffers a column of views has beside its views. */
  variadic(count: number): void {
    this.#variadic.push(count)
  }

  /** The message: its flatbuffer and its body. */
  encode(rows: number): { readonly metadata: Uint8Array; readonly body: Uint8Array } {
    const header = new RecordBatch(rows, this.#nodes, this.#regions, null, this.#variadic)
    return { metadata: Message.encode(Message.from(header, this.#bytes)), body: Buffer.concat(this.#parts) }
  }
}
