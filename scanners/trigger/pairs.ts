/** What goes in and what is learnt to come out, as vectors: both sides of a row in one request. */
import type { EmbeddingRequest } from '../../src/scanner.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import { gridVector } from '../../src/math/moments.js'

/** Indices of the examples that have an input and an output. */
export function pairsOf({ length, input, output }: RowBatch): number[] {
  const found: number[] = []
  for (let i = 0; i < length; i++) if ((input[i] ?? null) !== null && (output?.[i] ?? null) !== null) found.push(i)
  return found
}

/** The texts of a row's output: the response; of a preference the chosen and the rejected one. */
export function outputTexts(batch: RowBatch, i: number): readonly string[] {
  const chosen = batch.output?.[i] ?? ''
  const { rejected } = batch.columns
  return rejected === undefined ? [chosen] : [chosen, rejected[i] ?? '']
}

/** Input and outputs of every pair, in the order that {@link PairReader} reads them. */
export function pairRequest(batch: RowBatch): EmbeddingRequest {
  const index: number[] = []
  const texts: string[] = []
  for (const i of pairsOf(batch)) {
    for (const text of [batch.input[i]!, ...outputTexts(batch, i)]) {
      index.push(i)
      texts.push(text)
    }
  }
  return { index: Int32Array.from(index), texts }
}

/** Reads requested vectors one after another. */
export class VectorReader {
  private at = 0

  constructor(
    private readonly embedding: Embedding,
    dim: number,
    private readonly other = new Float64Array(dim),
  ) {}

  /** @returns `out` */
  read(out: Float64Array): Float64Array {
    gridVector(this.embedding, this.at++, out)
    return out
  }

  /** The output's vector; of a preference the chosen minus the rejected one: what is preferred, whatever is asked. */
  readOutput(batch: RowBatch, out: Float64Array): void {
    this.read(out)
    if (batch.columns.rejected === undefined) return
    this.read(this.other)
    for (let d = 0; d < out.length; d++) out[d] = out[d]! - this.other[d]!
  }
}
