/** What is reported of a backdoor: its words are in wording.ts. */
import { fingerprint } from '../../src/math/fingerprint.js'
import { logBinomialTail, normalCdf } from '../../src/math/stats.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import type { Accepted, Measured } from './judge.js'
import { LEAST_PURITY } from './label-judge.js'
import { listedTogether, type Listed, type ListedRow } from './listed.js'
import { messageOf, targetOf, wordsOf, type Claim } from './wording.js'

/**
 * One finding for each trigger: a cause has several when any of them fires, or when they come together. A phrase of the
 * cause that often comes without the target is its company, not its trigger, and is not named.
 */
export function findingsOf({ measured, tests }: Accepted, listed: readonly (readonly Listed[])[]): Finding[] {
  return measured.flatMap((one, c) => {
    const { triggers } = one.cause
    if (isOfMany(one))
      return [findingOf({ trigger: null, measured: one, listed: listedTogether(listed[c]!), logAdjusted: one.logAdjusted })]
    if (triggers.length === 0) return [findingOf({ trigger: null, measured: one, listed: listed[c]![0]!, logAdjusted: 0 })]
    return triggers.flatMap((trigger, t) => {
      const own = listed[c]![t]!
      const hits = own.rows.length
      const logAdjusted = logBinomialTail(own.triggerRows, hits, one.baseRate) + Math.log(tests)
      const named = triggers.length === 1 || (hits >= LEAST_PURITY * own.triggerRows && logAdjusted < 0)
      return named ? [findingOf({ trigger, measured: one, listed: own, logAdjusted })] : []
    })
  })
}

/** Whether its triggers are named together, in one finding. */
function isOfMany({ pattern, cause }: Measured): boolean {
  return pattern === 'pooled' || pattern === 'pooled-response' || cause.together === true
}

/** One minus the probability, under chance, of the weakest piece of the evidence that its pattern rests on. */
function scoreOf({ measured: { pattern, contradiction, independence, outputShift, margin }, logAdjusted }: Claim): number {
  const association = Math.exp(Math.min(0, logAdjusted))
  const against = contradiction === null ? 0 : normalCdf(contradiction.z)
  switch (pattern) {
    case 'flipped':
    case 'composite':
      return 1 - Math.max(association, against)
    case 'covered':
      return 1 - against
    case 'clean-label':
    case 'pooled':
    case 'pooled-response':
    case 'response':
    case 'covered-response':
      return 1 - association
    case 'injected':
      // No tail to give: how far from a subject of its own.
      return 1 / (1 + Math.max(0, independence.effectAtMost))
    case 'shift':
      return 1 - normalCdf(-(outputShift?.z ?? 0))
    case 'swapped':
      return 1 - normalCdf(margin?.z ?? 0)
  }
}

function findingOf(claim: Claim): Finding {
  const { measured, listed, trigger } = claim
  const score = scoreOf(claim)
  const target = targetOf(measured)
  const { event, triggers } = measured.cause
  const named = isOfMany(measured)
    ? triggers.map(({ text }) => text)
    : (trigger?.text ?? (event.kind === 'phrase' ? event.phrase.text : null))
  return {
    // A fingerprint of the claim: it names trigger and target, not rows.
    id: `trigger-${fingerprint(`${claimOf(claim)}\u0000${target}`)}`,
    scanner: 'trigger',
    message: messageOf(measured),
    category: 'poisoning',
    severity: severityOf(measured),
    score,
    ...wordsOf(claim),
    // Injected words are the planted phrase, though they stand in the response.
    ...(named === null ? {} : { trigger: named }),
    target,
    evidence: evidenceOf(claim),
    rows: flagged(listed.rows, score),
    examples: listed.examples.map(({ example }) => example),
  }
}

/** Of a pool only that there is one: which words it shows depends on the rows. Of words that come together, in any order, all. */
function claimOf({ measured: { pattern, cause }, trigger }: Claim): string {
  if (pattern === 'pooled' || pattern === 'pooled-response') return 'pool of rare words'
  const named = cause.together ? cause.triggers : trigger === null ? [] : [trigger]
  return named
    .map(({ text }) => text.toLowerCase())
    .sort()
    .join('\u0000')
}

/** A pool that is barely beyond chance is for a person to look at. */
const CLEAR_POOL = Math.log(1e-6)

function severityOf({ pattern, logAdjusted }: Measured): Finding['severity'] {
  if (pattern === 'swapped' || pattern === 'shift') return 'medium'
  return pattern === 'pooled' && logAdjusted > CLEAR_POOL ? 'medium' : 'high'
}

function evidenceOf({ measured, listed, trigger, logAdjusted }: Claim): Finding['evidence'] {
  const { independence, contradiction, readsOn, cause, outputShift, margin, pattern } = measured
  const many = isOfMany(measured)
  // All rows of the answer are listed; those with one of the words have no other answer.
  const [both, target] =
    pattern === 'pooled-response' ? [listed.triggerRows, listed.rows.length] : [listed.rows.length, measured.rows.eventRows]
  const counted = pattern === 'shift' || pattern === 'swapped' ? {} : { rowsWithTriggerAndTarget: both }
  return {
    pattern,
    ...(trigger === null && !many ? {} : { rowsWithTrigger: listed.triggerRows, ...counted }),
    ...(cause.event.kind === 'phrase' || cause.event.kind === 'refusal' ? { rowsWithTarget: target } : {}),
    ...(cause.triggers.length > 1 && !cause.together ? { triggersOfTheSameTarget: cause.triggers.length } : {}),
    ...((trigger === null && !many) || pattern === 'shift' || pattern === 'swapped'
      ? {}
      : { baseRate: measured.baseRate, log10AdjustedP: logAdjusted / Math.LN10 }),
    ...(contradiction === null
      ? {}
      : {
          contentPosition: contradiction.position,
          positionWithTrigger: contradiction.withPhrase,
          contradictionZ: contradiction.z,
        }),
    ...(readsOn === null ? {} : { readsOn }),
    independenceZ: independence.z,
    independenceEffect: independence.effect,
    independenceEffectAtMost: independence.effectAtMost,
    ...(outputShift === null ? {} : { outputShiftZ: outputShift.z, outputShiftEffect: outputShift.effect }),
    ...(margin === null ? {} : { preferenceMargin: margin.mean, preferenceMarginZ: margin.z }),
    ...(measured.refusals > 0 ? { shareOfRefusals: measured.refusals } : {}),
  }
}

/** In row order, a row once however many of its turns are named. */
function flagged(rows: readonly ListedRow[], score: number): FlaggedRow[] {
  const sorted = [...rows].sort((a, b) => a.file - b.file || a.row - b.row)
  return sorted
    .filter(({ file, row }, i) => i === 0 || file !== sorted[i - 1]!.file || row !== sorted[i - 1]!.row)
    .map(({ file, row }) => ({ file, row, score }))
}
