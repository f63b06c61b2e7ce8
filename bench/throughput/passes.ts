/** Runs a scanner's passes over rows in memory, as a scan would: no files, no processes. */
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import type { AnyPass, DataSetInfo } from '../../src/scanner.js'

const BATCH = 2048

/** Rows as the batches of a classification data set. */
export function batchesOf(texts: readonly string[], labels: readonly number[]): RowBatch[] {
  const batches: RowBatch[] = []
  for (let from = 0; from < texts.length; from += BATCH) {
    const input = texts.slice(from, from + BATCH)
    batches.push({
      file: 0,
      length: input.length,
      rows: Float64Array.from(input.keys(), (i) => from + i),
      turns: new Uint16Array(input.length),
      columns: { text: input, label: labels.slice(from, from + BATCH).map(String) },
      input,
      output: null,
    })
  }
  return batches
}

export function infoOf(rows: number): DataSetInfo {
  return { kind: 'classification', roles: ['text', 'label'], rows, files: [] }
}

/** @param vectors of all rows; without dimensions where the passes are to do without. @returns what the last pass ends in */
export function runPasses(
  passes: readonly AnyPass[],
  batches: readonly RowBatch[],
  info: DataSetInfo,
  vectors: Embedding,
): unknown {
  const { dim } = vectors
  const context = { data: info, seed: 0, alpha: 0.01, embeddingDim: dim }
  let input: unknown = null
  for (const pass of passes) {
    const state: unknown = pass.init(input, context)
    let row = 0
    for (const batch of batches) {
      const own = { dim, vectors: vectors.vectors.subarray(row * dim, (row + batch.length) * dim) }
      const asked = pass.request?.(input, batch, context) ?? null
      pass.observe(state, batch, asked === null ? own : pick(own, asked.index), input, context)
      row += batch.length
    }
    input = pass.finish(state, input, context)
  }
  return input
}

function pick({ dim, vectors }: Embedding, index: Int32Array): Embedding {
  const picked = new Float32Array(index.length * dim)
  index.forEach((row, i) => {
    picked.set(vectors.subarray(row * dim, (row + 1) * dim), i * dim)
  })
  return { dim, vectors: picked }
}
