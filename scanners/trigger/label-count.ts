/** Pass 1 for classification: how often n-grams and (n-gram, label) pairs may come, and what each class looks like. */
import { hash32, hashTwo } from '../../src/math/random.js'
import type { Cell } from '../../src/model/row-batch.js'
import type { Pass } from '../../src/scanner.js'
import { countPair, mergePairCounts, pairCounts, pairsAtLeast, type PairCounts } from '../../src/sketch/pair-counts.js'
import { mergeTwice, twice, type Twice } from '../../src/sketch/twice.js'
import { emptyMoments, MomentsAdder, gridVector, inSample, mergeMoments, type Moments } from '../../src/math/moments.js'
import {
  countTemplate,
  emptyTemplateCounts,
  mergeTemplate,
  templateWords,
  type TemplateCounts,
  type TemplateWords,
} from './template.js'
import { isCounted, tableBits, type CountingBudget } from './counted-rows.js'
import { countPoolWords, mergePoolCounts, noRareBits, poolCounts, rareBits, type PoolCounts } from './pool-count.js'
import { countPairs } from './seams.js'
import { clip, MAX_N, NgramScanner } from './words.js'

/** Words for each counter: beyond that, most n-grams that come once look as if they came often enough. */
const LOAD = 3
/** Neighbours are told apart by more buckets, of two bits each. */
const MORE_WORD_PAIR_BITS = 2
/** More distinct values than this are not classes. */
const MOST_LABELS = 200
/** Fewer rows than this never make a finding: the tests have no power below it. */
export const LEAST_ROWS = 8

export interface LabelCountState {
  /** N-grams and labels. */
  readonly pairs: PairCounts
  /** Neighbouring words. */
  readonly wordPairs: Twice
  /** Rows whose n-grams and neighbours were counted. */
  countedRows: number
  readonly pool: PoolCounts
  readonly classes: Map<string, Moments>
  readonly template: TemplateCounts
  /** Set once there are more than MOST_LABELS values. */
  tooManyLabels: boolean
}

export interface LabelModel {
  readonly pairs: PairCounts
  readonly wordPairs: Twice
  /** Share of rows whose n-grams are counted. */
  readonly rate: number
  /** By label, in ascending order of label. Empty when the label column holds no classes. */
  readonly classes: ReadonlyMap<string, Moments>
  readonly template: TemplateWords
  /** Words that may be rare and of one label alone: {@link rareBits}. */
  readonly rare: Uint32Array
  /** Occurrences of words by neighbour bucket, in a sample of rows. */
  readonly tokens: Float64Array
  /** Pairs that were frequent enough to be tested: what α is divided by. */
  readonly tests: number
}

/** What identifies a row wherever it is stored: its content. Samples are the smallest of these. */
export function rowHash(input: Cell, target: Cell): number {
  return hashTwo(input ?? '', target ?? '')
}

/** Whether a row's n-grams are counted: {@link isCounted} by the words that were scanned. */
export function isLabelRowCounted(key: number, words: number, rows: number | null, budget: CountingBudget): boolean {
  return isCounted(key, words, rows, LOAD, budget)
}

export function labelCountPass(budget: CountingBudget): Pass<null, LabelCountState, LabelModel> {
  const scanner = new NgramScanner(1, MAX_N)
  return {
    needs: ['input', 'label', 'embedding'],
    init: (_input, { data }) => ({
      pairs: pairCounts(tableBits(data.rows, budget)),
      wordPairs: twice(tableBits(data.rows, budget) + MORE_WORD_PAIR_BITS),
      countedRows: 0,
      pool: poolCounts(data.rows),
      classes: new Map(),
      template: emptyTemplateCounts(),
      tooManyLabels: false,
    }),
    observe(state, batch, embedding, _input, context) {
      const vector = new Float64Array(context.embeddingDim)
      const adder = new MomentsAdder()
      for (let i = 0; i < batch.length; i++) {
        const text = batch.input[i] ?? null
        const label = batch.columns.label?.[i] ?? null
        if (text === null || label === null || state.tooManyLabels) continue
        let moments = state.classes.get(label)
        if (moments === undefined) {
          if (state.classes.size >= MOST_LABELS) {
            state.tooManyLabels = true
            continue
          }
          state.classes.set(label, (moments = emptyMoments(context.embeddingDim)))
        }
        gridVector(embedding!, i, vector)
        const key = rowHash(text, label)
        adder.add(moments, vector, inSample(key, context.data.rows))
        const clipped = clip(text)
        scanner.words.scan(clipped)
        countTemplate(state.template, scanner.words, key, context.data.rows)
        const partner = hash32(label)
        countPoolWords(state.pool, scanner.words, partner)
        if (!isLabelRowCounted(key, scanner.words.count, context.data.rows, budget)) continue
        state.countedRows++
        countPairs(state.wordPairs, clipped, scanner.words)
        scanner.gather()
        for (let g = 0; g < scanner.count; g++) countPair(state.pairs, scanner.low[g]!, partner)
      }
      adder.flush()
    },
    merge(into, from) {
      mergePairCounts(into.pairs, from.pairs)
      mergeTwice(into.wordPairs, from.wordPairs)
      into.countedRows += from.countedRows
      mergePoolCounts(into.pool, from.pool)
      mergeTemplate(into.template, from.template)
      for (const [label, moments] of from.classes) {
        const existing = into.classes.get(label)
        if (existing) mergeMoments(existing, moments)
        else into.classes.set(label, moments)
      }
      into.tooManyLabels ||= from.tooManyLabels || into.classes.size > MOST_LABELS
      return into
    },
    finish(state) {
      // With one class there is nothing to tell it from.
      const searchable = !state.tooManyLabels && state.classes.size >= 2
      const labels = searchable ? [...state.classes].sort(([a], [b]) => (a < b ? -1 : 1)) : []
      const rows = labels.reduce((sum, [, { count }]) => sum + count, 0)
      const rate = rows === 0 ? 1 : state.countedRows / rows
      return {
        pairs: state.pairs,
        wordPairs: state.wordPairs,
        rate,
        classes: new Map(labels),
        template: templateWords(state.template),
        // Of more rows than are counted a word that is rare in all of them is hardly in the sample, and one that is rare there is not.
        rare: rate < 1 ? noRareBits(state.pool) : rareBits(state.pool),
        tokens: state.template.tokens,
        // Where counting stopped at too many labels, how far it came depends on the shards.
        tests: labels.length === 0 ? 1 : Math.max(1, pairsAtLeast(state.pairs, LEAST_ROWS)),
      }
    },
  }
}
