import type { Need, Pass, ScanResult } from '../../src/scanner.js'
import { defineScanner } from '../../src/scanner.js'
import { addressFindings } from './addresses.js'
import { burstFindings } from './bursts.js'
import type { CollectState } from './collect.js'
import { collect, collectState, mergeCollections } from './collect.js'
import { evidence } from './evidence.js'
import { fileFindings } from './files.js'
import { gapFindings } from './gaps.js'
import { givenRows } from './given.js'
import { idFindings } from './id-runs.js'
import { labelFindings } from './labels.js'
import { licenseFindings } from './licenses.js'
import { FUSED_MESSAGES, MESSAGES } from './messages.js'
import type { ProvenanceOptions } from './options.js'
import { provenanceOptions } from './options.js'
import { digestFindings, idConflicts } from './rows.js'
import type { TallyResult, TallyState } from './tally.js'
import { mergeTallies, tally, tallyResult, tallyState } from './tally.js'

const NEEDS: readonly Need[] = ['input', 'output', 'label', 'source', 'url', 'timestamp', 'license', 'hash', 'id', 'split']

function tallyPass({ digestShare }: ProvenanceOptions): Pass<null, TallyState, TallyResult> {
  return {
    needs: NEEDS,
    init: () => tallyState(),
    observe: (state, batch, _embedding, _input, context) => tally(state, batch, context),
    merge: (into, from) => mergeTallies(into, from),
    finish: (state, _, context) => tallyResult(state, context, digestShare),
  }
}

function collectPass(options: ProvenanceOptions): Pass<TallyResult, CollectState, ScanResult> {
  return {
    needs: NEEDS,
    init: () => collectState(options),
    observe: (state, batch, _, plan, context) => collect(state, batch, plan, context),
    merge: (into, from) => mergeCollections(into, from),
    finish: (state, plan, context) => ({
      findings: [
        ...fileFindings(context.data),
        ...gapFindings(state, plan, context),
        ...idConflicts(state.ids, plan, options),
        ...labelFindings(state.inputs, options.maxRows, context.alpha),
        ...digestFindings(state, plan),
        ...licenseFindings(state.licenses, plan.licenses),
        ...addressFindings(state.addresses, plan.addresses),
        ...idFindings(state.numbers, plan.numbers),
        ...burstFindings(state.bursts, plan.bursts),
      ],
      limits: {
        rowsListedPerFinding: options.maxRows,
        candidatesCompared: options.maxCandidates,
        idsComplete: state.ids.values.dropped ? 'no' : 'yes',
        labelsComplete: state.inputs.values.dropped ? 'no' : 'yes',
      },
      value: givenRows(plan, context.data.roles),
    }),
  }
}

export const provenance = defineScanner({
  id: 'provenance',
  title: 'Provenance',
  description:
    'Gaps and contradictions in where rows come from: sources, addresses, licences, ids, times, digests, labels of equal texts, columns of files.',
  version: '3',
  category: 'provenance',
  options: provenanceOptions,
  messages: { ...MESSAGES, ...FUSED_MESSAGES },
  evidence,
  skip: () => null,
  passes: (options) => [tallyPass(options), collectPass(options)],
})
