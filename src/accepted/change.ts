/** Whether a finding was known before, and whether it has become stronger since. */
import { logBinomialTail } from '../math/stats.js'
import { SEVERITIES, type Change, type Finding, type Severity } from '../model/finding.js'

/** A finding as it was: in a baseline, or in the base of a comparison. */
export interface Known {
  readonly severity: Severity
  /** That it names; 0 for a claim about a whole data set. */
  readonly rows: number
}

export interface Growth {
  /** Rows that the finding names among those that are looked at now, and how many these are. */
  readonly rows: number
  readonly of: number
  /** Rows of the data set that it was known from. */
  readonly before: number
  readonly alpha: number
}

/**
 * `updated` where it is more severe, or where more of the rows carry it than its share before allows: the binomial tail of
 * that share, at most α.
 */
export function changeOf(finding: Pick<Finding, 'severity'>, known: Known, { rows, of, before, alpha }: Growth): Change {
  if (SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(known.severity)) return 'updated'
  if (rows === 0 || of === 0 || before === 0) return 'unchanged'
  // One more than was seen on either side: a share that was never seen is not zero.
  const share = Math.min(1, (known.rows + 1) / (before + 1))
  return logBinomialTail(of, rows, share) <= Math.log(alpha) ? 'updated' : 'unchanged'
}
