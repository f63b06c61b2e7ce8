import type { Embedding } from '../model/row-batch.js'

export type DeviceName = 'cpu' | 'cuda' | 'webgpu' | 'coreml' | 'dml'

/** A sentence encoder. Deterministic: the same text gives the same vector, to fixed precision, whatever it is batched with. */
export interface Encoder {
  readonly name: string
  /** Of the model's bytes, hex. */
  readonly sha256: string
  readonly dim: number
  readonly device: DeviceName
  /** L2-normalised vectors, row-major [texts × dim]; an empty text gives zeros. */
  embed(texts: readonly string[]): Promise<Embedding>
  close(): Promise<void>
}
