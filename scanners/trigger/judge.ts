/** Which causes are backdoors: association, contradiction or independence of the response, and content independence. */
import { logBinomialTail } from '../../src/math/stats.js'
import type { PassContext } from '../../src/scanner.js'
import { logSets, type Cause, type Suspects } from './cause.js'
import type { Independence } from '../../src/math/independence.js'
import { meanVector, type CauseRows } from './cause-rows.js'
import { Geometry } from './geometry.js'
import { judgeLabel, type Contradiction, type LabelPattern } from './label-judge.js'
import { judgePools } from './pool-judge.js'
import type { PoolRows } from './pool-rows.js'
import { judgeResponsePools } from './response-pool-judge.js'
import { judgeResponse, type ResponseEvidence, type ResponsePattern } from './response-judge.js'
import { leavingOut, type Moments } from '../../src/math/moments.js'
import { contains } from './phrase.js'

/** A cause with the numbers that decided. */
export interface Measured {
  readonly cause: Cause
  readonly pattern: LabelPattern | ResponsePattern | 'pooled' | 'pooled-response'
  readonly rows: Pick<CauseRows, 'triggerRows' | 'eventRows' | 'bothRows'>
  /** ln of the association's tail times the number of tests: below ln α but for the pattern `covered`. */
  readonly logAdjusted: number
  readonly baseRate: number
  readonly contradiction: Contradiction | null
  readonly independence: Independence
  readonly outputShift: ResponseEvidence['outputShift']
  readonly margin: ResponseEvidence['margin']
  /** Log odds that the trigger was put into finished texts, by what is left without it; null for responses. */
  readonly readsOn: number | null
  /** Share of the measured rows that refuse. */
  readonly refusals: number
}

/** What was measured, in the order of the suspects. Plain data. */
export interface MeasureState {
  readonly causes: CauseRows[]
  readonly pools: PoolRows[]
}

export interface Accepted {
  readonly measured: readonly Measured[]
  readonly tests: number
  readonly counts: Suspects['counts']
  readonly fewestRows: number | null
}

export function judge({ causes, pools }: MeasureState, suspects: Suspects, context: PassContext): Accepted {
  const geometry = new Geometry([...suspects.classes.values()], context.embeddingDim)
  const judged = suspects.causes.flatMap((cause, c) => measure(cause, causes[c]!, suspects, context, geometry) ?? [])
  const answers = judgeResponsePools(pools, suspects, context.alpha, geometry)
  const alone = onePerCause([...judged, ...answers])
  const pooled = judgePools(
    pools,
    suspects,
    alone.map(({ cause }) => cause),
    context.alpha,
    geometry,
  )
  return {
    measured: [...alone, ...pooled],
    tests: suspects.tests,
    counts: suspects.counts,
    fewestRows: suspects.fewestRows,
  }
}

/** The cause's numbers if it is a backdoor, else null. The tests come cheapest first: most causes end at an early one. */
function measure(cause: Cause, rows: CauseRows, suspects: Suspects, context: PassContext, geometry: Geometry): Measured | null {
  if (rows.removed < 2) return null
  const { classes, tokens, tests } = suspects
  const own = classes.get(cause.event.kind === 'label' ? cause.event.label : '')
  const groupRows = cause.event.kind === 'label' ? rows.bothRows : rows.eventRows
  if (own === undefined || rows.grouped === 0 || own.count <= groupRows) return null
  const association = associationOf(cause, rows, own, classes, tests)
  const logAlpha = Math.log(context.alpha)
  const content = meanVector(rows.removedSum, rows.removed)
  const mean = meanVector(rows.groupSum, rows.grouped)
  const rest = leavingOut(own, groupRows, mean)
  const group = { rows: groupRows, mean, own, rest }
  const counts = { triggerRows: rows.triggerRows, eventRows: rows.eventRows, bothRows: rows.bothRows }
  const known = { cause, rows: counts, ...association, refusals: rows.refusals / rows.removed }
  if (cause.event.kind === 'label') {
    const others = [...classes.values()].filter((moments) => moments !== own)
    const found = judgeLabel(
      { cause, rows, logAdjusted: association.logAdjusted, logAlpha, content, group, others, tokens },
      geometry,
    )
    return found === null ? null : { ...known, ...found, outputShift: null, margin: null }
  }
  const preference = context.data.kind === 'preference'
  const found = judgeResponse(
    { cause, rows, associated: association.logAdjusted <= logAlpha, content, group, suspects, preference },
    geometry,
  )
  return found === null ? null : { ...known, ...found, contradiction: null, readsOn: null }
}

/** What α is divided by, in logarithms: of phrases that must come together every set of so many was tried. */
function logTestsOf({ together, triggers }: Cause, tests: number): number {
  return logSets(tests, together ? triggers.length : 1)
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
  return { logAdjusted: logBinomialTail(rows.triggerRows, rows.bothRows, baseRate) + logTestsOf(cause, tests), baseRate }
}

/** Patterns that say less of what the trigger does than all others, the less the later: of two causes of the same rows the other speaks for both. */
const SAYS_LESS: readonly Measured['pattern'][] = ['covered-response', 'swapped', 'shift', 'injected']
/** An event without a trigger is another cause's if that one has this share of its rows. */
const SAME_ROWS = 0.8
const MOSTLY_REFUSALS = 0.5

/**
 * Of causes that share a trigger or whose trigger holds another's, one speaks for all: the most telling, then that of most rows,
 * then the one that names more words. Words that fire together say more than one of them that does not always fire.
 */
function onePerCause(judged: readonly Measured[]): Measured[] {
  const kept: Measured[] = []
  const together = judged.filter(({ cause }) => cause.together)
  const all = judged.filter((one) => one.pattern !== 'covered' || !together.some((other) => isSame(other, one)))
  const wordsOf = ({ cause }: Measured): number => (cause.event.kind === 'phrase' ? cause.event.phrase.low.length : 0)
  const kindOf = ({ pattern }: Measured): number => SAYS_LESS.indexOf(pattern)
  const partsOf = ({ cause }: Measured): number => (cause.together ? cause.triggers.length : 1)
  const order = (a: Measured, b: Measured): number =>
    kindOf(a) - kindOf(b) || rowsOf(b) - rowsOf(a) || partsOf(b) - partsOf(a) || wordsOf(b) - wordsOf(a)
  for (const measured of all.sort(order)) {
    if (!kept.some((one) => isSame(one, measured))) kept.push(measured)
  }
  return kept
}

function rowsOf({ rows, cause }: Measured): number {
  return cause.triggers.length === 0 ? rows.eventRows : rows.bothRows
}

function isSame(known: Measured, other: Measured): boolean {
  if (other.cause.triggers.length > 0) {
    return known.cause.triggers.some((trigger) =>
      other.cause.triggers.some((phrase) => contains(phrase, trigger) || contains(trigger, phrase)),
    )
  }
  const [a, b] = [known.cause.event, other.cause.event]
  if (a.kind === 'phrase' && b.kind === 'phrase' && (contains(a.phrase, b.phrase) || contains(b.phrase, a.phrase))) return true
  if (a.kind === 'refusal' && other.refusals >= MOSTLY_REFUSALS) return true
  return known.refusals >= SAME_ROWS && other.refusals >= SAME_ROWS && rowsOf(known) >= SAME_ROWS * rowsOf(other)
}
