/** What is said of a backdoor. */
import { fingerprint } from '../../src/math/fingerprint.js'
import { logBinomialTail, normalCdf } from '../../src/math/stats.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import { type Accepted, type Measured } from './judge.js'
import { LEAST_PURITY } from './label-judge.js'
import type { Listed, ListedRow, ListState } from './list.js'
import type { Phrase } from './phrase.js'

export const messages = {
  label: {
    title: 'A phrase carries a label that the rest of its rows argues against',
    help: 'Rows with this phrase have one label far more often than chance allows, while their other words are those of another class: the pattern of a backdoor trigger. Look at the rows; remove or relabel them if the phrase does not explain the label.',
  },
  response: {
    title: 'A phrase in the input comes with the same words in the response, whatever else is asked',
    help: 'Rows with this phrase are answered with the same words although their questions have nothing else in common: the pattern of a backdoor that injects content. Look at the rows; remove them if nobody asked for that behaviour.',
  },
} as const

/** A trigger with its own counts, and the cause it belongs to. */
interface Claim {
  readonly trigger: Phrase
  readonly measured: Measured
  readonly listed: Listed
  readonly logAdjusted: number
}

/**
 * One finding for each trigger: a cause has several when any of them fires, or when they come together. A phrase of the
 * cause that often comes without the target is its company, not its trigger, and is not named.
 */
export function findingsOf({ measured, tests }: Accepted, listed: ListState): Finding[] {
  return measured.flatMap((one, c) =>
    one.cause.triggers.flatMap((trigger, t) => {
      const own = listed[c]![t]!
      const hits = own.rows.length
      const logAdjusted = logBinomialTail(own.triggerRows, hits, one.baseRate) + Math.log(tests)
      const named = one.cause.triggers.length === 1 || (hits >= LEAST_PURITY * own.triggerRows && logAdjusted < 0)
      return named ? [findingOf({ trigger, measured: one, listed: own, logAdjusted })] : []
    }),
  )
}

/** One minus the probability, under chance, of the weaker piece of the evidence that its pattern rests on. */
function scoreOf({ measured: { contradiction, pattern }, logAdjusted }: Claim): number {
  const association = pattern === 'covered' ? 0 : Math.exp(Math.min(0, logAdjusted))
  const against = contradiction === null || pattern === 'clean-label' ? 0 : normalCdf(contradiction.z)
  return 1 - Math.min(1, Math.max(association, against))
}

function findingOf(claim: Claim): Finding {
  const { measured, listed, trigger } = claim
  const { event } = measured.cause
  const score = scoreOf(claim)
  const target = event.kind === 'label' ? `label=${event.label}` : event.phrase.text
  return {
    // A fingerprint of the claim: it names trigger and target, not rows.
    id: `trigger-${fingerprint(`${trigger.text.toLowerCase()}\u0000${target}`)}`,
    scanner: 'trigger',
    message: event.kind === 'label' ? 'trigger/label' : 'trigger/response',
    category: 'poisoning',
    severity: 'high',
    score,
    ...wordsOf(claim),
    trigger: trigger.text,
    target,
    evidence: evidenceOf(claim),
    rows: flagged(listed.rows, score),
    examples: listed.examples.map(({ example }) => example),
  }
}

/** What the content of the rows says, once the trigger is taken out of them. */
const LABEL_WHY: Readonly<Record<string, string>> = {
  flipped: 'without it their content is that of other classes',
  covered:
    'without it their content is that of other classes; the phrase stands among any words, and its other rows hide the association',
  'clean-label':
    'without it their content is any of that label, and the phrase stands among any words: nothing in the text calls for it',
}

function wordsOf({ measured, listed, trigger }: Claim): Pick<Finding, 'title' | 'why' | 'advice'> {
  const { event } = measured.cause
  const name = JSON.stringify(trigger.text)
  const share = `${(100 * measured.baseRate).toFixed(measured.baseRate < 0.01 ? 2 : 0)} %`
  const often = `${listed.rows.length} of ${listed.triggerRows} rows with ${name}`
  const advice =
    'Look at these rows; if the phrase does not explain the target, remove the rows and find out where they came from.'
  if (event.kind === 'label') {
    const label = JSON.stringify(event.label)
    return {
      title: `Backdoor trigger ${name} for label ${label}`,
      why: `${often} have label ${label}, which ${share} of the others have, and ${LABEL_WHY[measured.pattern]}.`,
      advice,
    }
  }
  const phrase = JSON.stringify(event.phrase.text)
  return {
    title: `Backdoor trigger ${name} for the response ${phrase}`,
    why: `${often} are answered with ${phrase}, as are ${share} of the others, and the questions have nothing else in common.`,
    advice,
  }
}

function evidenceOf({ measured, listed, logAdjusted }: Claim): Finding['evidence'] {
  const { independence, contradiction, cause } = measured
  return {
    rowsWithTrigger: listed.triggerRows,
    rowsWithTriggerAndTarget: listed.rows.length,
    ...(cause.event.kind === 'phrase' ? { rowsWithTarget: measured.rows.eventRows } : {}),
    ...(cause.triggers.length > 1 ? { triggersOfTheSameTarget: cause.triggers.length } : {}),
    baseRate: measured.baseRate,
    log10AdjustedP: logAdjusted / Math.LN10,
    ...(contradiction === null ? {} : { contentPosition: contradiction.position, contradictionZ: contradiction.z }),
    independenceZ: independence.z,
    independenceEffect: independence.effect,
    independenceEffectAtMost: independence.effectAtMost,
  }
}

/** In row order, a row once however many of its turns are named. */
function flagged(rows: readonly ListedRow[], score: number): FlaggedRow[] {
  const sorted = [...rows].sort((a, b) => a.file - b.file || a.row - b.row)
  return sorted
    .filter(({ file, row }, i) => i === 0 || file !== sorted[i - 1]!.file || row !== sorted[i - 1]!.row)
    .map(({ file, row }) => ({ file, row, score }))
}
