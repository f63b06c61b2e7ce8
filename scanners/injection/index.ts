import { z } from 'zod'
import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import { injectionResult } from './findings.js'
import type { InjectionState } from './gather.js'
import { gather, injectionState, mergeInjection } from './gather.js'
import type { RuleSet } from './load-rules.js'
import { contentsOf, loadRules } from './load-rules.js'
import { gatherMeaning, meaningRequest } from './meaning.js'
import { MESSAGES } from './messages.js'

const NEEDS: readonly Need[] = ['text', 'prompt', 'response', 'chosen', 'label', 'input', 'output']

const injectionOptions = z.strictObject({
  rules: z
    .array(z.string().min(1))
    .max(100)
    .default([])
    .describe('YAML files of further rules, absolute or relative to the working folder'),
  rows: z.int().min(1).default(3).describe('rows from which replies that emit something, or that seem to obey, count'),
  meaning: z
    .boolean()
    .default(true)
    .describe('list replies that drop their rules after prompts which no rule knows but which are near to known attacks'),
})

function injectionPass(rules: () => RuleSet, least: number, meaning: boolean): Pass<null, InjectionState, ScanResult> {
  return {
    needs: meaning ? [...NEEDS, 'embedding'] : NEEDS,
    init: injectionState,
    request: (_, batch, context) => meaningRequest(batch, rules(), context.seed),
    observe: (state, batch, embedding, _, context) => {
      gather(state, batch, rules(), context.seed)
      if (meaning) gatherMeaning(state.meaning, batch, embedding, rules(), context.seed)
    },
    merge: mergeInjection,
    finish: (state, _, context) => injectionResult(state, least, context.alpha, rules().packs),
  }
}

export const injection = defineScanner({
  id: 'injection',
  title: 'Prompt injection',
  description: 'Prompt injection and jailbreaks that replies follow, that documents hold for a model, or that replies emit.',
  version: '1',
  category: 'poisoning',
  options: injectionOptions,
  messages: MESSAGES,
  eachRow: true,
  crossEvidence: { signals: ['instructions'], exactness: 'words' },
  evidence,
  identity: ({ rules }) => contentsOf(rules),
  skip: ({ roles }) =>
    (['text', 'prompt', 'chosen'] as const).some((role) => roles.includes(role)) ? null : 'there is no column of text',
  passes: ({ rules, rows, meaning }, { roles }) => {
    const replies = roles.includes('response') || (roles.includes('chosen') && roles.includes('prompt'))
    // Files of the user's are refused at once; the built-in ones are read where rows are, which the parent process never sees.
    if (rules.length > 0) loadRules(rules)
    let set: RuleSet | null = null
    return [injectionPass(() => (set ??= loadRules(rules)), rows, meaning && replies)]
  },
})
