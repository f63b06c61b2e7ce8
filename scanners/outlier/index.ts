import type { Need, Pass, PassContext, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { outlierResult } from './findings.js'
import type { OutlierModel } from './fit.js'
import { fitModel } from './fit.js'
import type { GatherState } from './gather.js'
import { gather, gatherState, mergeGathered, surfaceWidth } from './gather.js'
import type { OutlierOptions } from './options.js'
import { outlierOptions } from './options.js'
import type { ScoreState } from './score.js'
import { mergeScores, score, scoreState } from './score.js'
import { MIN_ROWS } from './tail.js'

const NEEDS: readonly Need[] = ['input', 'output', 'label', 'embedding']

function gatherPass(options: OutlierOptions): Pass<null, GatherState, OutlierModel> {
  return {
    needs: NEEDS,
    init: () => gatherState(options.subsample),
    observe: (state, batch, embedding, _, context) =>
      gather(state, batch, embedding, hasOutput(context), options.subsample, context.seed),
    merge: (into, from) => mergeGathered(into, from, options.subsample),
    finish: (state, _, context) => fitModel(state, context.embeddingDim, surfaceWidth(hasOutput(context)), options, context.seed),
  }
}

function scorePass(options: OutlierOptions): Pass<OutlierModel, ScoreState, ScanResult> {
  return {
    needs: NEEDS,
    init: (model) => scoreState(model),
    observe: (state, batch, embedding, model, context) => score(state, batch, embedding, model, hasOutput(context)),
    merge: (into, from) => mergeScores(into, from),
    finish: (state, model) => outlierResult(state, model, options),
  }
}

function hasOutput({ data }: PassContext): boolean {
  return data.kind === 'instruction' || data.kind === 'preference'
}

export const outlier = defineScanner({
  id: 'outlier',
  title: 'Outliers',
  description: 'Rows unlike the rest of their class, by isolation forest on embeddings and on surface features.',
  version: '1',
  category: 'quality',
  options: outlierOptions,
  messages: {
    'outlier/meaning': {
      title: 'Rows unlike the rest in meaning',
      help: 'The embeddings of these rows lie beyond the tail of their class. Outliers are common in clean data: look at them, but take them as no proof of poison.',
    },
    'outlier/looks': {
      title: 'Rows unlike the rest in looks',
      help: 'The length, characters or words of these rows lie beyond the tail of their class. Outliers are common in clean data: look at them, but take them as no proof of poison.',
    },
  },
  crossEvidence: { signals: ['odd text'], exactness: 'unlike' },
  evidence,
  skip: ({ rows }) => (rows !== null && rows < MIN_ROWS ? `${rows} rows have no tail to speak of: ${MIN_ROWS} are needed` : null),
  passes: (options) => [gatherPass(options), scorePass(options)],
})
