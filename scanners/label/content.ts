/** Pass 4: what the candidates' rows are about, which rows they are, and the rows that contradict their labels most. */
import { addInto, gridVector } from '../../src/math/moments.js'
import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { Pass, ScanResult } from '../../src/scanner.js'
import { bottomK, mergeBottomK, offer, type BottomK } from '../../src/sketch/bottom-k.js'
import { LEVELS } from './candidates.js'
import { resultOf } from './findings.js'
import type { Margins } from './margins.js'
import { Posterior } from './posterior.js'
import { MOST_SUSPECTS } from './suspects.js'

/** Rows by level of margin, each row in the highest level that it reaches. */
export interface ContentSums {
  readonly rows: Float64Array
  /** Sums of integer vectors, [levels × dim]. */
  readonly sums: Float64Array
}

export interface PairRow {
  readonly file: number
  readonly row: number
  readonly margin: number
}

export interface Suspect {
  /** Index of the label that the row looks like. */
  readonly suggested: number
  /** Whether it looks like it as much as the label's own rows do on average: the rule of confident learning. */
  readonly confident: boolean
  readonly example: Example
}

/** Plain data. */
export interface ContentState {
  /** Of each candidate. */
  readonly pairs: readonly {
    readonly looks: ContentSums
    readonly agrees: ContentSums
    readonly rows: PairRow[]
    readonly suspects: BottomK<Suspect>
  }[]
  /** Of all other pairs; keys are ln p(own label). */
  readonly others: BottomK<Suspect>
}

export function contentPass(): Pass<Margins, ContentState, ScanResult> {
  let reader: { margins: Margins; value: Reader } | null = null
  return {
    needs: ['input', 'label', 'embedding'],
    init: ({ candidates }, { embeddingDim: dim }) => ({
      pairs: candidates.map(() => ({ looks: noSums(dim), agrees: noSums(dim), rows: [], suspects: bottomK(MOST_SUSPECTS) })),
      others: bottomK(MOST_SUSPECTS),
    }),
    request: ({ candidates, quality }) =>
      candidates.length > 0 || quality.namesRows ? null : { index: new Int32Array(0), texts: [] },
    observe(state, batch, embedding, margins) {
      if (embedding === null || embedding.vectors.length === 0) return
      if (reader?.margins !== margins) reader = { margins, value: new Reader(margins) }
      const { posterior } = reader.value
      const vector = new Float64Array(embedding.dim)
      for (let i = 0; i < batch.length; i++) {
        if (!posterior.read(batch, i, embedding)) continue
        gridVector(embedding, i, vector)
        reader.value.record(state, batch, i, vector)
      }
    },
    merge(into, from) {
      into.pairs.forEach((pair, p) => {
        const other = from.pairs[p]!
        mergeSums(pair.looks, other.looks)
        mergeSums(pair.agrees, other.agrees)
        for (const row of other.rows) pair.rows.push(row)
        mergeBottomK(pair.suspects, other.suspects)
      })
      mergeBottomK(into.others, from.others)
      return into
    },
    finish: (state, margins) => resultOf(state, margins),
  }
}

class Reader {
  readonly posterior: Posterior
  /** Candidates by (labels × y + c). */
  private readonly pairOf: ReadonlyMap<number, number>
  /** Candidates by c. */
  private readonly like: readonly (readonly { readonly y: number; readonly p: number }[])[]

  constructor(private readonly margins: Margins) {
    const { probe, candidates } = margins
    this.posterior = new Posterior(probe)
    this.pairOf = new Map(candidates.map(({ y, c }, p) => [y * probe.labels.length + c, p]))
    this.like = probe.labels.map((_, label) => candidates.flatMap(({ y, c }, p) => (c === label ? [{ y, p }] : [])))
  }

  record(state: ContentState, batch: RowBatch, i: number, vector: Float64Array): void {
    const { posterior, margins } = this
    const { own, best, logs } = posterior
    if (best === own) {
      for (const { y, p } of this.like[own]!) addAt(state.pairs[p]!.agrees, posterior.margin(own, y), vector)
      return
    }
    const p = this.pairOf.get(own * logs.length + best)
    const place = { file: batch.file, row: batch.rows[i]! }
    if (p !== undefined) {
      const margin = posterior.margin(best, own)
      addAt(state.pairs[p]!.looks, margin, vector)
      state.pairs[p]!.rows.push({ ...place, margin })
    }
    const confident = posterior.share(best) >= margins.thresholds[best]!
    const list = p === undefined ? state.others : state.pairs[p]!.suspects
    if (p === undefined && !confident) return
    // −Infinity is no key that survives arithmetic.
    const key = Math.max(-1e9, logs[own]!)
    offer(list, key, place.file, place.row, 0, () => ({ suggested: best, confident, example: openingOf(batch, i) }))
  }
}

const noSums = (dim: number): ContentSums => ({
  rows: new Float64Array(LEVELS.length),
  sums: new Float64Array(LEVELS.length * dim),
})

function addAt({ rows, sums }: ContentSums, margin: number, vector: Float64Array): void {
  const level = LEVELS.findLastIndex((least) => margin >= least)
  if (level < 0) return
  rows[level] = rows[level]! + 1
  addInto(sums.subarray(level * vector.length, (level + 1) * vector.length), vector)
}

function mergeSums(into: ContentSums, from: ContentSums): void {
  addInto(into.rows, from.rows)
  addInto(into.sums, from.sums)
}
