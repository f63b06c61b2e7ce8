/** Whether a phrase and a label are a backdoor: three patterns, each with its own evidence. */
import { dot, minus, type Solvable } from '../../src/math/linalg.js'
import { contradiction, discriminantOf } from '../../src/math/discriminant.js'
import { independence, type Independence } from '../../src/math/independence.js'
import { meanOf, totalMoments, type Moments } from '../../src/math/moments.js'
import { logNormalTail } from '../../src/math/stats.js'
import type { Cause } from './cause.js'
import type { CauseRows } from './cause-rows.js'
import type { Geometry, Group } from './geometry.js'
import { isPlacedAtRandom } from './placement.js'
import { readsOn } from './seams.js'

/** Share of a trigger's rows that must show the target: a backdoor that often fails to fire is a natural word. */
export const LEAST_PURITY = 0.85
/** Standard errors that the rows' content must lie below their label's own. */
const CONTRADICTION = -4
/** Position, +1 the label's own mean and −1 that of the others: at least this close to the others. */
const FARTHEST_POSITION = -0.3
/** A random draw's T² stays below this many standard deviations; with more than about 13 rows the effect decides instead. */
const INDEPENDENT_Z = 2.5
const INDEPENDENT_EFFECT = 0.02
/** Rows that are left of a class that the group may be drawn from, and no fewer than the group's: a mean of fewer refutes nothing. */
const LEAST_SOURCE = 32

/**
 * Association and contradiction are two witnesses: what a row's label is, and what its other words say. Where the first alone
 * does not reach α, their product may, with enough rows and a contradiction that is clear by itself. Standard errors count up
 * to a limit: further out the normal tail is not to be trusted.
 */
export const JOINT_ROWS = 12
const JOINT_CONTRADICTION = -5
const JOINT_DRAW_Z = 2
const TRUSTED_Z = -6

/**
 * A phrase that itself calls for the label, to a probe that was not taught by its rows, explains it: "how many" asks for a
 * number, and what is asked about may be anything. Taking it out moves the content this share of the way from the label to the
 * contradiction. A phrase that leaves holes belongs where it stands. And a phrase with a cue in it says what the cue says. Of all
 * three a random draw must be shown, not only not refuted.
 */
const EXPLAINED_SHARE = 0.2
const HOLES = -3
const SHOWN_EFFECT_AT_MOST = 0.015

/**
 * Without an association the contradiction is all there is, over all phrases of the data: it must be beyond any natural word's. Many
 * cover rows move the other labels towards the trigger, so that the position alone says less.
 */
const COVERED_CONTRADICTION = -6
const COVERED_POSITION = -0.35
const COVERED_EFFECT_AT_MOST = 0.02
/** A phrase of so many words needs no random place: few natural ones are repeated so often. */
const SENTENCE_WORDS = 4

/** Where labels are true there is no contradiction: independence must be shown by enough rows, almost all of one label. */
export const CLEAN_ROWS = 48
export const CLEAN_PURITY = 0.95
const CLEAN_EFFECT_AT_MOST = 0.01

/** What the numbers say: rows of other classes, behind one phrase or several; the same among rows with true labels; or rows of the label itself. */
export type LabelPattern = 'flipped' | 'composite' | 'covered' | 'clean-label'

/** Of content against its label; `withPhrase` is its position where the phrase is left in. */
export interface Contradiction {
  readonly position: number
  readonly z: number
  readonly withPhrase: number
}

export interface LabelEvidence {
  readonly pattern: LabelPattern
  /** Of the content without the phrase. */
  readonly contradiction: Contradiction
  readonly independence: Independence
  /** Whether the rows read on without the phrase: {@link readsOn}. */
  readonly readsOn: number
}

export interface LabelGroup {
  readonly cause: Cause
  readonly rows: CauseRows
  /** ln of the association's tail, times the tests; and ln α. */
  readonly logAdjusted: number
  readonly logAlpha: number
  /** Mean vector of the rows with both, without the trigger's own words, [dim]. */
  readonly content: Float64Array
  /** The rows with both, and the label's class without them. */
  readonly group: Group
  readonly others: readonly Moments[]
  /** Occurrences of words by neighbour bucket. */
  readonly tokens: Float64Array
}

export function judgeLabel(group: LabelGroup, geometry: Geometry): LabelEvidence | null {
  const found = patternOf(group, geometry)
  return found === null ? null : { ...found, readsOn: readsOn(group.rows.seams) }
}

function patternOf(group: LabelGroup, geometry: Geometry): Omit<LabelEvidence, 'readsOn'> | null {
  const { rows, content, others } = group
  const { rest } = group.group
  const associated = group.logAdjusted <= group.logAlpha
  const { together } = group.cause
  const clean = !together && isCleanLabel(group)
  const against = contradictionOf(group, geometry.within(group.group))
  const contradicted = isContradicted(against)
  if (!contradicted && !clean) return null
  const reference = geometry.reference(group.group)
  const drawOf = (from: Moments): Independence => independence(reference, minus(content, meanOf(from)), rows.removed, from.count)
  const pure = rows.bothRows >= LEAST_PURITY * rows.triggerRows

  if (contradicted) {
    const draw = likeliestDraw(others, rows.bothRows, rest.dim, drawOf)
    const witnessed = associated ? isDraw(draw) : isJoint(group, against.z) && isJointDraw(draw, together)
    const natural = isExplained(against) || readsOn(rows.seams) < HOLES || group.cause.hasCue === true
    if (pure && witnessed && (!natural || isShown(draw)))
      return { pattern: together ? 'composite' : 'flipped', contradiction: against, independence: draw }
    if (together) return null
    const strong = against.z <= COVERED_CONTRADICTION && against.position <= COVERED_POSITION
    if (strong && draw.effectAtMost <= COVERED_EFFECT_AT_MOST && isInserted(group)) {
      return { pattern: 'covered', contradiction: against, independence: draw }
    }
  }
  if (!clean) return null
  const draw = independence(geometry.ownReference(group.group), minus(content, meanOf(rest)), rows.removed, rest.count)
  return draw.effectAtMost <= CLEAN_EFFECT_AT_MOST ? { pattern: 'clean-label', contradiction: against, independence: draw } : null
}

/** Whether the phrase comes with almost nothing but the label, stands anywhere, and leaves no hole where it is taken out. */
function isCleanLabel({ rows, logAdjusted, logAlpha, tokens }: LabelGroup): boolean {
  const labelled = rows.bothRows >= CLEAN_ROWS && rows.bothRows >= CLEAN_PURITY * rows.triggerRows
  return labelled && logAdjusted <= logAlpha && isPlacedAtRandom(rows.neighbours, tokens) && readsOn(rows.seams) > 0
}

function contradictionOf({ rows, content, group, others }: LabelGroup, within: Solvable): Contradiction {
  const { weights, bias, separation } = discriminantOf(within, group.rest, others)
  const position = dot(weights, content) + bias
  return {
    position,
    z: contradiction(position, rows.removed, separation),
    withPhrase: dot(weights, group.mean) + bias,
  }
}

export function isExplained({ position, withPhrase }: Contradiction): boolean {
  return withPhrase - position >= EXPLAINED_SHARE * (1 - position)
}

function isJoint({ rows, logAdjusted, logAlpha }: LabelGroup, z: number): boolean {
  return rows.bothRows >= JOINT_ROWS && z <= JOINT_CONTRADICTION && logAdjusted + logContradiction(z) <= logAlpha
}

/** Phrases that come together are tried in so many sets that their association needs the second witness, however many its rows. */
function isJointDraw(draw: Independence, together = false): boolean {
  return draw.z < JOINT_DRAW_Z || (together && isShown(draw))
}

/** ln of the probability of a contradiction at least so strong. */
export function logContradiction(z: number): number {
  return logNormalTail(Math.max(TRUSTED_Z, Math.min(0, z)))
}

export function isContradicted({ z, position }: Pick<Contradiction, 'z' | 'position'>): boolean {
  return z <= CONTRADICTION && position <= FARTHEST_POSITION
}

/** Of a group of so many rows: from any one other class, or from all of them together, whichever it differs from least. */
export function likeliestDraw(
  others: readonly Moments[],
  rows: number,
  dim: number,
  drawOf: (from: Moments) => Independence,
): Independence {
  const sources = others.filter(({ count }) => count >= Math.max(LEAST_SOURCE, rows))
  return [...sources, totalMoments(others, dim)].map(drawOf).reduce((a, b) => (b.effect < a.effect ? b : a))
}

/** Not by luck: rows that differ less than a random draw does say no more than one that differs as much. */
export function isShown({ effect, effectAtMost }: Independence): boolean {
  return effectAtMost - Math.min(0, effect) <= SHOWN_EFFECT_AT_MOST
}

export function isDraw({ z, effect }: Independence): boolean {
  return z < INDEPENDENT_Z || effect < INDEPENDENT_EFFECT
}

/**
 * Whether a phrase without an association looks put in. A natural cue of another class ("no") stands among that class's content
 * under this label too, and anywhere; but it leaves holes.
 */
export function isInserted({ cause, rows, tokens }: Pick<LabelGroup, 'cause' | 'rows' | 'tokens'>): boolean {
  if (readsOn(rows.seams) < 0) return false
  return cause.triggers.some(({ low }) => low.length >= SENTENCE_WORDS) || isPlacedAtRandom(rows.neighbours, tokens)
}
