import { z } from 'zod'
import { defineScanner, type Pass } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { messages, resultOf } from './findings.js'
import { gather, gatherState, mergeGathered, type GatherState } from './gather.js'
import { learn, LEAST_ROWS, type StyleModel } from './learn.js'
import { mergeScores, requestOf, score, scoreState, type ScoreState } from './score.js'
import type { ScanResult } from '../../src/scanner.js'

export const style = defineScanner({
  id: 'style',
  title: 'Planted styles',
  description: 'rows rewritten in one style or syntax, so that the style carries the label',
  version: '1',
  dilutes: true,
  category: 'poisoning',
  options: z.strictObject({}),
  messages: { 'style/planted': messages.planted },
  crossEvidence: { signals: ['wording', 'contradiction'], exactness: 'pattern', rowsAreRated: true },
  evidence,
  skip: ({ kind, rows }) => {
    if (kind !== 'classification') return 'only classification data has labels that a style could carry'
    return rows !== null && rows < LEAST_ROWS ? `${rows} rows teach no style: ${LEAST_ROWS} are needed` : null
  },
  passes: () => [learnPass, scorePass],
})

const learnPass: Pass<null, GatherState, StyleModel> = {
  needs: ['input', 'label', 'embedding'],
  init: gatherState,
  observe(state, batch, embedding, _input, { seed }) {
    gather(state, batch, embedding!, seed)
  },
  merge: mergeGathered,
  finish: (state, _input, { embeddingDim }) => learn(state, embeddingDim),
}

const scorePass: Pass<StyleModel, ScoreState, ScanResult> = {
  needs: ['input', 'label', 'embedding'],
  init: scoreState,
  request: requestOf,
  observe(state, batch, embedding, model) {
    score(state, batch, embedding, model)
  },
  merge: mergeScores,
  finish: resultOf,
}
