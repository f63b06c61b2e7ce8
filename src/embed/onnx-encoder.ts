import { CredenceError } from '../errors.js'
import type { Embedding } from '../model/row-batch.js'
import { planBatches, type Batch } from './batches.js'
import type { DeviceName, Encoder } from './encoder.js'
import type { EncoderSpec, Pooling } from './folder.js'
import { poolInto } from './pool.js'
import type { Session } from './session.js'
import type { FramedTokenizer } from './tokenizer.js'

/** Runs handed to ONNX Runtime before the first has to be back: one computing, one waiting. */
const IN_FLIGHT = 2
/** Tokens in one run. On a CPU small runs stay in its cache; an accelerator wants much at a time. */
const CPU_BUDGET = 2048
const ACCELERATOR_BUDGET = 32_768

/** A tokenizer, a graph and a pooling rule, as an {@link Encoder}. Vectors lie on the grid of `pool.ts`. */
export class OnnxEncoder implements Encoder {
  readonly name: string
  readonly dim: number
  readonly device: DeviceName
  readonly #spec: EncoderSpec
  readonly #tokens: FramedTokenizer
  readonly #session: Session
  readonly #pooling: Pooling

  constructor(
    spec: EncoderSpec,
    readonly sha256: string,
    tokens: FramedTokenizer,
    session: Session,
  ) {
    this.name = spec.name
    this.dim = spec.dim
    this.device = session.device
    this.#spec = spec
    this.#tokens = tokens
    this.#session = session
    this.#pooling = session.pooled ? 'none' : spec.pooling
  }

  async embed(texts: readonly string[]): Promise<Embedding> {
    const { unique, places } = distinct(texts)
    const ids = unique.map((text) => this.#encode(text))
    const vectors = new Float32Array(unique.length * this.dim)
    const lengths = ids.map((tokens) => tokens.length)
    const batches = planBatches(lengths, this.device === 'cpu' ? CPU_BUDGET : ACCELERATOR_BUDGET)
    let next = 0
    const worker = async (): Promise<void> => {
      for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) await this.#run(batch, ids, vectors)
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
    return { dim: this.dim, vectors: unique.length === texts.length ? vectors : spread(vectors, places, this.dim) }
  }

  close(): Promise<void> {
    return this.#session.close()
  }

  /** Ids with their frame; none for a text without a token, whose vector is zero. */
  #encode(text: string): number[] {
    const { tokenizer, before, after } = this.#tokens
    if (!this.#spec.framed) return tokenizer.encode(text, this.#spec.maxTokens)
    const ids = tokenizer.encode(text, this.#spec.maxTokens - before.length - after.length)
    return ids.length === 0 ? ids : [...before, ...ids, ...after]
  }

  async #run(batch: Batch, ids: readonly number[][], vectors: Float32Array): Promise<void> {
    const hidden = await this.#session.run(batch, ids, this.#tokens.padId)
    if (hidden.dims.at(-1) !== this.dim || hidden.dims.length !== (this.#pooling === 'none' ? 2 : 3)) {
      throw new CredenceError(
        'model',
        `${this.name}: the graph returned [${hidden.dims.join(' × ')}], expected vectors of ${this.dim}`,
      )
    }
    batch.texts.forEach((text, row) => {
      poolInto(hidden, this.#pooling, row, ids[text]?.length ?? 0, vectors, text * this.dim)
    })
  }
}

function distinct(texts: readonly string[]): { unique: string[]; places: number[] } {
  const known = new Map<string, number>()
  const places = texts.map((text) => {
    const place = known.get(text) ?? known.size
    known.set(text, place)
    return place
  })
  return { unique: [...known.keys()], places }
}

function spread(vectors: Float32Array, places: readonly number[], dim: number): Float32Array {
  const out = new Float32Array(places.length * dim)
  places.forEach((place, row) => {
    out.set(vectors.subarray(place * dim, (place + 1) * dim), row * dim)
  })
  return out
}
