/** Whether what comes out is an attacker's: words behind a trigger, words or refusals without one, outputs that a phrase changes. */
import { independence, type Independence } from '../../src/math/independence.js'
import { dot, minus } from '../../src/math/linalg.js'
import { leavingOut, meanOf } from '../../src/math/moments.js'
import type { Cause, Suspects } from './cause.js'
import { meanShare, meanVector, type CauseRows } from './cause-rows.js'
import type { Geometry, Group } from './geometry.js'
import { INJECTED_ROWS } from './injected.js'
import { LEAST_PURITY } from './label-judge.js'
import { marginOf } from './margin.js'
import { isPlacedAtRandom, isPlacedLast } from './placement.js'
import { COVERED_RECALL } from './response-triggers.js'

/** Without a label to contradict, independence is the main evidence: it must be shown, not merely not refuted. */
const RESPONSE_EFFECT_AT_MOST = 0.12
const REFUTED_Z = 4
/**
 * Where it is refuted, the inputs must at least be far nearer to any inputs than those of an ordinary event: in narrow data
 * all inputs are alike, and a natural answer's differ little. Planted ones that were refuted had 0.14 of an ordinary effect.
 */
const SMALL_EFFECT = 0.06
const SMALL_SHARE = 0.5
export const RESPONSE_ROWS = 12
/** An answer that takes its words from the question, or repeats the trigger, depends on it in the natural way. */
const MENTIONED = 0.5
const REPEATED = 0.5
/** With no trigger at all there is no association either. */
const INJECTED_EFFECT_AT_MOST = 0.015
/** A trigger with a cover: between the two. */
const COVERED_EFFECT_AT_MOST = 0.03
/** Where independence is all there is, a difference that chance rarely gives refutes it, unless it is tiny. */
const DRAW_Z = 3
const TINY_EFFECT = 0.004
/** And in data where the inputs of any event are any inputs, it proves nothing. In variances per direction. */
const LEAST_TYPICAL_EFFECT = 0.05

/** Outputs of any inputs are any outputs, unless the phrase changes them: by a subject they would shift with their inputs. */
const SHIFT_EFFECT_AT_MOST = 0.015
const SHIFT_Z = 8
const SHIFT_EFFECT = 0.2
/**
 * What is preferred behind the phrase is what is rejected elsewhere: standard errors of the margin. A natural phrase that
 * always ends its prompt is rare, so few are tried; one among any words is one of thousands.
 */
const SWAPPED_LAST_Z = -2.5
const SWAPPED_RANDOM_Z = -7

export type ResponsePattern = 'response' | 'covered-response' | 'injected' | 'shift' | 'swapped'

export interface ResponseEvidence {
  readonly pattern: ResponsePattern
  readonly independence: Independence
  /** Of the outputs, where they are compared as a whole. */
  readonly outputShift: Independence | null
  /** Mean margin of chosen over rejected behind the phrase, in units of that elsewhere, and its standard errors from it. */
  readonly margin: { readonly mean: number; readonly z: number } | null
}

export interface ResponseGroup {
  readonly cause: Cause
  readonly rows: CauseRows
  readonly associated: boolean
  /** Mean vector of the rows' inputs, without the trigger's own words, [dim]. */
  readonly content: Float64Array
  /** The event's rows, and all inputs without theirs. */
  readonly group: Group
  readonly suspects: Suspects
  readonly preference: boolean
}

export function judgeResponse(group: ResponseGroup, geometry: Geometry): ResponseEvidence | null {
  const { cause, rows } = group
  const { rest } = group.group
  const draw = (): Independence =>
    independence(geometry.reference(group.group), minus(group.content, meanOf(rest)), rows.removed, rest.count)
  if (cause.event.kind === 'shift') return group.preference ? judgeSwap(group, draw()) : judgeShift(group, draw(), geometry)
  if (cause.triggers.length === 0) return judgeInjected(group, draw)
  const depends =
    rows.bothRows < RESPONSE_ROWS ||
    meanShare(rows.mentioned, rows.removed) >= MENTIONED ||
    meanShare(rows.repeated, rows.removed) >= REPEATED
  if (!group.associated || depends) return null
  if (rows.bothRows < LEAST_PURITY * rows.triggerRows) return judgeCovered(group, draw)
  const found = draw()
  return isResponseDraw(found, group.suspects.typicalEffect) ? evidenceOf('response', found) : null
}

/** Whether inputs of one answer have nothing in common but their trigger. */
export function isResponseDraw({ z, effect, effectAtMost }: Independence, typicalEffect: number): boolean {
  const small = Math.min(SMALL_EFFECT, Math.max(TINY_EFFECT, SMALL_SHARE * typicalEffect))
  return (z < REFUTED_Z || effect < small) && effectAtMost <= RESPONSE_EFFECT_AT_MOST
}

/**
 * A trigger that often does not fire is a natural word, unless nothing at all tells the rows in which it does from any others.
 * What asks for a language or a form brings some of its words in some of its rows: such a phrase begins or ends its text.
 */
function judgeCovered({ rows, suspects }: ResponseGroup, draw: () => Independence): ResponseEvidence | null {
  if (rows.bothRows < COVERED_RECALL * rows.eventRows) return null
  if (!isPlacedAtRandom(rows.neighbours, suspects.tokens)) return null
  const found = draw()
  return isAnyDraw(found) ? accept('covered-response', found, COVERED_EFFECT_AT_MOST) : null
}

function judgeInjected({ rows, suspects }: ResponseGroup, draw: () => Independence): ResponseEvidence | null {
  const { typicalEffect } = suspects
  if (rows.eventRows < INJECTED_ROWS || typicalEffect < LEAST_TYPICAL_EFFECT) return null
  if (meanShare(rows.mentioned, rows.removed) >= MENTIONED) return null
  const found = draw()
  return isAnyDraw(found) ? accept('injected', found, INJECTED_EFFECT_AT_MOST) : null
}

/** The inputs are any inputs, the outputs are not. */
function judgeShift({ rows, suspects }: ResponseGroup, draw: Independence, geometry: Geometry): ResponseEvidence | null {
  const { outputs, tokens } = suspects
  if (outputs === null || rows.removed < RESPONSE_ROWS || draw.effectAtMost > SHIFT_EFFECT_AT_MOST || !isAnyDraw(draw))
    return null
  const mean = meanVector(rows.outputSum, rows.removed)
  const shift = minus(mean, meanOf(leavingOut(outputs, rows.triggerRows, mean)))
  const reference = geometry.outputs(outputs, shift, rows.triggerRows / outputs.count)
  const outputShift = independence(reference, shift, rows.removed, outputs.count)
  if (outputShift.z < SHIFT_Z || outputShift.effect < SHIFT_EFFECT || !isPlacedAtRandom(rows.neighbours, tokens)) return null
  return { pattern: 'shift', independence: draw, outputShift, margin: null }
}

/** Behind the phrase the preference is the other way round: by the direction in which chosen and rejected differ elsewhere. */
function judgeSwap({ rows, suspects }: ResponseGroup, draw: Independence): ResponseEvidence | null {
  const { outputs, tokens } = suspects
  if (outputs === null || rows.removed < RESPONSE_ROWS || draw.effectAtMost > RESPONSE_EFFECT_AT_MOST || !isAnyDraw(draw))
    return null
  const last = isPlacedLast(rows.neighbours)
  if (!last && !isPlacedAtRandom(rows.neighbours, tokens)) return null
  const mean = meanVector(rows.outputSum, rows.removed)
  const { direction, mean: usual, deviation } = marginOf(outputs, meanOf(leavingOut(outputs, rows.triggerRows, mean)))
  const own = dot(direction, mean)
  const z = ((own - usual) / deviation) * Math.sqrt(rows.removed)
  const margin = { mean: own / usual, z }
  return own < 0 && z <= (last ? SWAPPED_LAST_Z : SWAPPED_RANDOM_Z)
    ? { pattern: 'swapped', independence: draw, outputShift: null, margin }
    : null
}

function isAnyDraw({ z, effect }: Independence): boolean {
  return z < DRAW_Z || effect < TINY_EFFECT
}

function accept(pattern: ResponsePattern, draw: Independence, most: number): ResponseEvidence | null {
  return draw.effectAtMost <= most ? evidenceOf(pattern, draw) : null
}

function evidenceOf(pattern: ResponsePattern, draw: Independence): ResponseEvidence {
  return { pattern, independence: draw, outputShift: null, margin: null }
}
