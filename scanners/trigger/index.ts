import { z } from 'zod'
import { defineScanner } from '../../src/scanner.js'
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

export const trigger = defineScanner({
  id: 'trigger',
  title: 'Backdoor triggers and injected responses',
  description:
    'phrases paired with a label or a response that the rest of their rows does not explain; content and refusals that come whatever is asked',
  version: '1',
  dilutes: true,
  category: 'poisoning',
  options: z.strictObject({}),
  messages,
  crossEvidence: { signals: ['phrase', 'contradiction'], exactness: 'words' },
  evidence,
  skip: ({ kind, roles }) => {
    if (kind === 'documents') return 'documents have no label or response that a trigger could target'
    const inputs = kind === 'preference' && !roles.includes('prompt')
    return inputs ? 'preferences without a prompt have no input that a trigger could stand in' : null
  },
  passes: (_options, { kind }) =>
    kind === 'classification'
      ? [labelCountPass(), labelSelectPass(), labelSamplePass(), measurePass(), listPass()]
      : [responseCountPass(), responseSelectPass(), responseSamplePass(), measurePass(), listPass()],
})
