import { CredenceError } from '../errors.js'
import type { Embedding } from '../model/row-batch.js'
import type { DeviceName, Encoder } from './encoder.js'
import type { EncoderSpec } from './folder.js'
import { fields } from './onnx-file.js'
import { ROW_LENGTH, RowSums } from './row-sums.js'
import type { Tokenizer } from './tokenizer.js'

const MODEL_GRAPH = 7
const GRAPH_TENSOR = 5
const TENSOR = { type: 2, raw: 9 } as const
const INT16 = 5

/**
 * The bundled table of token vectors without ONNX Runtime, whose graph for it is: look up, sum. The sums are whole numbers
 * that float32 holds exactly, so both give the same vectors to the bit; this one needs neither padding nor the runtime's memory.
 */
export class TableEncoder implements Encoder {
  readonly name: string
  readonly dim: number
  readonly device: DeviceName = 'cpu'
  readonly #tokenizer: Tokenizer
  readonly #rows: RowSums

  /** @param weights the ONNX file. @throws CredenceError `model` when it holds no such table */
  constructor(
    spec: EncoderSpec,
    readonly sha256: string,
    tokenizer: Tokenizer,
    weights: Uint8Array,
  ) {
    this.name = spec.name
    this.dim = spec.dim
    this.#tokenizer = tokenizer
    this.#rows = new RowSums(tableOf(weights, spec), spec.maxTokens)
  }

  embed(texts: readonly string[]): Promise<Embedding> {
    const { dim } = this
    const vectors = new Float32Array(texts.length * dim)
    texts.forEach((text, row) => {
      this.#rows.write(this.#tokenizer.encodeInto(text, this.#rows.ids), vectors, row * dim)
    })
    return Promise.resolve({ dim, vectors })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** The only 16-bit tensor of the graph, [tokens × dim]. */
function tableOf(weights: Uint8Array, { name, dim }: EncoderSpec): Int16Array {
  const refuse = (why: string): CredenceError => new CredenceError('model', `${name}: ${why}`)
  if (dim !== ROW_LENGTH) throw refuse(`vectors of ${dim}, expected ${ROW_LENGTH}`)
  for (const graph of fields(weights)) {
    if (graph.field !== MODEL_GRAPH || graph.payload === null) continue
    for (const { field, payload } of fields(graph.payload)) {
      const bytes = field === GRAPH_TENSOR && payload !== null ? shortsOf(payload) : null
      if (bytes === null) continue
      if (bytes.length % (2 * dim) !== 0) throw refuse(`a table of ${bytes.length} bytes, expected rows of ${2 * dim}`)
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    }
  }
  throw refuse('the graph holds no table of 16-bit numbers')
}

/** The bytes of a 16-bit tensor, little-endian as ONNX has them; null for any other. */
function shortsOf(tensor: Uint8Array): Uint8Array | null {
  let type = 0
  let raw: Uint8Array | null = null
  for (const { field, value, payload } of fields(tensor)) {
    if (field === TENSOR.type) type = value
    if (field === TENSOR.raw) raw = payload
  }
  return type === INT16 ? raw : null
}
