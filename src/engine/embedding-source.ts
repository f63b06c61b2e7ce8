import { CredenceError } from '../errors.js'
import type { Embedding, RowBatch } from '../model/row-batch.js'

/** Where vectors come from: an encoder, cached or not. */
export interface EmbeddingSource {
  embed(texts: readonly string[]): Promise<Embedding>
}

/** @throws CredenceError `internal` when no encoder was opened: a pass asks for vectors that it did not declare */
export function requireSource(source: EmbeddingSource | null): EmbeddingSource {
  if (source === null) throw new CredenceError('internal', 'a pass asks for vectors but no encoder was opened')
  return source
}

/** Vectors of a batch's inputs, computed once however many passes ask. A missing input counts as empty text. */
export function embedShared(source: EmbeddingSource | null, batch: RowBatch): () => Promise<Embedding> {
  let vectors: Promise<Embedding> | null = null
  return () => {
    vectors ??= requireSource(source).embed(batch.input.map((text) => text ?? ''))
    return vectors
  }
}
