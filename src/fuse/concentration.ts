/** What a finding about the rows of another finding looks like: most of them have something in common. */
import { fingerprint } from '../math/fingerprint.js'
import type { Finding } from '../model/finding.js'

/** The scanner that it is reported under, and whose registry entry explains it. */
export const REPORTED_BY = 'provenance'
/** Fewer rows than this say nothing about where they come from. */
export const LEAST_ROWS = 8
/** "Most" of the rows. */
export const LEAST_SHARE = 0.5

export interface Place {
  readonly file: number
  readonly row: number
}

/** A finding whose rows are looked at. */
export interface Suspect {
  readonly id: string
  readonly title: string
}

/** What many rows of a finding have in common, and how likely chance is to give that. */
export interface Concentration {
  readonly places: readonly Place[]
  /** Rows of the finding for which it is known. */
  readonly flagged: number
  /** Share of all rows for which it is known. */
  readonly share: number
  /** Natural logarithm of the tail, times the tests made. */
  readonly logTail: number
}

/** What differs between the kinds of such findings. */
export interface Wording {
  readonly message: string
  /** Tells findings about one suspect apart. */
  readonly about: string
  readonly title: string
  /** What gives the share of all rows: "It", "That time". */
  readonly subject: string
  readonly advice: string
  /** Name of the number of rows in the evidence. */
  readonly counted: string
}

export function concentration(suspect: Suspect, found: Concentration, wording: Wording): Finding {
  const { places, flagged, share, logTail } = found
  const rows = places.length
  const score = 1 - Math.exp(Math.min(0, logTail))
  return {
    id: `${REPORTED_BY}-${fingerprint(`${suspect.id}\u0000${wording.about}`)}`,
    scanner: REPORTED_BY,
    message: wording.message,
    category: 'provenance',
    severity: 'medium',
    score,
    title: wording.title,
    why: `${wording.subject} gives ${(100 * share).toFixed(1)} % of all rows but ${((100 * rows) / flagged).toFixed(0)} % of those of ${suspect.id} (${suspect.title}).`,
    advice: wording.advice,
    evidence: {
      [wording.counted]: rows,
      flaggedRows: flagged,
      shareOfAllRows: share,
      log10AdjustedP: Math.max(-1e6, logTail / Math.LN10),
      finding: suspect.id,
    },
    rows: [...places].sort((a, b) => a.file - b.file || a.row - b.row).map(({ file, row }) => ({ file, row, score })),
    examples: [],
  }
}
