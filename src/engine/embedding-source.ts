import { CredenceError } from '../errors.js'
import type { Embedding, RowBatch } from '../model/row-batch.js'

/** Where vectors come from: an encoder, cached or not. */
export interface EmbeddingSource {
  embed(texts: readonly string[]): Promise<Embedding>
}

/** Vectors of a batch's inputs, computed once however many passes ask. A missing input counts as empty text. */
export function embedShared(source: EmbeddingSource | null, batch: RowBatch): () => Promise<Embedding> {
  let vectors: Promise<Embedding> | null = null
  return () => {
    if (source === null) throw new CredenceError('internal', 'a pass asks for vectors but no encoder was opened')
    vectors ??= source.embed(batch.input.map((text) => text ?? ''))
    return vectors
  }
}
