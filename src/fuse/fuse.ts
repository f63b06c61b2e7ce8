/** From the scanners' findings to what is reported: order, and the verdict. */
import { SEVERITIES, type Finding, type Severity } from '../model/finding.js'
import type { Verdict } from '../model/report.js'

export type FailOn = Severity | 'never'

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** Most serious first, then by score, then by id. */
export function ordered(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => rank(b.severity) - rank(a.severity) || b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

/**
 * `fail` where a finding is at least as severe as `failOn`; else `incomplete` where something was not looked at;
 * else `review` where a finding is of medium severity or more; else `pass`. `never` is about the exit code alone: what
 * the default would call a failure is still called one.
 */
export function verdictOf(findings: readonly Finding[], incomplete: readonly string[], failOn: FailOn): Verdict {
  const worst = Math.max(-1, ...findings.map(({ severity }) => rank(severity)))
  if (worst >= rank(failOn === 'never' ? 'high' : failOn)) return 'fail'
  if (incomplete.length > 0) return 'incomplete'
  return worst >= rank('medium') ? 'review' : 'pass'
}
