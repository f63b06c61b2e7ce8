/** One run of the graph: texts, by their index, padded to a common length. */
export interface Batch {
  readonly texts: readonly number[]
  /** In tokens, padding included. */
  readonly length: number
}

/** Lengths are rounded up to a multiple of this, so that a text is always padded alike, whatever it is batched with. */
const STEP = 8

/**
 * Groups texts of like length. A text's padded length depends on itself alone.
 *
 * @param lengths in tokens; texts of length 0 are left out.
 * @param budget the most tokens in a batch, unless one text alone has more.
 */
export function planBatches(lengths: readonly number[], budget: number): Batch[] {
  const buckets = new Map<number, number[]>()
  lengths.forEach((length, text) => {
    if (length === 0) return
    const padded = Math.ceil(length / STEP) * STEP
    const bucket = buckets.get(padded)
    if (bucket === undefined) buckets.set(padded, [text])
    else bucket.push(text)
  })
  const batches: Batch[] = []
  for (const [length, texts] of [...buckets].sort(([a], [b]) => a - b)) {
    const size = Math.max(1, Math.floor(budget / length))
    for (let i = 0; i < texts.length; i += size) batches.push({ texts: texts.slice(i, i + size), length })
  }
  return batches
}
