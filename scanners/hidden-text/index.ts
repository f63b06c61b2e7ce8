import { z } from 'zod'
import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { hiddenResult } from './findings.js'
import type { HiddenState } from './gather.js'
import { gather, hiddenState, mergeHidden, TEXT_ROLES } from './gather.js'
import { MESSAGES } from './messages.js'

const NEEDS: readonly Need[] = [...TEXT_ROLES, 'label']

const hiddenTextOptions = z.strictObject({
  rows: z
    .int()
    .min(1)
    .default(3)
    .describe('rows from which zero-width characters in words, look-alikes, markup and terminal codes are medium, not low'),
})

function hiddenPass(least: number): Pass<null, HiddenState, ScanResult> {
  return {
    needs: NEEDS,
    init: hiddenState,
    observe: (state, batch, _, __, context) => gather(state, batch, context.seed),
    merge: mergeHidden,
    finish: (state, _, context) => hiddenResult(state, least, context.alpha),
  }
}

export const hiddenText = defineScanner({
  id: 'hidden-text',
  title: 'Hidden text',
  description: 'Text that people do not see: invisible and reordering characters, look-alike letters, hidden markup.',
  version: '1',
  category: 'poisoning',
  options: hiddenTextOptions,
  messages: MESSAGES,
  eachRow: true,
  crossEvidence: { signals: ['odd text'], exactness: 'words' },
  evidence,
  skip: ({ roles }) => (TEXT_ROLES.some((role) => roles.includes(role)) ? null : 'there is no column of text'),
  passes: ({ rows }) => [hiddenPass(rows)],
})
