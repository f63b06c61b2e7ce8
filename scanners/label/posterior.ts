/** What the probe of the other folds says of a row. */
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import { foldOf, type Probe } from './probe.js'

/** One row's cross-fitted answer, reused from row to row. */
export class Posterior {
  /** ln p(c | x), [labels]. */
  readonly logs: Float64Array
  /** Index of the row's own label. */
  own = 0
  /** The likeliest label. */
  best = 0
  fold = 0
  private readonly indexOf: ReadonlyMap<string, number>

  constructor(private readonly probe: Probe) {
    this.logs = new Float64Array(probe.labels.length)
    this.indexOf = new Map(probe.labels.map((label, c) => [label, c]))
  }

  /** False where the row has no text or no label of the probe: then the fields are those of the row before. */
  read(batch: RowBatch, i: number, { vectors, dim }: Embedding): boolean {
    const text = batch.input[i] ?? ''
    const label = batch.columns.label?.[i] ?? null
    const own = label === null ? undefined : this.indexOf.get(label)
    if (text === '' || own === undefined) return false
    this.own = own
    this.fold = foldOf(text)
    const { weights, bias } = this.probe.folds[this.fold]!
    const { logs } = this
    this.best = 0
    for (let c = 0; c < logs.length; c++) {
      let sum = bias[c]!
      for (let d = 0; d < dim; d++) sum += weights[c * dim + d]! * vectors[i * dim + d]!
      logs[c] = sum
      if (sum > logs[this.best]!) this.best = c
    }
    return this.normalise()
  }

  /** How much likelier label `c` is than `y`, in natural logarithms. */
  margin(c: number, y: number): number {
    return this.logs[c]! - this.logs[y]!
  }

  /** Probability of label `c`. */
  share(c: number): number {
    return Math.exp(this.logs[c]!)
  }

  /** False where no class has a probe, as when all rows lie in one fold. */
  private normalise(): boolean {
    const { logs } = this
    const highest = logs[this.best]!
    if (highest === -Infinity) return false
    let sum = 0
    for (let c = 0; c < logs.length; c++) sum += Math.exp(logs[c]! - highest)
    const total = highest + Math.log(sum)
    for (let c = 0; c < logs.length; c++) logs[c] = logs[c]! - total
    return true
  }
}
