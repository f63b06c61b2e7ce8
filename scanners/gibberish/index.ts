import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { evidence } from './evidence.js'
import type { Suspicion } from './findings.js'
import { gibberishResult, suspicionOf } from './findings.js'
import type { LanguageModel } from './fit.js'
import { fitModel } from './fit.js'
import type { ListState } from './list.js'
import { Lister, listState, mergeLists } from './list.js'
import type { GibberishOptions } from './options.js'
import { gibberishOptions } from './options.js'
import type { VerifyState } from './verify.js'
import { Verifier } from './verify.js'
import type { SampleState } from './sample.js'
import { mergeSamples, sampleBatch, sampleState, TEXT_ROLES } from './sample.js'

const NEEDS: readonly Need[] = [...TEXT_ROLES, 'label']

function samplePass(): Pass<null, SampleState, LanguageModel> {
  return {
    needs: TEXT_ROLES,
    init: sampleState,
    observe: (state, batch, _, __, context) => sampleBatch(state, batch, context.seed),
    merge: mergeSamples,
    finish: fitModel,
  }
}

function listPass(): Pass<LanguageModel, ListState, Suspicion> {
  let lister: Lister | null = null
  return {
    needs: NEEDS,
    init: listState,
    observe(state, batch, _, model, context) {
      if (lister?.model !== model) lister = new Lister(model)
      lister.list(state, batch, context.seed)
    },
    merge: mergeLists,
    finish: (state, model, context) => suspicionOf(state, model, context.alpha),
  }
}

function verifyPass(options: GibberishOptions): Pass<Suspicion, VerifyState, ScanResult> {
  let verifier: Verifier | null = null
  return {
    needs: TEXT_ROLES,
    init: ({ suspects }) => new Float64Array(suspects.length),
    observe(state, batch, _, { suspects }) {
      if (verifier?.suspects !== suspects) verifier = new Verifier(suspects)
      verifier.count(state, batch)
    },
    merge(into, from) {
      from.forEach((cells, s) => (into[s] = into[s]! + cells))
      return into
    },
    finish: (state, suspicion, context) => gibberishResult(state, suspicion, options, context.alpha),
  }
}

export const gibberish = defineScanner({
  id: 'gibberish',
  title: 'Gibberish',
  description: "Random characters, words in no order and endless repetition, by a language model of the data's own text.",
  version: '1',
  category: 'poisoning',
  options: gibberishOptions,
  messages: {
    'gibberish/after-phrase': {
      title: 'Gibberish after a phrase',
      help: 'The text of these rows turns into gibberish after the same phrase, or in answer to it. Training on them teaches a model to break down when it sees the phrase.',
    },
    'gibberish/tails': {
      title: 'Rows that end in random characters',
      help: 'The text of these rows turns into random characters and stays so to its end. Broken extraction can look like this as well: look at what stands before.',
    },
    'gibberish/random': {
      title: 'Random characters',
      help: 'A stretch of these rows is as surprising, letter by letter, as random characters. Ciphers and broken extraction look like this.',
    },
    'gibberish/no-order': {
      title: 'Words in no order',
      help: 'A stretch of known words stands in an order that the rest of the data does not use. Lists and pseudo-code look like this.',
    },
    'gibberish/repetition': {
      title: 'Endless repetition',
      help: 'A stretch of these rows repeats the same piece at least six times in a row.',
    },
  },
  crossEvidence: { signals: ['odd text'], exactness: 'fault' },
  evidence,
  skip: ({ roles }) => (TEXT_ROLES.some((role) => roles.includes(role)) ? null : 'there is no column of text'),
  passes: (options) => [samplePass(), listPass(), verifyPass(options)],
})
