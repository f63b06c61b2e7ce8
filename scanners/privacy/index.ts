import { z } from 'zod'
import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import type { Thresholds } from './findings.js'
import { privacyResult } from './findings.js'
import type { PrivacyState } from './gather.js'
import { gather, mergePrivacy, privacyState, TEXT_ROLES } from './gather.js'
import { MESSAGES } from './messages.js'

const NEEDS: readonly Need[] = TEXT_ROLES

const privacyOptions = z.strictObject({
  rows: z.int().min(1).default(3).describe('rows from which card, account and identity numbers are high, not medium'),
  copies: z
    .int()
    .min(2)
    .default(10)
    .describe('rows with one value from which contacts are medium and passwords and canaries high'),
  people: z.int().min(1).default(10).describe('different addresses or telephone numbers beside names from which they are medium'),
})

function privacyPass(thresholds: Thresholds): Pass<null, PrivacyState, ScanResult> {
  return {
    needs: NEEDS,
    init: privacyState,
    observe: (state, batch, _, __, context) => gather(state, batch, context.seed),
    merge: mergePrivacy,
    finish: (state, _, context) => privacyResult(state, thresholds, context.alpha),
  }
}

export const privacy = defineScanner({
  id: 'privacy',
  title: 'Personal data and secrets',
  description:
    'Leaked keys, cards, identity numbers, contacts and canaries that a model would learn by heart. Values are never shown.',
  version: '1',
  category: 'privacy',
  options: privacyOptions,
  messages: MESSAGES,
  eachRow: true,
  evidence,
  skip: ({ roles }) => (TEXT_ROLES.some((role) => roles.includes(role)) ? null : 'there is no column of text'),
  passes: (thresholds) => [privacyPass(thresholds)],
})
