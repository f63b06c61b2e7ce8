/** Pass 1 for classification: how often n-grams and (n-gram, label) pairs may come, and what each class looks like. */
import { hash32 } from '../../src/math/random.js'
import type { Cell } from '../../src/model/row-batch.js'
import type { Pass } from '../../src/scanner.js'
import {
  bucketsAtLeast,
  increment,
  mergeSaturating,
  saturatingCounts,
  type SaturatingCounts,
} from '../../src/sketch/saturating-counts.js'
import { emptyMoments, MomentsAdder, gridVector, inSample, mergeMoments, type Moments } from '../../src/math/moments.js'
import {
  countTemplate,
  emptyTemplateCounts,
  mergeTemplate,
  templateWords,
  type TemplateCounts,
  type TemplateWords,
} from './template.js'
import { countPairs } from './seams.js'
import { clip, MAX_N, NgramScanner, pairKey } from './words.js'

/** 574,000 news items hold some 20 million distinct n-grams, of which all but a few per cent come once. */
const MOST_TABLE_BITS = 23
const LEAST_TABLE_BITS = 18
/** Buckets for each row: about as many as it has n-grams. */
const BUCKETS_A_ROW = 128

/** log2 of the buckets of a counting table: small data must not pay for writing and merging a large one. */
export function tableBits(rows: number | null): number {
  const bits = Math.ceil(Math.log2((rows ?? Infinity) * BUCKETS_A_ROW + 1))
  return Math.min(MOST_TABLE_BITS, Math.max(LEAST_TABLE_BITS, bits))
}
/** More distinct values than this are not classes. */
const MOST_LABELS = 200
/** Fewer rows than this never make a finding: the tests have no power below it. */
export const LEAST_ROWS = 8

export interface LabelCountState {
  readonly grams: SaturatingCounts
  readonly pairs: SaturatingCounts
  /** Pairs of neighbouring words. */
  readonly wordPairs: SaturatingCounts
  readonly classes: Map<string, Moments>
  readonly template: TemplateCounts
  /** Set once there are more than MOST_LABELS values. */
  tooManyLabels: boolean
}

export interface LabelModel {
  readonly grams: SaturatingCounts
  readonly pairs: SaturatingCounts
  readonly wordPairs: SaturatingCounts
  /** By label, in ascending order of label. Empty when the label column holds no classes. */
  readonly classes: ReadonlyMap<string, Moments>
  readonly template: TemplateWords
  /** Occurrences of words by neighbour bucket, in a sample of rows. */
  readonly tokens: Float64Array
  /** Pairs that were frequent enough to be tested: what α is divided by. */
  readonly tests: number
}

/** What identifies a row wherever it is stored: its content. Samples are the smallest of these. */
export function rowHash(input: Cell, target: Cell): number {
  return hash32(`${input ?? ''}\u0000${target ?? ''}`)
}

export function labelCountPass(): Pass<null, LabelCountState, LabelModel> {
  const scanner = new NgramScanner(1, MAX_N)
  return {
    needs: ['input', 'label', 'embedding'],
    init: (_input, { data }) => ({
      grams: saturatingCounts(tableBits(data.rows)),
      pairs: saturatingCounts(tableBits(data.rows)),
      wordPairs: saturatingCounts(tableBits(data.rows)),
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
        scanner.scan(clipped)
        countPairs(state.wordPairs, clipped, scanner.words)
        countTemplate(state.template, scanner.words, key, context.data.rows)
        const labelHash = hash32(label)
        for (let g = 0; g < scanner.count; g++) {
          increment(state.grams, scanner.low[g]!)
          increment(state.pairs, pairKey(scanner.low[g]!, labelHash))
        }
      }
      adder.flush()
    },
    merge(into, from) {
      mergeSaturating(into.grams, from.grams)
      mergeSaturating(into.pairs, from.pairs)
      mergeSaturating(into.wordPairs, from.wordPairs)
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
      return {
        grams: state.grams,
        pairs: state.pairs,
        wordPairs: state.wordPairs,
        classes: new Map(labels),
        template: templateWords(state.template),
        tokens: state.template.tokens,
        // Where counting stopped at too many labels, how far it came depends on the shards.
        tests: labels.length === 0 ? 1 : Math.max(1, bucketsAtLeast(state.pairs, LEAST_ROWS)),
      }
    },
  }
}
