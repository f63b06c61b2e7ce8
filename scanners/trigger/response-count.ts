/** Pass 1 for responses: how often n-grams of inputs and shingles of responses may come, and what inputs and outputs look like. */
import type { Pass } from '../../src/scanner.js'
import { emptyMoments, inSample, mergeMoments, MomentsAdder, type Moments } from '../../src/math/moments.js'
import { increment, mergeSaturating, saturatingCounts, type SaturatingCounts } from '../../src/sketch/saturating-counts.js'
import { isCounted, tableBits, type CountingBudget } from './counted-rows.js'
import { rowHash } from './label-count.js'
import { pairRequest, pairsOf, VectorReader } from './pairs.js'
import {
  countTemplate,
  emptyTemplateCounts,
  mergeTemplate,
  templateWords,
  type TemplateCounts,
  type TemplateWords,
} from './template.js'
import { clip, MAX_N, NgramScanner } from './words.js'

/** Words of a response that make an event together. Longer events are grown from these; a name or a host is one alone. */
export const SHINGLE = 3

/** Words of input and output for each counter: whatever a bound lets through is counted exactly, and nothing else thins it out. */
const LOAD = 1

export interface ResponseCountState {
  readonly grams: SaturatingCounts
  readonly shingles: SaturatingCounts
  readonly moments: Moments
  readonly outputs: Moments
  readonly template: TemplateCounts
  /** Rows whose n-grams and shingles were counted. */
  countedRows: number
}

/** Whether a row's n-grams and shingles are counted: {@link isCounted} by the words of both sides. */
export function isResponseRowCounted(key: number, words: number, rows: number | null, budget: CountingBudget): boolean {
  return isCounted(key, words, rows, LOAD, budget)
}

export interface ResponseModel extends Omit<ResponseCountState, 'template'> {
  readonly template: TemplateWords
  readonly tokens: Float64Array
}

export function responseCountPass(budget: CountingBudget): Pass<null, ResponseCountState, ResponseModel> {
  const inputs = new NgramScanner(1, MAX_N)
  const outputs = new NgramScanner(1, SHINGLE)
  return {
    needs: ['input', 'output', 'rejected', 'embedding'],
    init: (_input, { data, embeddingDim }) => ({
      grams: saturatingCounts(tableBits(data.rows, budget)),
      shingles: saturatingCounts(tableBits(data.rows, budget)),
      moments: emptyMoments(embeddingDim),
      outputs: emptyMoments(embeddingDim),
      template: emptyTemplateCounts(),
      countedRows: 0,
    }),
    request: (_input, batch) => pairRequest(batch),
    observe(state, batch, embedding, _input, context) {
      const vector = new Float64Array(context.embeddingDim)
      const adder = new MomentsAdder()
      const reader = new VectorReader(embedding!, context.embeddingDim)
      for (const i of pairsOf(batch)) {
        const input = batch.input[i]!
        const output = batch.output![i]!
        const key = rowHash(input, output)
        const sampled = inSample(key, context.data.rows)
        reader.read(vector)
        adder.add(state.moments, vector, sampled)
        reader.readOutput(batch, vector)
        adder.add(state.outputs, vector, sampled)
        inputs.words.scan(clip(input))
        countTemplate(state.template, inputs.words, key, context.data.rows)
        outputs.words.scan(clip(output))
        const words = inputs.words.count + outputs.words.count
        if (!isResponseRowCounted(key, words, context.data.rows, budget)) continue
        state.countedRows++
        inputs.gather()
        for (let g = 0; g < inputs.count; g++) increment(state.grams, inputs.low[g]!)
        outputs.gather()
        for (let g = 0; g < outputs.count; g++) if (outputs.length[g] !== 2) increment(state.shingles, outputs.low[g]!)
      }
      adder.flush()
    },
    merge(into, from) {
      mergeSaturating(into.grams, from.grams)
      mergeSaturating(into.shingles, from.shingles)
      mergeMoments(into.moments, from.moments)
      mergeMoments(into.outputs, from.outputs)
      mergeTemplate(into.template, from.template)
      into.countedRows += from.countedRows
      return into
    },
    finish: (state) => ({ ...state, template: templateWords(state.template), tokens: state.template.tokens }),
  }
}
