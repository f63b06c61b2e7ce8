/** What the probe of the other folds says of a row. */
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import { foldOf, type Probe } from './probe.js'
import { oddsInto } from './word-odds.js'
import { WordScanner } from './words.js'

/** Nothing is less likely than this by its embedding: a label without rows elsewhere must not outweigh every word. */
const LEAST_LOG = -50

/** One row's cross-fitted answer, reused from row to row. */
export class Posterior {
  /** ln p(c | x), [labels]. */
  readonly logs: Float64Array
  /** What words say of each label, then pairs of words: [2 × labels]. */
  readonly byWords: Float64Array
  /** Index of the row's own label. */
  own = 0
  /** The likeliest label. */
  best = 0
  fold = 0
  private readonly indexOf: ReadonlyMap<string, number>
  private readonly scanner = new WordScanner()

  constructor(private readonly probe: Probe) {
    this.logs = new Float64Array(probe.labels.length)
    this.byWords = new Float64Array(2 * probe.labels.length)
    this.indexOf = new Map(probe.labels.map((label, c) => [label, c]))
  }

  /** False where the row has no text or no label of the probe: then the fields are those of the row before. */
  read(batch: RowBatch, i: number, embedding: Embedding): boolean {
    if (!this.views(batch, i, embedding, i)) return false
    const { probe, logs, byWords } = this
    const [a, ...rest] = probe.weights[this.fold]!
    for (let c = 0; c < logs.length; c++) {
      let sum = a! * logs[c]!
      for (let v = 0; v < rest.length; v++) sum += rest[v]! * byWords[v * logs.length + c]!
      logs[c] = sum
    }
    this.findBest()
    return this.normalise()
  }

  /**
   * Both views by themselves: `logs` by the embedding alone, and `byWords`.
   * @param at of the row's vector in the embedding
   */
  views(batch: RowBatch, i: number, { vectors, dim }: Embedding, at: number): boolean {
    const text = batch.input[i] ?? ''
    const label = batch.columns.label?.[i] ?? null
    const own = label === null ? undefined : this.indexOf.get(label)
    if (text === '' || own === undefined) return false
    this.own = own
    this.fold = foldOf(text)
    const { weights, bias } = this.probe.folds[this.fold]!
    const { logs, probe } = this
    for (let c = 0; c < logs.length; c++) {
      let sum = bias[c]!
      for (let d = 0; d < dim; d++) sum += weights[c * dim + d]! * vectors[at * dim + d]!
      logs[c] = sum
    }
    this.findBest()
    if (!this.normalise()) return false
    for (let c = 0; c < logs.length; c++) logs[c] = Math.max(LEAST_LOG, logs[c]!)
    if (probe.words === null) return true
    this.scanner.scan(text)
    oddsInto(probe.words, this.fold, this.scanner, this.byWords)
    return true
  }

  /** How much likelier label `c` is than `y`, in natural logarithms. */
  margin(c: number, y: number): number {
    return this.logs[c]! - this.logs[y]!
  }

  /** Probability of label `c`. */
  share(c: number): number {
    return Math.exp(this.logs[c]!)
  }

  private findBest(): void {
    const { logs } = this
    this.best = 0
    for (let c = 1; c < logs.length; c++) if (logs[c]! > logs[this.best]!) this.best = c
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
