/** Pass 1 for responses: how often n-grams of inputs and shingles of responses may come, and what inputs look like. */
import type { Pass } from '../../src/scanner.js'
import { increment, mergeSaturating, saturatingCounts, type SaturatingCounts } from '../../src/sketch/saturating-counts.js'
import { rowHash, tableBits } from './label-count.js'
import { addVector, emptyMoments, gridVector, inSample, mergeMoments, type Moments } from '../../src/math/moments.js'
import {
  countTemplate,
  emptyTemplateCounts,
  mergeTemplate,
  templateWords,
  type TemplateCounts,
  type TemplateWords,
} from './template.js'
import { clip, MAX_N, NgramScanner } from './words.js'

/** Words of a response that make an event together. Longer events are grown from these. */
export const SHINGLE = 3

export interface ResponseCountState {
  readonly grams: SaturatingCounts
  readonly shingles: SaturatingCounts
  readonly moments: Moments
  readonly template: TemplateCounts
}

export interface ResponseModel extends Omit<ResponseCountState, 'template'> {
  readonly template: TemplateWords
  readonly tokens: Float64Array
}

export function responseCountPass(): Pass<null, ResponseCountState, ResponseModel> {
  const inputs = new NgramScanner(1, MAX_N)
  const outputs = new NgramScanner(SHINGLE, SHINGLE)
  return {
    needs: ['input', 'output', 'embedding'],
    init: (_input, context) => ({
      grams: saturatingCounts(tableBits(context.data.rows)),
      shingles: saturatingCounts(tableBits(context.data.rows)),
      moments: emptyMoments(context.embeddingDim),
      template: emptyTemplateCounts(),
    }),
    observe(state, batch, embedding, _input, context) {
      const vector = new Float64Array(context.embeddingDim)
      for (let i = 0; i < batch.length; i++) {
        const input = batch.input[i] ?? null
        const output = batch.output?.[i] ?? null
        if (input === null || output === null) continue
        gridVector(embedding!, i, vector)
        const key = rowHash(input, output)
        addVector(state.moments, vector, inSample(key, context.data.rows))
        inputs.scan(clip(input))
        countTemplate(state.template, inputs.words, key, context.data.rows)
        for (let g = 0; g < inputs.count; g++) increment(state.grams, inputs.low[g]!)
        outputs.scan(clip(output))
        for (let g = 0; g < outputs.count; g++) increment(state.shingles, outputs.low[g]!)
      }
    },
    merge(into, from) {
      mergeSaturating(into.grams, from.grams)
      mergeSaturating(into.shingles, from.shingles)
      mergeMoments(into.moments, from.moments)
      mergeTemplate(into.template, from.template)
      return into
    },
    finish: (state) => ({ ...state, template: templateWords(state.template), tokens: state.template.tokens }),
  }
}
