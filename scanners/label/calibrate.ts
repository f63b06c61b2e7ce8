/** Pass 2: on a sample of rows, what each view says of them, to learn how far each is to be believed. */
import { mix32 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { Pass } from '../../src/scanner.js'
import { bottomK, mergeBottomK, offer, smallest, type BottomK } from '../../src/sketch/bottom-k.js'
import { fitWeights, likeliest, noiseOf, type ScoredRow, type Weights } from './combination.js'
import { Posterior } from './posterior.js'
import { FOLDS, type Probe } from './probe.js'
import { skillOf } from './quality.js'

/** Rows that suffice for a few numbers, and what they may hold in all. */
const SAMPLE_ROWS = 6000
const MOST_SCORES = 2 ** 19
/** The embedding, words, pairs of words. */
const VIEWS = 3
/** Standard errors by which words have to make the probe better: else they only add noise. */
const LEAST_GAIN = 2

/** Words take as long as the rest of the probe: in more rows than this they are asked only … */
const MANY_ROWS = 100_000
/** … where the embedding alone avoids fewer of the errors of always guessing the commonest label. */
const SKILL_ENOUGH = 0.7

const NOTHING = { index: new Int32Array(0), texts: [] }

/** Plain data. */
export interface CalibrationState {
  readonly sample: BottomK<ScoredRow>
}

export function calibrationPass(): Pass<Probe, CalibrationState, Probe> {
  let posterior: { probe: Probe; value: Posterior } | null = null
  return {
    needs: ['input', 'label', 'embedding'],
    init: ({ labels }) => ({ sample: bottomK(sampleRows(labels.length)) }),
    request(probe, batch, { data }) {
      if (probe.labels.length === 0) return NOTHING
      if (shareOf(data.rows) === 1) return null
      const index = Int32Array.from(sampled(batch, data.rows))
      return { index, texts: Array.from(index, (i) => batch.input[i] ?? '') }
    },
    observe(state, batch, embedding, probe, { data }) {
      if (embedding === null || probe.labels.length === 0) return
      if (posterior?.probe !== probe) posterior = { probe, value: new Posterior(probe) }
      const { value } = posterior
      sampled(batch, data.rows).forEach((i, at) => {
        if (!value.views(batch, i, embedding, at)) return
        offer(state.sample, keyOf(batch, i), batch.file, batch.rows[i]!, batch.turns[i]!, () => ({
          own: value.own,
          fold: value.fold,
          scores: Float32Array.from([...value.logs, ...value.byWords]),
        }))
      })
    },
    merge(into, from) {
      mergeBottomK(into.sample, from.sample)
      return into
    },
    finish(state, probe) {
      const rows = smallest(state.sample).map(({ value }) => value)
      const labels = probe.labels.length
      const alone = weightsOf(rows, labels, 1)
      if (probe.words === null) return { ...probe, weights: alone }
      const together = weightsOf(rows, labels, VIEWS)
      const helps = isWorthIt(rows, probe.counts, alone) && isBetter(rows, labels, together, alone)
      return helps ? { ...probe, weights: together } : { ...probe, words: null, weights: alone }
    },
  }
}

/** Cross-fitted like the views: what rows of a fold are weighed by, they had no part in. */
function weightsOf(rows: readonly ScoredRow[], labels: number, views: number): Weights[] {
  const noise = noiseOf(rows, labels, views)
  return Array.from({ length: FOLDS }, (_, left) =>
    fitWeights(
      rows.filter(({ fold }) => fold !== left),
      labels,
      views,
      noise,
    ),
  )
}

/** Whether there are few enough rows, or the embedding tells their labels badly enough, to look at the words of each. */
function isWorthIt(rows: readonly ScoredRow[], counts: readonly number[], alone: readonly Weights[]): boolean {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all <= MANY_ROWS) return true
  const right = rows.filter((row) => likeliest(row, counts.length, alone[row.fold]!) === row.own).length
  const majority = Math.max(...counts) / all
  return skillOf(right / rows.length, majority) < SKILL_ENOUGH
}

/** Whether more rows come out right than before, beyond chance (McNemar 1947). */
function isBetter(rows: readonly ScoredRow[], labels: number, after: readonly Weights[], before: readonly Weights[]): boolean {
  let gained = 0
  let lost = 0
  for (const row of rows) {
    const was = likeliest(row, labels, before[row.fold]!) === row.own
    const is = likeliest(row, labels, after[row.fold]!) === row.own
    if (is && !was) gained++
    if (was && !is) lost++
  }
  return gained - lost > LEAST_GAIN * Math.sqrt(gained + lost)
}

const sampleRows = (labels: number): number => Math.min(SAMPLE_ROWS, Math.floor(MOST_SCORES / (VIEWS * Math.max(1, labels))))

/** The share of rows to look at: a few more than are kept. */
const shareOf = (rows: number | null): number => (rows === null ? 1 : Math.min(1, (1.2 * SAMPLE_ROWS) / Math.max(1, rows)))

/** By its place: copies of a text are as many in the sample as elsewhere. */
const keyOf = ({ file, rows }: RowBatch, i: number): number => mix32(rows[i]! + mix32(file))

/** Indices of a batch. */
function sampled(batch: RowBatch, rows: number | null): number[] {
  const share = shareOf(rows)
  const found: number[] = []
  for (let i = 0; i < batch.length; i++) if (share === 1 || keyOf(batch, i) < share * 2 ** 32) found.push(i)
  return found
}
