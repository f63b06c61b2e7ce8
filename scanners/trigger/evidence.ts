/** What the numbers behind a backdoor are, and which side of them decides, by its pattern. */
import type { Finding } from '../../src/model/finding.js'
import type { EvidenceNote } from '../../src/scanner.js'
import { INJECTED_ROWS } from './injected.js'
import type { Measured } from './judge.js'
import { CLEAN_PURITY, CLEAN_ROWS, LEAST_PURITY } from './label-judge.js'
import { POOL_ROWS } from './pool-select.js'
import { RESPONSE_ROWS } from './response-judge.js'
import { LEAST_COVERAGE } from './response-pools.js'
import { COVERED_RECALL } from './response-triggers.js'

type Pattern = Measured['pattern']

/** The text for the finding's pattern. Evidence comes from a report, which may name any pattern. */
function by(texts: Partial<Record<Pattern, string>>, otherwise = ''): (evidence: Finding['evidence']) => string {
  return ({ pattern }) => {
    const known = typeof pattern === 'string' && Object.hasOwn(texts, pattern)
    return known ? (texts[pattern as Pattern] ?? otherwise) : otherwise
  }
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
const RANDOM_DRAW = 'near 0 is a random draw, as rows that an attacker picked are; rows that share a natural word lie far above'

const DRAW_DECIDES = 'near 0 is a random draw; decides where rows are many'
const DOES_NOT_DECIDE = 'does not decide: the labels speak for themselves'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  pattern: {
    meaning: 'pattern of the attack',
    decides: by({
      flipped: 'labels look changed: without the trigger the rows have the content of other labels',
      composite: 'labels look changed where several phrases come together; rows with only some of them are no part of it',
      covered: 'labels look changed, and other rows with the trigger and their true label hide the association',
      pooled: 'labels look changed: behind any of many rare words the rows have the content of other labels',
      'clean-label': 'labels fit: the trigger was put into rows that have the label anyway',
      response: 'the trigger comes with the same words in the response, whatever else is asked',
      'covered-response': 'the same words in the response come with the trigger alone; its other rows are a cover',
      'pooled-response': 'any of many rare words comes with the same words in the response, whatever else is asked',
      injected: 'no trigger: the target comes whatever is asked',
      shift: 'the trigger changes what comes out, in varied words',
      swapped: 'behind the trigger the other response is preferred',
    }),
  },
  rowsWithTrigger: {
    meaning: 'rows that hold the trigger',
    unit: 'rows',
    decides: by({
      shift: `at least ${RESPONSE_ROWS} are needed`,
      swapped: `at least ${RESPONSE_ROWS} are needed`,
    }),
  },
  rowsWithTriggerAndTarget: {
    meaning: 'of these, rows that have the target',
    unit: 'rows',
    decides: by({
      flipped: `at least ${percent(LEAST_PURITY)} of the rows with the trigger: a trigger fires nearly always`,
      composite: `at least ${percent(LEAST_PURITY)} of the rows with all of its phrases: a trigger fires nearly always`,
      covered: 'few, since the other rows with the trigger are a cover',
      'clean-label': `at least ${percent(CLEAN_PURITY)} of the rows with the trigger, and at least ${CLEAN_ROWS}`,
      response: `at least ${percent(LEAST_PURITY)} of the rows with the trigger, and at least ${RESPONSE_ROWS}`,
      'covered-response': `at least ${percent(COVERED_RECALL)} of the rows with the target, and at least ${RESPONSE_ROWS}`,
      'pooled-response': `all of them, at least ${percent(LEAST_COVERAGE)} of the rows with the target, and at least ${POOL_ROWS}`,
    }),
  },
  rowsWithTarget: {
    meaning: 'rows that have the target, with a trigger or without',
    unit: 'rows',
    decides: by({ injected: `at least ${INJECTED_ROWS} are needed to tell a random draw from a subject` }),
  },
  triggersOfTheSameTarget: {
    meaning: 'triggers of this target',
    decides: 'any of them fires, or they come together; each that fires by itself has a finding',
  },
  baseRate: { meaning: 'share of the other rows that have the target', unit: 'share', decides: 'what chance is reckoned with' },
  log10AdjustedP: {
    meaning: 'probability that chance gives so many rows with the target, times the pairs tried',
    unit: 'log10',
    decides: by(
      {
        pooled:
          'at most alpha, and far below it, decides: how much likelier all rare words are with a pool of triggers than without',
        covered: 'does not decide: the cover rows hide the association',
      },
      'an association when at most alpha; alone it is no proof, as natural words have one, too',
    ),
  },
  contentPosition: {
    meaning: 'where the content lies without the trigger: +1 like the label’s own rows, -1 like other rows',
    unit: 'signed',
    decides: by(
      { 'clean-label': 'near +1: the content fits the label' },
      'near -1 speaks against the label; near +1 the content fits the label',
    ),
  },
  positionWithTrigger: {
    meaning: 'the same with the trigger left in, by a model that was not taught by these rows',
    unit: 'signed',
    decides: by(
      { 'clean-label': 'does not decide', covered: 'does not decide' },
      'where the trigger moves the content far towards the label, it explains the label: then a random draw must be shown',
    ),
  },
  readsOn: {
    meaning: 'whether the rows read on without the trigger: log odds that it was put in rather than belongs there',
    unit: 'signed',
    decides: by(
      {
        'clean-label': 'above 0: words on both sides are neighbours elsewhere, too',
        pooled: 'above 0: words on both sides are neighbours elsewhere, unlike beside ordinary rare words',
        covered: 'below 0 speaks against it: the phrase belongs where it stands',
      },
      'where it is far below 0, a random draw must be shown',
    ),
  },
  contradictionZ: {
    meaning: 'that content against the label’s own rows, in standard errors',
    unit: 'signed',
    decides: by(
      { 'clean-label': 'does not decide: the labels are true' },
      'far below 0 decides: nothing else in the rows calls for the label',
    ),
  },
  independenceZ: {
    meaning: 'how far the content is from a random draw of rows, in standard deviations',
    unit: 'signed',
    decides: RANDOM_DRAW,
  },
  independenceEffect: {
    meaning: 'the same as a share of the spread of all content, however many the rows',
    unit: 'signed',
    decides: by({ flipped: DRAW_DECIDES, composite: DRAW_DECIDES }, 'near 0 is a random draw'),
  },
  independenceEffectAtMost: {
    meaning: 'that share at most, with 95 % confidence',
    unit: 'signed',
    decides: by({ flipped: DOES_NOT_DECIDE, composite: DOES_NOT_DECIDE }, 'small decides: it shows a random draw of rows'),
  },
  outputShiftZ: {
    meaning: 'how far the outputs are from a random draw of outputs, in standard deviations',
    unit: 'signed',
    decides: 'far above 0 decides: inputs are any inputs, outputs are not',
  },
  outputShiftEffect: {
    meaning: 'the same as a share of the spread of all outputs',
    unit: 'signed',
    decides: 'large decides: a tiny shift may have a natural cause',
  },
  preferenceMargin: {
    meaning: 'how far chosen is ahead of rejected, in units of the other rows',
    unit: 'signed',
    decides: 'below 0 the preference is the other way round',
  },
  preferenceMarginZ: {
    meaning: 'that margin against the other rows, in standard errors',
    unit: 'signed',
    decides: 'far below 0 decides',
  },
  shareOfRefusals: { meaning: 'share of the rows looked at that refuse', unit: 'share' },
}
