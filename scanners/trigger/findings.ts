/** What is reported of a backdoor: its words are in wording.ts. */
import { fingerprint } from '../../src/math/fingerprint.js'
import { logBinomialTail, normalCdf } from '../../src/math/stats.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import type { Accepted } from './judge.js'
import { LEAST_PURITY } from './label-judge.js'
import type { ListedRow, ListState } from './list.js'
import { messageOf, targetOf, wordsOf, type Claim } from './wording.js'

/**
 * One finding for each trigger: a cause has several when any of them fires, or when they come together. A phrase of the
 * cause that often comes without the target is its company, not its trigger, and is not named.
 */
export function findingsOf({ measured, tests }: Accepted, listed: ListState): Finding[] {
  return measured.flatMap((one, c) => {
    const { triggers } = one.cause
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

/** One minus the probability, under chance, of the weakest piece of the evidence that its pattern rests on. */
function scoreOf({ measured: { pattern, contradiction, independence, outputShift, margin }, logAdjusted }: Claim): number {
  const association = Math.exp(Math.min(0, logAdjusted))
  const against = contradiction === null ? 0 : normalCdf(contradiction.z)
  switch (pattern) {
    case 'flipped':
      return 1 - Math.max(association, against)
    case 'covered':
      return 1 - against
    case 'clean-label':
    case 'response':
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
  const { event } = measured.cause
  const named = trigger?.text ?? (event.kind === 'phrase' ? event.phrase.text : null)
  return {
    // A fingerprint of the claim: it names trigger and target, not rows.
    id: `trigger-${fingerprint(`${trigger?.text.toLowerCase() ?? ''}\u0000${target}`)}`,
    scanner: 'trigger',
    message: messageOf(measured),
    category: 'poisoning',
    severity: measured.pattern === 'swapped' || measured.pattern === 'shift' ? 'medium' : 'high',
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

function evidenceOf({ measured, listed, trigger, logAdjusted }: Claim): Finding['evidence'] {
  const { independence, contradiction, readsOn, cause, outputShift, margin, pattern } = measured
  const counted = pattern === 'shift' || pattern === 'swapped' ? {} : { rowsWithTriggerAndTarget: listed.rows.length }
  return {
    pattern,
    ...(trigger === null ? {} : { rowsWithTrigger: listed.triggerRows, ...counted }),
    ...(cause.event.kind === 'phrase' || cause.event.kind === 'refusal' ? { rowsWithTarget: measured.rows.eventRows } : {}),
    ...(cause.triggers.length > 1 ? { triggersOfTheSameTarget: cause.triggers.length } : {}),
    ...(trigger === null || pattern === 'shift' || pattern === 'swapped'
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
