/** Rows by label, and whether some of the rows lean to one of the labels. Plain data. */
import { logBinomialTail } from '../math/stats.js'

/** More are no classes but free text. */
const MOST_LABELS = 200

/** Rows by label; null once there are too many labels. */
export type LabelCounts = Map<string, number> | null

/** Some rows' most telling label. */
export interface Leaning {
  readonly label: string
  /** Of the rows. */
  readonly hits: number
  /** Rows of the whole data set with the label, … */
  readonly count: number
  /** … and their share of those with any. */
  readonly share: number
  /** ln of the exact binomial tail, for any of the labels and any of the claims (Bonferroni). */
  readonly logP: number
}

/** @returns the counts from now on: those given, changed, or null */
export function countLabel(counts: LabelCounts, label: string, rows = 1): LabelCounts {
  if (counts === null) return null
  counts.set(label, (counts.get(label) ?? 0) + rows)
  return counts.size > MOST_LABELS ? null : counts
}

/** Associative and commutative. @returns `into`, changed, or null */
export function mergeLabelCounts(into: LabelCounts, from: LabelCounts): LabelCounts {
  if (from === null) return null
  let merged = into
  for (const [label, rows] of from) merged = countLabel(merged, label, rows)
  return merged
}

/**
 * The label that rows carry far more often than chance explains, or null; of labels as telling, the first in the alphabet.
 * @param labels of the rows, null where one has none
 * @param claims how many are tried
 */
export function leaningOf(labels: readonly (string | null)[], counts: LabelCounts, alpha: number, claims = 1): Leaning | null {
  if (counts === null || counts.size < 2) return null
  const hitsOf = hitsByLabel(labels)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const [best] = [...counts]
    .map(([label, count]): Leaning => {
      const hits = hitsOf.get(label) ?? 0
      const share = count / total
      const logP = logBinomialTail(labels.length, hits, share) + Math.log(counts.size * claims)
      return { label, hits, count, share, logP }
    })
    .sort((a, b) => a.logP - b.logP || (a.label < b.label ? -1 : 1))
  return best === undefined || best.logP >= Math.log(alpha) ? null : best
}

function hitsByLabel(labels: readonly (string | null)[]): Map<string, number> {
  const hits = new Map<string, number>()
  for (const label of labels) if (label !== null) hits.set(label, (hits.get(label) ?? 0) + 1)
  return hits
}
