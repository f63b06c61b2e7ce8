/**
 * Which pairs of labels may hide flips: rows labelled y that look like c. A flipped row looks like c as much as any row of c;
 * a row that is hard to label lies between the two, and the more c it looks, the rarer it is.
 */
import { BINS, rowsFrom, tailFrom } from './histogram.js'
import type { MarginState } from './margins.js'
import type { Probe } from './probe.js'

/** Least margins at which a pair is looked at: the higher, the fewer natural rows among flips, and the fewer flips. */
export const LEVELS = [1, 2, 3, 4, 6, 8, 12] as const
/** Fewer rows on either side show no distribution. */
const LEAST_ROWS = 30
/** Fewer rows give no ratio. */
const LIKE_ROWS = 200
/** Mean margin of the rows below that of class c itself, in the latter's standard deviations. */
const LEAST_SHIFT = -0.35
/** Most of the rows that the probe itself may expect at such margins. */
const MOST_NATURAL = 0.3
/** Pairs whose content is compared. Bounds the last pass. */
const MOST_CANDIDATES = 32

export interface Level {
  readonly margin: number
  /** Rows labelled y that look like c, and rows labelled c that do. */
  readonly rows: number
  readonly likeRows: number
  readonly shift: number
  readonly natural: number
}

/** Plain data. */
export interface Candidate {
  /** Indices of labels: rows labelled y that look like c. */
  readonly y: number
  readonly c: number
  /** By rising margin; those at which margins are as flips have them. */
  readonly levels: readonly Level[]
  readonly looks: Uint32Array
  readonly agrees: Uint32Array
  /**
   * The other way round: rows labelled c that look like y for one labelled y that does, at each of LEVELS; null where too few
   * rows tell.
   */
  readonly reverse: readonly (number | null)[]
}

/** Those with most rows first. */
export function candidatesOf(state: MarginState, { labels }: Probe): Candidate[] {
  const found: Candidate[] = []
  const part = (counts: Uint32Array, y: number, c: number): Uint32Array => {
    const at = (y * labels.length + c) * BINS
    return counts.slice(at, at + BINS)
  }
  for (let y = 0; y < labels.length; y++) {
    for (let c = 0; c < labels.length; c++) {
      if (c === y) continue
      const looks = part(state.looks, y, c)
      if (rowsFrom(looks, LEVELS[0]) < LEAST_ROWS) continue
      const agrees = part(state.agrees, y, c)
      const levels = LEVELS.flatMap((margin) => levelOf(margin, looks, agrees) ?? [])
      if (levels.length === 0) continue
      const back = LEVELS.map((margin) => ratioFrom(margin, part(state.looks, c, y), part(state.agrees, c, y)))
      found.push({ y, c, levels, looks, agrees, reverse: back })
    }
  }
  return found.sort((a, b) => b.levels[0]!.rows - a.levels[0]!.rows || a.y - b.y || a.c - b.c).slice(0, MOST_CANDIDATES)
}

function levelOf(margin: number, looks: Uint32Array, agrees: Uint32Array): Level | null {
  const group = tailFrom(looks, margin)
  const like = tailFrom(agrees, margin)
  if (group.rows < LEAST_ROWS || like.rows < LEAST_ROWS) return null
  const shift = (group.mean - like.mean) / like.deviation
  const natural = like.natural / group.rows
  if (shift < LEAST_SHIFT || natural > MOST_NATURAL) return null
  return { margin, rows: group.rows, likeRows: like.rows, shift, natural }
}

function ratioFrom(margin: number, looks: Uint32Array, agrees: Uint32Array): number | null {
  const like = rowsFrom(agrees, margin)
  return like < LIKE_ROWS ? null : rowsFrom(looks, margin) / like
}
