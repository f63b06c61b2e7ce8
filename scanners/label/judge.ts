/** Which candidates are flips: rows whose content is a random draw from another label's rows. */
import { independence, type Independence, type Reference } from '../../src/math/independence.js'
import { minus } from '../../src/math/linalg.js'
import { GRID } from '../../src/math/moments.js'
import { LEVELS, type Candidate, type Level } from './candidates.js'
import { flipRate, type FlipRate } from './flip-rate.js'
import type { ContentState, ContentSums } from './content.js'
import type { Margins } from './margins.js'
import { rowsFrom, STEP } from './histogram.js'
import { SKILL_FOR_ROWS, skillOf, type Quality } from './quality.js'

/** Squared shift of the mean content, as a share of the spread of all rows: at most this, with 95 % confidence. */
const MOST_EFFECT = 0.004
/**
 * Fewer rows come below that by luck, now and then, and those that a weak probe takes for others have no subject either. Each
 * must be made up for by margins: the rows look like c as clearly as its own rows do, within LEAST_SHIFT_OF_FEW. Nothing makes
 * up for both.
 */
const SURE_ROWS = 60
const LEAST_SHIFT_OF_FEW = -0.2
/**
 * Few rows cannot show that. So many for each row of c are more than the mistakes of public data sets (3.4 % of labels on average,
 * 10 % in the worst; Northcutt, Athalye & Mueller, NeurIPS 2021): then it is enough that nothing speaks against a random draw,
 */
const MANY = 0.12
/** at the 5 % level, one-sided, in standard deviations of T², */
const MOST_Z = 1.64
/** that the probe itself expects at most so many of them, that the shift is at most this, and that they look like c as clearly as few rows must. */
const MOST_NATURAL_OF_MANY = 0.25
const MOST_EFFECT_OF_MANY = 0.012
/** Share of the listed rows that should be no hard ones. */
const PURITY = 0.8
/** Flips go one way when the other way round there are clearly fewer for each row; natural rows are among those, too. */
const ONE_WAY = 0.8
/** And when so much of all flips is to one label. */
const ONE_TARGET = 0.7
/** Share of the errors of always guessing the commonest label that the probe avoids, flips not counted as errors. */
const LEAST_SKILL = 0.3
/** Rows for each dimension: fewer teach a probe that is too sure of itself, and hard rows look like flips. */
const ROWS_A_DIMENSION = 4

/** Where most rows that look like c are labelled y, it is not y that is the odd one. */
const MOST_FLIPPED = 0.5

export interface Flips {
  readonly candidate: Candidate
  /** Index of the candidate. */
  readonly pair: number
  readonly level: Level
  readonly independence: Independence
  readonly rate: FlipRate
  /** Least margin of the rows to list. */
  readonly from: number
  /** About how many of all rows labelled y that look like c are no hard ones. */
  readonly estimate: number
  /** About how many of those are flips. */
  readonly flips: number
  /** Flipped rows the other way round for each row of y, at most. */
  readonly reverse: number
}

/** @returns none where the probe could not tell flips from rows that are hard to label */
export function flipsOf({ candidates, probe, quality }: Margins, state: ContentState): Flips[] {
  const { reference } = probe
  if (reference === null || quality.rows < ROWS_A_DIMENSION * reference.covariance.n) return []
  const flips = candidates.flatMap((candidate, pair) => judge(candidate, pair, state, reference, quality) ?? [])
  const levels = flips.map(({ level }) => level)
  return skillBut(levels, quality) >= LEAST_SKILL ? flips : []
}

/** The probe's skill, if the rows that clearly look flipped are, and so are no errors of its. */
function skillBut(levels: readonly Level[], { accuracy, rows, majority }: Quality): number {
  const clear = levels.reduce((sum, level) => sum + level.rows * (1 - level.natural), 0)
  return skillOf(accuracy + clear / rows, majority)
}

function estimateOf(flips: readonly Flips[]): number {
  return flips.reduce((sum, { estimate }) => sum + estimate, 0)
}

/** The label that nearly all flips are to, and those flips; null when labels were exchanged in several directions. */
export function attackOf(flips: readonly Flips[]): { readonly y: number; readonly flips: readonly Flips[] } | null {
  for (const { candidate } of flips) {
    const to = flips.filter((one) => one.candidate.y === candidate.y)
    const all = estimateOf(to)
    const oneWay = estimateOf(to.filter(goesOneWay))
    if (all >= ONE_TARGET * estimateOf(flips) && oneWay >= all / 2) return { y: candidate.y, flips: to }
  }
  return null
}

/** By all rows that look flipped, natural ones among them, which are not told apart the other way round either. */
function goesOneWay({ level, reverse }: Flips): boolean {
  const ratio = level.rows / level.likeRows
  return ratio <= MOST_FLIPPED && reverse <= ONE_WAY * ratio
}

/** At the least margin that passes. */
function judge(candidate: Candidate, pair: number, state: ContentState, reference: Reference, quality: Quality): Flips | null {
  const { looks, agrees } = state.pairs[pair]!
  for (const level of candidate.levels) {
    const group = meanFrom(looks, level.margin, reference.covariance.n)
    const like = meanFrom(agrees, level.margin, reference.covariance.n)
    const draw = independence(reference, minus(group.mean, like.mean), group.rows, like.rows)
    const isStrong = skillBut([level], quality) >= SKILL_FOR_ROWS
    if (!isRandomDraw(draw, level, isStrong)) continue
    const rate = flipRate(candidate.looks, candidate.agrees, LEVELS[0])
    const estimate = Math.min(rowsFrom(candidate.looks, 0), rate.ratio * rowsFrom(candidate.agrees, 0))
    return {
      candidate,
      pair,
      level,
      independence: draw,
      rate,
      from: listedFrom(candidate, level, rate.ratio),
      estimate: Math.round(estimate),
      flips: Math.round(rate.ratio === 0 ? 0 : (estimate * rate.flipped) / rate.ratio),
      // Rows that are hard to label get fewer as margins grow, flips do not: the least ratio holds least of the former.
      reverse: Math.min(1, ...candidate.reverse.slice(levelIndex(level.margin)).map((share) => share ?? 1)),
    }
  }
  return null
}

/** @param isStrong whether the probe could name single rows */
function isRandomDraw({ z, effectAtMost }: Independence, { rows, likeRows, shift, natural }: Level, isStrong: boolean): boolean {
  const clear = shift >= LEAST_SHIFT_OF_FEW
  if (effectAtMost <= MOST_EFFECT) return rows >= SURE_ROWS ? clear || isStrong : clear && isStrong
  return clear && natural <= MOST_NATURAL_OF_MANY && rows >= MANY * likeRows && z <= MOST_Z && effectAtMost <= MOST_EFFECT_OF_MANY
}

/** The least margin from which PURITY of the rows are no hard ones, when those that look flipped are as many for each row of c at all margins. */
function listedFrom({ looks, agrees }: Candidate, level: Level, ratio: number): number {
  for (let from = STEP; from < level.margin; from += STEP) {
    if (ratio * rowsFrom(agrees, from) >= PURITY * rowsFrom(looks, from)) return from
  }
  return level.margin
}

function meanFrom({ rows, sums }: ContentSums, margin: number, dim: number): { rows: number; mean: Float64Array } {
  const total = new Float64Array(dim)
  let count = 0
  for (let level = levelIndex(margin); level < LEVELS.length; level++) {
    count += rows[level]!
    for (let d = 0; d < dim; d++) total[d] = total[d]! + sums[level * dim + d]!
  }
  return { rows: Math.max(1, count), mean: total.map((sum) => sum / (Math.max(1, count) * GRID)) }
}

function levelIndex(margin: number): number {
  return (LEVELS as readonly number[]).indexOf(margin)
}
