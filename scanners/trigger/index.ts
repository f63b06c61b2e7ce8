import { z } from 'zod'
import { defineScanner } from '../../src/scanner.js'
import type { CountingBudget } from './counted-rows.js'
import { evidence } from './evidence.js'
import { labelCountPass } from './label-count.js'
import { labelSamplePass } from './label-sample.js'
import { labelSelectPass } from './label-select.js'
import { listPass } from './list.js'
import { measurePass } from './measure.js'
import { responseCountPass } from './response-count.js'
import { responseSamplePass } from './response-sample.js'
import { responseSelectPass } from './response-select.js'
import { messages } from './wording.js'

const options = z.strictObject({
  memory: z
    .number()
    .min(0.01)
    .max(1)
    .default(1)
    .describe('share of the memory for counting phrases; with less of it, phrases in few of very many rows may be missed'),
})

export const trigger = defineScanner({
  id: 'trigger',
  title: 'Backdoor triggers and injected responses',
  description:
    'phrases paired with a label or a response that the rest of their rows does not explain; content and refusals that come whatever is asked',
  version: '1',
  dilutes: true,
  category: 'poisoning',
  options,
  messages,
  crossEvidence: { signals: ['phrase', 'contradiction'], exactness: 'words' },
  evidence,
  skip: ({ kind, roles }) => {
    if (kind === 'documents') return 'documents have no label or response that a trigger could target'
    const inputs = kind === 'preference' && !roles.includes('prompt')
    return inputs ? 'preferences without a prompt have no input that a trigger could stand in' : null
  },
  passes: (budget: CountingBudget, { kind }) =>
    kind === 'classification'
      ? [labelCountPass(budget), labelSelectPass(budget), labelSamplePass(), measurePass(), listPass()]
      : [responseCountPass(budget), responseSelectPass(budget), responseSamplePass(budget), measurePass(), listPass()],
})
