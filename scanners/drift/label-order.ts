/** How much the position of a row tells of its label. */
import { logNormalTail } from '../../src/math/stats.js'
import { countOf, rowsOf, totalOf, type Stretch } from './stretch.js'
import { groupsOf } from './random-order.js'

/** Rows of a group, and groups: fewer say nothing about order. */
const GROUP_ROWS = 32
const FEWEST_GROUPS = 8
/** Of a label in a group, for the chi-squared tail to hold (Cochran 1954); rarer labels are one. */
const EXPECTED = 5

export interface LabelOrder {
  /** Share of the labels' entropy that the group of the row takes away, in [0, 1] (Theil's U), less what chance gives. */
  readonly told: number
  readonly groups: number
  /** ln of the probability that chance gives as much. */
  readonly logP: number
}

/** Null where there are too few rows or labels. */
export function labelOrderOf(stretch: Stretch): LabelOrder | null {
  const groups = groupsOf(stretch, Math.max(1, stretch.rows / GROUP_ROWS))
  const size = stretch.rows / groups.length
  const labels = [...stretch.tested.label].filter((label) => (totalOf(stretch, label) / stretch.rows) * size >= EXPECTED)
  if (groups.length < FEWEST_GROUPS || labels.length === 0) return null
  const counted = (from: number, to: number): number[] => {
    const own = labels.map((label) => countOf(stretch, label, from, to))
    return [...own, Math.max(0, rowsOf(stretch, from, to) - own.reduce((sum, k) => sum + k, 0))]
  }
  const totals = counted(0, stretch.cells.length)
  const whole = entropy(totals)
  const kinds = totals.filter((count) => count > 0).length
  if (kinds < 2) return null
  const within = groups.reduce((sum, { from, to }) => sum + entropy(counted(from, to)), 0)
  const freedom = (groups.length - 1) * (kinds - 1)
  // Twice the information is chi-squared with so many degrees of freedom: its mean is what chance gives.
  return {
    told: Math.max(0, (whole - within - freedom / 2) / (whole - freedom / 2)),
    groups: groups.length,
    logP: logChiSquaredTail(2 * (whole - within), freedom),
  }
}

/** In nats, over all rows counted. */
function entropy(counts: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((sum, count) => sum - (count > 0 ? count * Math.log(count / n) : 0), 0)
}

/** Wilson & Hilferty (1931). */
function logChiSquaredTail(value: number, freedom: number): number {
  const spread = 2 / (9 * freedom)
  return logNormalTail(-(Math.cbrt(value / freedom) - 1 + spread) / Math.sqrt(spread))
}
