/** From the scanners' findings to what is reported: order, and the verdict. */
import { counts, SEVERITIES, type Finding, type Severity } from '../model/finding.js'
import type { Verdict } from '../model/report.js'
import { crossEvidence, type CrossContext } from './cross-evidence.js'

export type FailOn = Severity | 'never'

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** The findings of all scanners with what they say about each other, in order. */
export function fused(findings: readonly Finding[], context: CrossContext): Finding[] {
  return ordered(crossEvidence(findings, context))
}

/** Most serious first, then causes before what they explain, then by score, then by id. */
export function ordered(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      rank(b.severity) - rank(a.severity) ||
      Number(a.relatedTo !== undefined) - Number(b.relatedTo !== undefined) ||
      b.score - a.score ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

/**
 * `incomplete` where something was not looked at; else `fail` where a finding is at least as severe as `failOn`; else `review`
 * where one is of medium severity or more; else `pass`. What was known before or is accepted does not count. `never` is about the exit code alone: what the default would call a
 * failure is still called one.
 */
export function verdictOf(findings: readonly Finding[], incomplete: readonly string[], failOn: FailOn): Verdict {
  if (incomplete.length > 0) return 'incomplete'
  const worst = Math.max(-1, ...findings.filter(counts).map(({ severity }) => rank(severity)))
  if (worst >= rank(failOn === 'never' ? 'high' : failOn)) return 'fail'
  return worst >= rank('medium') ? 'review' : 'pass'
}
