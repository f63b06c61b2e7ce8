/** Whether rows share a label, or how their output begins, far more often than chance explains. */
import { logBinomialTail } from '../../src/math/stats.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import type { LabelCounts } from '../../src/sketch/label-counts.js'
import { leaningOf } from '../../src/sketch/label-counts.js'
import { upperBound } from '../../src/sketch/saturating-counts.js'
import type { EncodedCell, EncodedState } from './gather.js'

export interface Tie {
  /** `label=…`, or the start of the answer. */
  readonly target?: string
  /** In words. */
  readonly what: string
  readonly hits: number
  /** Share of all rows. */
  readonly share: number
  /** ln of the exact binomial tail, for any of the labels or answers and any of the claims tried. */
  readonly logP: number
}

type Row = Keyed<EncodedCell>

/** Copies of one cell are one observation. */
function once(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.value.cell, row])).values()]
}

/** @param claims how many are tried (Bonferroni) */
export function labelTie(rows: readonly Row[], counts: LabelCounts, claims: number, alpha: number): Tie | null {
  const labels = once(rows).map(({ value }) => value.label)
  const leaning = leaningOf(labels, counts, alpha, claims)
  if (leaning === null) return null
  const { label, hits, share, logP } = leaning
  return { target: `label=${label}`, what: `label ${JSON.stringify(label)}`, hits, share, logP }
}

/** The share of an answer is an upper bound, so chance is never underrated. */
export function openingTie(rows: readonly Row[], state: EncodedState, claims: number, alpha: number): Tie | null {
  const { openings } = state
  if (openings === null) return null
  const own = once(rows).filter(({ value }) => value.opening !== null)
  const counts = new Map<number, number>()
  for (const { value } of own) counts.set(value.opening!, (counts.get(value.opening!) ?? 0) + 1)
  const ties = [...counts]
    .filter(([, hits]) => hits >= own.length / 2 && hits > 2)
    .sort(([a], [b]) => a - b)
    .map(([opening, hits]): Tie => {
      const share = Math.min(1, upperBound(openings, opening) / Math.max(1, state.rows))
      const logP = logBinomialTail(own.length, hits, share) + Math.log(counts.size * claims)
      return { what: 'an output that begins the same', hits, share, logP }
    })
  const [best] = ties.sort((a, b) => a.logP - b.logP)
  return best === undefined || best.logP >= Math.log(alpha) ? null : best
}
