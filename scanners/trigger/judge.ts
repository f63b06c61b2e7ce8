/** Which causes are backdoors: association, contradiction or independence of the response, and content independence. */
import { logBinomialTail } from '../../src/math/stats.js'
import type { PassContext } from '../../src/scanner.js'
import type { Cause, Suspects } from './cause.js'
import { independence, type Independence } from '../../src/math/independence.js'
import { meanShare, type CauseRows } from './cause-rows.js'
import { Geometry } from './geometry.js'
import { judgeLabel, LEAST_PURITY, type LabelPattern } from './label-judge.js'
import { GRID, meanOf, scaled, without, type Moments } from '../../src/math/moments.js'
import { contains } from './phrase.js'

/** Without a label to contradict, independence is the main evidence: it must be shown, not merely not refuted. */
const RESPONSE_EFFECT_AT_MOST = 0.12
export const RESPONSE_ROWS = 12
/** An answer that takes its words from the question, or repeats the trigger, depends on it in the natural way. */
const MENTIONED = 0.5
const REPEATED = 0.5

/** A cause with the numbers that decided. */
export interface Measured {
  readonly cause: Cause
  readonly pattern: LabelPattern | 'response'
  readonly rows: Pick<CauseRows, 'triggerRows' | 'eventRows' | 'bothRows'>
  /** ln of the association's tail times the number of tests: below ln α but for the pattern `covered`. */
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
  { classes, tokens, tests }: Suspects,
  context: PassContext,
  geometry: Geometry,
): Measured | null {
  if (rows.removed < 2) return null
  const own = classes.get(cause.event.kind === 'label' ? cause.event.label : '')
  // Of a small group the mean is that of a sample: scaled to all of its rows.
  const groupRows = cause.event.kind === 'label' ? rows.bothRows : rows.eventRows
  if (own === undefined || rows.group.count === 0 || own.count <= groupRows) return null
  const association = associationOf(cause, rows, own, classes, tests)
  const associated = association.logAdjusted <= Math.log(context.alpha)
  const content = rows.removedSum.map((sum) => sum / (rows.removed * GRID))
  const rest = without(own, scaled(rows.group, groupRows / rows.group.count))
  const counts = { triggerRows: rows.triggerRows, eventRows: rows.eventRows, bothRows: rows.bothRows }
  if (cause.event.kind === 'label') {
    const others = [...classes.values()].filter((moments) => moments !== own)
    const found = judgeLabel({ cause, rows, associated, content, rest, others, tokens }, geometry)
    return found === null ? null : { cause, rows: counts, ...association, ...found }
  }
  if (!associated || rows.bothRows < LEAST_PURITY * rows.triggerRows || dependsOnInput(rows)) return null
  const mean = meanOf(rest)
  const shift = content.map((value, d) => value - mean[d]!)
  const draw = independence(geometry.reference(rows.group, [rest]), shift, rows.removed)
  if (draw.effectAtMost > RESPONSE_EFFECT_AT_MOST) return null
  return { cause, pattern: 'response', rows: counts, ...association, contradiction: null, independence: draw }
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
