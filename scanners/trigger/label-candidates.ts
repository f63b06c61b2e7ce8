/** Pairs (n-gram, label) in columns, and the few of them that are followed: large data has hundreds of thousands. */
import type { KeyTable } from '../../src/sketch/key-table.js'

/** Half of the seeds with a lift are those with the strongest association, half those that contradict their label most. */
const MOST_SEEDS = 4096
/** Seeds without one, those that contradict their label most: cover rows take the association away, not the contradiction. */
const MOST_COVERED = 1024
/** And their rows lie nearer to the other classes than this: frequent words lie at their label's own side, and cost much to measure. */
const COVERED_POSITION = 0.5

/** A pair (n-gram, label) worth a closer look. */
export interface Seed {
  readonly high: number
  readonly low: number
  readonly label: string
  /** Counted rows with both. */
  readonly hits: number
  /** Whether the n-gram lifts the label's share at all: if not, only contradiction speaks for it. */
  readonly lifted: boolean
}

export interface Judged {
  readonly lifted: boolean
  /** ln of the probability of so many rows with both. */
  readonly tail: number
  /** Of the rows with both: +1 the label's own mean, −1 that of the others. */
  readonly position: number
  readonly contradiction: number
}

export class LabelCandidates {
  private count = 0
  private readonly high: Uint32Array
  private readonly low: Uint32Array
  private readonly hits: Uint32Array
  private readonly label: Uint8Array
  private readonly lifted: Uint8Array
  private readonly tail: Float64Array
  private readonly position: Float64Array
  private readonly contradiction: Float64Array

  /**
   * @param tables one for each of `labels`, at most 200 of them, which are in ascending order
   * @param least rows that a pair must have
   * @param judge of a pair: its label, n-gram, rows, and the sum of their positions
   */
  constructor(
    tables: readonly KeyTable[],
    private readonly labels: readonly string[],
    least: number,
    judge: (label: number, low: number, count: number, sum: number) => Judged,
  ) {
    const most = tables.reduce((sum, { counts }) => sum + counts.reduce((n, count) => n + (count >= least ? 1 : 0), 0), 0)
    this.high = new Uint32Array(most)
    this.low = new Uint32Array(most)
    this.hits = new Uint32Array(most)
    this.label = new Uint8Array(most)
    this.lifted = new Uint8Array(most)
    this.tail = new Float64Array(most)
    this.position = new Float64Array(most)
    this.contradiction = new Float64Array(most)
    for (const [label, { high, low, counts, sums, width }] of tables.entries()) {
      for (let slot = 0; slot < counts.length; slot++) {
        const count = counts[slot]!
        if (count < least) continue
        this.add(high[slot]!, low[slot]!, count, label, judge(label, low[slot]!, count, sums[slot * width]!))
      }
    }
  }

  /** Ascending by key, then by label. */
  seeds(): Seed[] {
    const all = Int32Array.from({ length: this.count }, (_, i) => i)
    const lifted = all.filter((i) => this.lifted[i] === 1)
    const associated = this.first(lifted, MOST_SEEDS / 2, this.tail)
    const taken = new Set(associated)
    const left = lifted.filter((i) => !taken.has(i))
    const contradicting = this.first(left, MOST_SEEDS / 2, this.contradiction)
    const covered = all.filter((i) => this.lifted[i] === 0 && this.position[i]! <= COVERED_POSITION)
    const chosen = [...associated, ...contradicting, ...this.first(covered, MOST_COVERED, this.contradiction)]
    return chosen.sort((a, b) => this.compare(a, b)).map((i) => this.seed(i))
  }

  private add(high: number, low: number, count: number, label: number, judged: Judged): void {
    const at = this.count++
    this.high[at] = high
    this.low[at] = low
    this.hits[at] = count
    this.label[at] = label
    this.lifted[at] = judged.lifted ? 1 : 0
    this.tail[at] = judged.tail
    this.position[at] = judged.position
    this.contradiction[at] = judged.contradiction
  }

  private seed(i: number): Seed {
    const [high, low, hits] = [this.high[i]!, this.low[i]!, this.hits[i]!]
    return { high, low, label: this.labels[this.label[i]!]!, hits, lifted: this.lifted[i] === 1 }
  }

  private compare(a: number, b: number): number {
    return this.high[a]! - this.high[b]! || this.low[a]! - this.low[b]! || this.label[a]! - this.label[b]!
  }

  /** Those with the smallest values, at most so many. Only what can be among them is sorted. */
  private first(candidates: Int32Array, most: number, values: Float64Array): number[] {
    const bound = Float64Array.from(candidates, (i) => values[i]!).sort()[most - 1] ?? Infinity
    const few = candidates.filter((i) => !(values[i]! > bound))
    return Array.from(few)
      .sort((a, b) => values[a]! - values[b]! || this.compare(a, b))
      .slice(0, most)
  }
}
