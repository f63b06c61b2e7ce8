import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { driftResult } from './findings.js'
import type { GatherState } from './gather.js'
import { gather, gatherState, mergeGathered } from './gather.js'
import type { GridState } from './grid.js'
import { countCells, mergeGrids } from './grid.js'
import { MESSAGES } from './messages.js'
import type { DriftOptions } from './options.js'
import { driftOptions } from './options.js'
import { planOf, type Plan } from './plan.js'
import type { Survey, SurveyState } from './survey.js'
import { mergeSurveys, survey, surveyed, surveyState } from './survey.js'

const NEEDS: readonly Need[] = ['input', 'output', 'label', 'source']

const surveyPass: Pass<null, SurveyState, Survey> = {
  needs: ['label', 'source'],
  init: surveyState,
  observe: (state, batch) => {
    survey(state, batch)
  },
  merge: mergeSurveys,
  finish: surveyed,
}

const gridPass: Pass<Survey, GridState, Plan> = {
  needs: NEEDS,
  init: () => new Map(),
  observe: (state, batch, _, found) => {
    countCells(state, batch, found)
  },
  merge: mergeGrids,
  finish: planOf,
}

function gatherPass(options: DriftOptions): Pass<Plan, GatherState, ScanResult> {
  return {
    needs: NEEDS,
    init: gatherState,
    observe: (state, batch, _, plan, { seed }) => {
      gather(state, batch, plan, seed)
    },
    merge: mergeGathered,
    finish: (state, plan, context) => driftResult(state, plan, options, context),
  }
}

export const drift = defineScanner({
  id: 'drift',
  title: 'Drift within the data',
  description: 'Position effects: blocks of rows unlike the rest, rows added after the data was shuffled, rows sorted by label.',
  version: '1',
  category: 'quality',
  options: driftOptions,
  messages: MESSAGES,
  // Position does not change what any other scanner sees.
  crossEvidence: { signals: ['position'], exactness: 'pattern' },
  evidence,
  skip: ({ roles }) =>
    roles.some((role) => role === 'text' || role === 'prompt' || role === 'chosen') ? null : 'there is no column of text',
  passes: (options) => [surveyPass, gridPass, gatherPass(options)],
})
