import { z } from 'zod'
import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { encodedResult } from './findings.js'
import type { EncodedState } from './gather.js'
import { encodedState, gather, mergeEncoded, TEXT_ROLES } from './gather.js'
import { MESSAGES } from './messages.js'

const NEEDS: readonly Need[] = [...TEXT_ROLES, 'output', 'label']

const encodedOptions = z.strictObject({
  rows: z
    .int()
    .min(1)
    .default(3)
    .describe('rows from which encoded orders, commands and links are high though no output follows them'),
})

function encodedPass(least: number): Pass<null, EncodedState, ScanResult> {
  return {
    needs: NEEDS,
    init: encodedState,
    observe: (state, batch, _, __, context) => gather(state, batch, context.seed),
    merge: mergeEncoded,
    finish: (state, _, context) => encodedResult(state, least, context.alpha),
  }
}

export const encoded = defineScanner({
  id: 'encoded',
  title: 'Encoded text',
  description:
    'Orders, commands and links in Base64, hexadecimal, escapes, ciphers, Morse and other writings that a model can read.',
  version: '1',
  category: 'poisoning',
  options: encodedOptions,
  messages: MESSAGES,
  eachRow: true,
  crossEvidence: { signals: ['odd text', 'instructions'], exactness: 'words' },
  evidence,
  skip: ({ roles }) => (TEXT_ROLES.some((role) => roles.includes(role)) ? null : 'there is no column of text'),
  passes: ({ rows }) => [encodedPass(rows)],
})
