/**
 * Pass 1: per fold and class how many rows, the sum of their vectors and counts of their words, and per fold one matrix of
 * second moments.
 */
import { addInto, MomentsAdder, emptyMoments, gridVector, inSample, mergeMoments, type Moments } from '../../src/math/moments.js'
import { referenceOf, type Reference } from '../../src/math/independence.js'
import { hash32, mix32 } from '../../src/math/random.js'
import type { Pass } from '../../src/scanner.js'
import type { Weights } from './combination.js'
import { fitDiscriminants, type ClassSum, type Discriminants, type FoldSums } from './lda.js'
import { bucketsFor, countWords, mergeWords, narrow, noWords, WORD_ROWS, type WordCounts } from './word-counts.js'
import { wordOdds, type WordOdds } from './word-odds.js'
import { WordScanner } from './words.js'

export const FOLDS = 5
/** More distinct values than this are not classes. */
export const MOST_LABELS = 200

export interface ProbeState {
  readonly folds: readonly { readonly all: Moments; readonly classes: Map<string, ClassSum> }[]
  readonly labels: Set<string>
  words: WordCounts
  /** Set once there are more than MOST_LABELS values. */
  tooManyLabels: boolean
}

/** Cross-fitted: rows of a fold are judged by the discriminants of the others. Plain data. */
export interface Probe {
  /** In ascending order; empty where the label column holds no classes. */
  readonly labels: readonly string[]
  /** Rows of each label. */
  readonly counts: readonly number[]
  readonly folds: readonly Discriminants[]
  /** What words say; null where that does not help. */
  readonly words: WordOdds | null
  /** By fold, how far each view is to be believed: the embedding, then words and pairs of words where they help. */
  readonly weights: readonly Weights[]
  /** Geometry of all rows, for content independence. */
  readonly reference: Reference | null
}

/** The fold of a text: copies of a text share it, so that none is judged by a probe that has seen the other. */
export function foldOf(text: string): number {
  return mix32(hash32(text) ^ 0x3c6ef372) % FOLDS
}

export function probePass(): Pass<null, ProbeState, Probe> {
  const scanner = new WordScanner()
  return {
    needs: ['input', 'label', 'embedding'],
    init: (_input, { embeddingDim }) => ({
      folds: Array.from({ length: FOLDS }, () => ({ all: emptyMoments(embeddingDim), classes: new Map<string, ClassSum>() })),
      labels: new Set(),
      words: noWords(FOLDS),
      tooManyLabels: false,
    }),
    observe(state, batch, embedding, _input, context) {
      const vector = new Float64Array(context.embeddingDim)
      const adder = new MomentsAdder()
      for (let i = 0; i < batch.length; i++) {
        const text = batch.input[i] ?? ''
        const label = batch.columns.label?.[i] ?? null
        if (text === '' || label === null || state.tooManyLabels) continue
        state.labels.add(label)
        if (state.labels.size > MOST_LABELS) {
          forget(state)
          continue
        }
        narrow(state.words, bucketsFor(state.labels.size))
        const fold = foldOf(text)
        const { all, classes } = state.folds[fold]!
        const hash = hash32(text)
        const sampled = inSample(hash, context.data.rows)
        if (inSample(hash, context.data.rows, WORD_ROWS)) {
          scanner.scan(text)
          countWords(state.words, fold, label, scanner)
        }
        gridVector(embedding!, i, vector)
        adder.add(all, vector, sampled)
        addToClass(classSum(classes, label, context.embeddingDim), vector, sampled)
      }
      // What was forgotten must not come back.
      if (!state.tooManyLabels) adder.flush()
    },
    merge(into, from) {
      for (const label of from.labels) into.labels.add(label)
      if (into.tooManyLabels || from.tooManyLabels || into.labels.size > MOST_LABELS) {
        forget(into)
        return into
      }
      narrow(into.words, bucketsFor(into.labels.size))
      mergeWords(into.words, from.words)
      from.folds.forEach(({ all, classes }, f) => {
        const fold = into.folds[f]!
        mergeMoments(fold.all, all)
        for (const [label, sum] of classes) mergeClass(classSum(fold.classes, label, all.dim), sum)
      })
      return into
    },
    finish: (state, _input, { embeddingDim }) => fitProbe(state, embeddingDim),
  }
}

/** What was counted until there were too many labels depends on the order of rows. */
function forget(state: ProbeState): void {
  state.tooManyLabels = true
  state.labels.clear()
  state.words = noWords(FOLDS)
  for (const { all, classes } of state.folds) {
    classes.clear()
    Object.assign(all, emptyMoments(all.dim))
  }
}

function fitProbe({ folds, labels, words, tooManyLabels }: ProbeState, dim: number): Probe {
  const names = [...labels].sort((a, b) => (a < b ? -1 : 1))
  if (tooManyLabels || names.length < 2) return { labels: [], counts: [], folds: [], words: null, weights: [], reference: null }
  const sums = folds.map(({ all, classes }): FoldSums => ({
    all,
    classes: names.map((label) => classes.get(label) ?? emptyClass(dim)),
  }))
  const total = mergeFolds(sums, dim, names.length)
  return {
    labels: names,
    counts: total.classes.map(({ count }) => count),
    folds: sums.map((_, left) => {
      const others = sums.filter((_fold, f) => f !== left)
      return fitDiscriminants(mergeFolds(others, dim, names.length), dim)
    }),
    words: wordOdds(words, names),
    weights: [],
    reference: referenceOf(total.all),
  }
}

function mergeFolds(folds: readonly FoldSums[], dim: number, labels: number): FoldSums {
  const total: FoldSums = { all: emptyMoments(dim), classes: Array.from({ length: labels }, () => emptyClass(dim)) }
  for (const { all, classes } of folds) {
    mergeMoments(total.all, all)
    classes.forEach((sum, c) => {
      mergeClass(total.classes[c]!, sum)
    })
  }
  return total
}

function emptyClass(dim: number): ClassSum {
  return { count: 0, sum: new Float64Array(dim), sampled: 0, sampleSum: new Float64Array(dim) }
}

function classSum(classes: Map<string, ClassSum>, label: string, dim: number): ClassSum {
  let sum = classes.get(label)
  if (sum === undefined) classes.set(label, (sum = emptyClass(dim)))
  return sum
}

function addToClass(sum: ClassSum, vector: Float64Array, sampled: boolean): void {
  sum.count++
  addInto(sum.sum, vector)
  if (!sampled) return
  sum.sampled++
  addInto(sum.sampleSum, vector)
}

function mergeClass(into: ClassSum, from: ClassSum): void {
  into.count += from.count
  into.sampled += from.sampled
  addInto(into.sum, from.sum)
  addInto(into.sampleSum, from.sampleSum)
}
