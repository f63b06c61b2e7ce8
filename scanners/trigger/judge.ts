/** Which causes are backdoors: association, contradiction or independence of the response, and content independence. */
import { dot } from '../../src/math/linalg.js'
import { logBinomialTail } from '../../src/math/stats.js'
import type { PassContext } from '../../src/scanner.js'
import type { Cause, Suspects } from './cause.js'
import { contradiction, discriminantOf, withinFactor } from '../../src/math/discriminant.js'
import { independence, referenceOf, type Independence, type Reference } from '../../src/math/independence.js'
import { meanShare, type CauseRows } from './cause-rows.js'
import { GRID, meanOf, scaled, totalMoments, without, type Moments } from '../../src/math/moments.js'
import { contains } from './phrase.js'

/** Share of a trigger's rows that must show the target: a backdoor that often fails to fire is a natural word. */
export const LEAST_PURITY = 0.85
/** Standard errors that the rows' content must lie below their label's own. */
const CONTRADICTION = -4
/** Position, +1 the label's own mean and −1 that of the others: at least this close to the others. */
const FARTHEST_POSITION = -0.3
/** A random draw's T² stays below this many standard deviations; with many rows the effect decides instead. */
const INDEPENDENT_Z = 4
const INDEPENDENT_EFFECT = 0.02
/** Without a label to contradict, independence is the main evidence: it must be shown, not merely not refuted. */
const RESPONSE_EFFECT_AT_MOST = 0.12
export const RESPONSE_ROWS = 12
/** An answer that takes its words from the question, or repeats the trigger, depends on it in the natural way. */
const MENTIONED = 0.5
const REPEATED = 0.5

/** A cause with the numbers that decided. */
export interface Measured {
  readonly cause: Cause
  readonly rows: Pick<CauseRows, 'triggerRows' | 'eventRows' | 'bothRows'>
  /** ln of the association's tail times the number of tests: below ln α. */
  readonly logAdjusted: number
  readonly baseRate: number
  readonly contradiction: { readonly position: number; readonly z: number } | null
  readonly independence: Independence
}

export interface Accepted {
  readonly measured: readonly Measured[]
  readonly tests: number
  readonly counts: Suspects['counts']
  readonly fewestRows: number | null
}

export function judge(state: readonly CauseRows[], suspects: Suspects, context: PassContext): Accepted {
  const geometry = new Geometry([...suspects.classes.values()], context.embeddingDim)
  const judged = suspects.causes.flatMap((cause, c) => measure(cause, state[c]!, suspects, context, geometry) ?? [])
  return { measured: onePerCause(judged), tests: suspects.tests, counts: suspects.counts, fewestRows: suspects.fewestRows }
}

/** The cause's numbers if it is a backdoor, else null. The tests come cheapest first: most causes end at an early one. */
function measure(
  cause: Cause,
  rows: CauseRows,
  { classes, tests }: Suspects,
  context: PassContext,
  geometry: Geometry,
): Measured | null {
  const { embeddingDim: dim } = context
  if (rows.removed < 2 || rows.bothRows < LEAST_PURITY * rows.triggerRows) return null
  const own = classes.get(cause.event.kind === 'label' ? cause.event.label : '')
  // Of a small group the mean is that of a sample: scaled to all of its rows.
  const groupRows = cause.event.kind === 'label' ? rows.bothRows : rows.eventRows
  if (own === undefined || rows.group.count === 0 || own.count <= groupRows) return null
  const association = associationOf(cause, rows, own, classes, tests)
  if (association.logAdjusted > Math.log(context.alpha)) return null
  const content = rows.removedSum.map((sum) => sum / (rows.removed * GRID))
  const rest = without(own, scaled(rows.group, groupRows / rows.group.count))
  const counts = { triggerRows: rows.triggerRows, eventRows: rows.eventRows, bothRows: rows.bothRows }
  if (cause.event.kind === 'phrase') {
    if (dependsOnInput(rows)) return null
    const draw = independence(geometry.reference(rows.group, [rest]), minus(content, meanOf(rest)), rows.removed)
    if (draw.effectAtMost > RESPONSE_EFFECT_AT_MOST) return null
    return { cause, rows: counts, ...association, contradiction: null, independence: draw }
  }
  const others = [...classes.values()].filter((moments) => moments !== own)
  const against = contradictionOf(content, rows.removed, rest, others, geometry.within(rows.group, [rest, ...others]), dim)
  if (against.z > CONTRADICTION || against.position > FARTHEST_POSITION) return null
  const reference = geometry.reference(rows.group, [rest, ...others])
  const draw = [...others, totalMoments(others, dim)]
    .map((moments) => independence(reference, minus(content, meanOf(moments)), rows.removed))
    .reduce((a, b) => (b.effect < a.effect ? b : a))
  if (draw.z >= INDEPENDENT_Z && draw.effect >= INDEPENDENT_EFFECT) return null
  return { cause, rows: counts, ...association, contradiction: against, independence: draw }
}

/** Factored covariances: one for all groups too small to shape them, one for each of the others. */
class Geometry {
  private sharedFactor: Float64Array | null = null
  private sharedReference: Reference | null = null

  constructor(
    private readonly classes: readonly Moments[],
    private readonly dim: number,
  ) {}

  /** Of the covariance within classes. */
  within(group: Moments, rest: readonly Moments[]): Float64Array {
    if (group.gram.length > 0) return withinFactor(rest, this.dim)
    return (this.sharedFactor ??= withinFactor(this.classes, this.dim))
  }

  /** Of all rows together. */
  reference(group: Moments, rest: readonly Moments[]): Reference {
    if (group.gram.length > 0) return referenceOf(totalMoments(rest, this.dim))
    return (this.sharedReference ??= referenceOf(totalMoments(this.classes, this.dim)))
  }
}

/** The base rate is the event's among rows without the trigger: the trigger's own rows must not hide themselves. */
function associationOf(
  cause: Cause,
  rows: CauseRows,
  own: Moments,
  classes: Suspects['classes'],
  tests: number,
): Pick<Measured, 'logAdjusted' | 'baseRate'> {
  const total = [...classes.values()].reduce((sum, moments) => sum + moments.count, 0)
  const events = (cause.event.kind === 'label' ? own.count : rows.eventRows) - rows.bothRows
  const baseRate = Math.min(0.999, (events + 1) / (Math.max(1, total - rows.triggerRows) + 1))
  return { logAdjusted: logBinomialTail(rows.triggerRows, rows.bothRows, baseRate) + Math.log(tests), baseRate }
}

function dependsOnInput(rows: CauseRows): boolean {
  return (
    rows.bothRows < RESPONSE_ROWS ||
    meanShare(rows.mentioned, rows.removed) >= MENTIONED ||
    meanShare(rows.repeated, rows.removed) >= REPEATED
  )
}

function contradictionOf(
  content: Float64Array,
  n: number,
  rest: Moments,
  others: readonly Moments[],
  factor: Float64Array,
  dim: number,
): { position: number; z: number } {
  const { weights, bias, separation } = discriminantOf(factor, rest, others, dim)
  const position = dot(weights, content) + bias
  return { position, z: contradiction(position, n, separation) }
}

/** Of causes that share a trigger or whose trigger holds another's, the one with the most rows speaks for all. */
function onePerCause(judged: readonly Measured[]): Measured[] {
  const kept: Measured[] = []
  const wordsOf = ({ cause }: Measured): number => (cause.event.kind === 'phrase' ? cause.event.phrase.low.length : 0)
  for (const measured of [...judged].sort((a, b) => b.rows.bothRows - a.rows.bothRows || wordsOf(b) - wordsOf(a))) {
    const known = kept.some(({ cause }) =>
      cause.triggers.some((trigger) =>
        measured.cause.triggers.some((other) => contains(other, trigger) || contains(trigger, other)),
      ),
    )
    if (!known) kept.push(measured)
  }
  return kept
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!)
}
