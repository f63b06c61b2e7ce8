import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import type { CollectState } from './collect.js'
import { collect, collectState, mergeCollected } from './collect.js'
import { evidence } from './evidence.js'
import { duplicateResult } from './findings.js'
import { MESSAGES } from './messages.js'
import type { DuplicateOptions } from './options.js'
import { duplicateOptions } from './options.js'
import type { Tally, TallyState } from './tally.js'
import { mergeTallies, tallied, tally, tallyState } from './tally.js'

const NEEDS: readonly Need[] = ['input', 'output', 'rejected', 'label', 'split']

function tallyPass(options: DuplicateOptions): Pass<null, TallyState, Tally> {
  return {
    needs: NEEDS,
    init: () => tallyState(options),
    observe: (state, batch, _, __, context) => tally(state, batch, options, context),
    merge: mergeTallies,
    finish: tallied,
  }
}

function collectPass(options: DuplicateOptions): Pass<Tally, CollectState, ScanResult> {
  return {
    needs: NEEDS,
    init: () => collectState(options),
    observe: (state, batch, _, found, context) => collect(state, batch, found, options, context),
    merge: mergeCollected,
    finish: (state, found, context) => duplicateResult(state, found, options, context),
  }
}

export const duplicate = defineScanner({
  id: 'duplicate',
  title: 'Duplicates',
  description:
    'Rows that repeat others, exactly or nearly: copies, floods, templates, conflicting answers, leaks between splits.',
  version: '1',
  category: 'quality',
  options: duplicateOptions,
  messages: MESSAGES,
  // Floods are held against the labels of their neighbours.
  crossEvidence: { signals: ['repetition', 'contradiction'], exactness: 'pattern' },
  evidence,
  skip: ({ roles }) =>
    roles.some((role) => role === 'text' || role === 'prompt' || role === 'chosen') ? null : 'there is no column of text',
  passes: (options) => [tallyPass(options), collectPass(options)],
})
