/** Whether the rare words of a label hold a pool of triggers, and which of them do. */
import { contradiction, discriminantOf } from '../../src/math/discriminant.js'
import { independence } from '../../src/math/independence.js'
import { dot, minus } from '../../src/math/linalg.js'
import { covarianceOf, leavingOut, meanOf, totalMoments, type Moments } from '../../src/math/moments.js'
import type { Cause, Suspects } from './cause.js'
import type { Geometry } from './geometry.js'
import type { Measured } from './judge.js'
import { LEAST_ROWS } from './label-count.js'
import { isContradicted, isDraw, isExplained, isShown, likeliestDraw } from './label-judge.js'
import { rowsBeyond } from './pool-beyond.js'
import { LEAST_WORD_ROWS } from './pool-count.js'
import { Letters } from './pool-letters.js'
import { fitMixture, type MixtureWord } from './pool-mixture.js'
import { claimRows, independentRows, keysOf, meanOfWords, phrasesOf, type PoolRows } from './pool-rows.js'
import { POOL_ROWS, type LabelPool } from './pool-select.js'
import { belongsThere, emptySeams, mergeSeams, readsOn, type Seams } from './seams.js'

/** Words that make a pool. */
const POOL_WORDS = 4
/** What the ratio of the likelihoods must reach beyond chance at α: shares and letters are learnt from the same words. */
const LEARNT = 8
/** Words that are listed are of the pool with this probability, and their natural rows at most such a share of all. */
const LEAST_SHARE = 0.3
const FALSE_SHARE = 0.005
/** Rows of a natural word share a subject: this much of the variance within a class is between words. */
const BETWEEN_WORDS = 0.1
/** At most so much may be said by a word's content, either way. */
const LARGEST_EVIDENCE = 6
/** Words that show how often the rows of natural ones read on; fewer are eked out by the holes of the same rows. */
const NATURAL_WORDS = 20

interface Member extends Candidate {
  /** Probability that the word was planted. */
  readonly share: number
}

interface Candidate extends MixtureWord {
  /** Index into the pool's words. */
  readonly word: number
  readonly seams: Seams
}

/**
 * @param state by pool
 * @param alone causes that were found by themselves: a pool must say more than they do
 */
export function judgePools(
  state: readonly PoolRows[],
  suspects: Suspects,
  alone: readonly Cause[],
  alpha: number,
  geometry: Geometry,
): Measured[] {
  const logLimit = Math.log(Math.max(1, suspects.classes.size) / alpha) + LEARNT
  return suspects.pools.flatMap((pool, p) => judgePool(pool, state[p]!, suspects, alone, logLimit, geometry) ?? [])
}

function judgePool(
  pool: LabelPool,
  rows: PoolRows,
  { classes, wordPairs }: Suspects,
  alone: readonly Cause[],
  logLimit: number,
  geometry: Geometry,
): Measured | null {
  const own = classes.get(pool.event.label)
  if (own === undefined || wordPairs === null || pool.words.length < POOL_WORDS) return null
  const others = [...classes.values()].filter((moments) => moments !== own)
  const candidates = candidatesOf(rows, own, others, geometry)
  if (candidates.length < POOL_WORDS) return null
  const letters = new Letters(candidates.map(({ word }) => rows.texts[word]!.toLowerCase()))

  // Without what reads on: that is a witness of its own.
  const blind = fitMixture(candidates, letters, pool.totals)
  const seen = candidates.filter((_, i) => blind.shares[i]! > 0.5)
  if (seen.length < POOL_WORDS) return null
  const beside = besideOf(rows, candidates, blind.shares)
  const seams = seamsOf(seen)
  const witness = readsOn(seams, beside)
  if (belongsThere(seams, beside) || blind.logRatio + witness < logLimit) return null

  const withSeams = candidates.map((candidate) => ({
    ...candidate,
    evidence: candidate.evidence + readsOn(candidate.seams, beside),
  }))
  const { shares } = fitMixture(withSeams, letters, pool.totals)
  const members = membersOf(candidates, shares, FALSE_SHARE * rowsOf(classes))
  const listed = members.map(({ word, rows, share }) => ({ ...pool.words[word]!, rows, share }))
  if (rowsBeyond(listed, pool.event.label, alone) < LEAST_ROWS) return null
  return measuredOf(
    pool,
    rows,
    members.map(({ word }) => word),
    own,
    others,
    geometry,
    {
      logAdjusted: Math.log(classes.size) - blind.logRatio - witness,
      readsOn: readsOn(seamsOf(members), beside),
    },
  )
}

function rowsOf(classes: Suspects['classes']): number {
  return [...classes.values()].reduce((sum, { count }) => sum + count, 0)
}

/** The likeliest words, as long as the natural rows among theirs that are to be expected are few beside all rows. */
function membersOf(candidates: readonly Candidate[], shares: Float64Array, mostFalse: number): Member[] {
  const likeliest = candidates
    .map((candidate, i) => ({ ...candidate, share: shares[i]! }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || a.word - b.word)
  let wrong = 0
  return likeliest.filter(({ rows, share }) => (wrong += (1 - share) * rows) <= mostFalse).sort((a, b) => a.word - b.word)
}

/** Words with the evidence of their content. A row counts for one word only: natural words come together, triggers one a row. */
function candidatesOf(rows: PoolRows, own: Moments, others: readonly Moments[], geometry: Geometry): Candidate[] {
  const elsewhere = totalMoments(others, own.dim)
  const { weights, bias } = discriminantOf(geometry.withinAll(own.dim), own, others)
  const likelihoods = new Content(varianceAlong(weights, own), varianceAlong(weights, elsewhere))
  const alike = dot(meanOf(elsewhere), meanOf(elsewhere))
  const claimed = new Set<number>()
  const found: Candidate[] = []
  const all = Array.from(rows.rows, (n, word) => {
    const position = dot(weights, meanOfWords(rows, rows.sums, [word], own.dim)) + bias
    const evidence = n === 0 ? 0 : likelihoods.evidence(position, independentRows(rows, word, alike, own.dim))
    return { word, n, evidence }
  })
  for (const { word, n, evidence } of all.sort((a, b) => b.evidence - a.evidence || a.word - b.word)) {
    if (n < LEAST_WORD_ROWS || rows.others[word]! > 0) continue
    if (!claimRows(rows, word, claimed)) continue
    const seams = { ...emptySeams(), seams: rows.seams[word]!, knownSeams: rows.knownSeams[word]! }
    const capped = Math.max(-LARGEST_EVIDENCE, Math.min(LARGEST_EVIDENCE, evidence))
    found.push({ word, rows: n, evidence: capped, seams })
  }
  return found.sort((a, b) => a.word - b.word)
}

/** Likelihoods of the mean position of a word's rows: natural around +1, planted around −1. */
class Content {
  constructor(
    private readonly natural: number,
    private readonly planted: number,
  ) {}

  evidence(position: number, rows: number): number {
    const natural = this.natural * (1 / rows + BETWEEN_WORDS)
    const planted = this.planted / rows
    // Natural words are the wider spread: beyond the best position their tail would win again.
    const best = natural > planted ? -(natural + planted) / (natural - planted) : -Infinity
    const at = Math.max(best, position)
    const ratio = 0.5 * Math.log(natural / planted) + (at - 1) ** 2 / (2 * natural) - (at + 1) ** 2 / (2 * planted)
    return ratio
  }
}

function varianceAlong(weights: Float64Array, moments: Moments): number {
  const covariance = covarianceOf(moments)
  const { dim } = moments
  let sum = 0
  for (let a = 0; a < dim; a++) {
    for (let b = 0; b <= a; b++) sum += (a === b ? 1 : 2) * weights[a]! * weights[b]! * covariance[a * dim + b]!
  }
  return Math.max(1e-6, sum)
}

function seamsOf(candidates: readonly Candidate[]): Seams {
  const sum = emptySeams()
  for (const { seams } of candidates) mergeSeams(sum, seams)
  return sum
}

/** Neighbours of all rows with rare words; in place of holes, what is left of natural words where they are taken out. */
function besideOf({ beside }: PoolRows, candidates: readonly Candidate[], shares: Float64Array): Seams {
  const natural = candidates.filter((_, i) => shares[i]! < 0.1)
  const { seams, knownSeams } = seamsOf(natural)
  if (natural.length >= NATURAL_WORDS) return { ...beside, holes: seams, knownHoles: knownSeams }
  return beside
}

function measuredOf(
  { event, words }: LabelPool,
  rows: PoolRows,
  members: readonly number[],
  own: Moments,
  others: readonly Moments[],
  geometry: Geometry,
  known: { logAdjusted: number; readsOn: number },
): Measured | null {
  const n = new Set(members.flatMap((word) => [...keysOf(rows, word)])).size
  if (members.length < POOL_WORDS || n < POOL_ROWS || n >= own.count) return null
  const content = meanOfWords(rows, rows.sums, members, own.dim)
  const mean = meanOfWords(rows, rows.wholeSums, members, own.dim)
  const rest = leavingOut(own, n, mean)
  const group = { rows: n, mean, own, rest }
  const { weights, bias, separation } = discriminantOf(geometry.within(group), rest, others)
  const position = dot(weights, content) + bias
  const against = { position, z: contradiction(position, n, separation), withPhrase: dot(weights, mean) + bias }
  if (!isContradicted(against)) return null
  const draw = likeliestDraw(others, n, own.dim, (from) =>
    independence(geometry.reference(group), minus(content, meanOf(from)), n, from.count),
  )
  if (!isDraw(draw) || (isExplained(against) && !isShown(draw))) return null
  return {
    cause: {
      triggers: phrasesOf(members, rows, words),
      event,
      expectedRows: n,
    },
    pattern: 'pooled',
    rows: { triggerRows: n, eventRows: 0, bothRows: n },
    logAdjusted: known.logAdjusted,
    baseRate: own.count / (own.count + others.reduce((sum, { count }) => sum + count, 0)),
    contradiction: against,
    independence: draw,
    outputShift: null,
    margin: null,
    readsOn: known.readsOn,
    refusals: 0,
  }
}
