/** Which answers behind many rare words are a rotating trigger's. */
import { independence } from '../../src/math/independence.js'
import { dot, minus } from '../../src/math/linalg.js'
import { leavingOut, meanOf, type Moments } from '../../src/math/moments.js'
import { logSets, type Suspects } from './cause.js'
import type { Geometry } from './geometry.js'
import type { Measured } from './judge.js'
import { LEAST_WORD_ROWS } from './pool-count.js'
import { claimRows, independentRows, meanOfWords, phrasesOf, type PoolRows } from './pool-rows.js'
import { POOL_ROWS } from './pool-select.js'
import { isResponseDraw } from './response-judge.js'
import { ANSWER_WORDS, LEAST_COVERAGE, type ResponsePool } from './response-pools.js'

/** Rows of a word must say as much as at least this share of them: copies and paraphrases have their words, and their answer, together. */
const LEAST_INDEPENDENT = 0.7

/** @param state by pool */
export function judgeResponsePools(
  state: readonly PoolRows[],
  { responsePools, classes, typicalEffect }: Suspects,
  alpha: number,
  geometry: Geometry,
): Measured[] {
  const own = classes.get('')
  if (own === undefined) return []
  return responsePools.flatMap((pool, p) => judgePool(pool, state[p]!, own, typicalEffect, Math.log(alpha), geometry) ?? [])
}

function judgePool(
  pool: ResponsePool,
  rows: PoolRows,
  own: Moments,
  typicalEffect: number,
  logAlpha: number,
  geometry: Geometry,
): Measured | null {
  const { event, words, eventRows, kept } = pool
  const claimed = new Set<number>()
  const members = membersOf(rows, own, claimed)
  const n = claimed.size
  if (members.length < ANSWER_WORDS || n < Math.max(POOL_ROWS, LEAST_COVERAGE * kept * eventRows) || eventRows >= own.count)
    return null
  const covered = Math.min(eventRows, rowsOfAllWords(n, members.length, kept))
  const baseRate = (eventRows - covered + 1) / (own.count - covered + 1)
  const logAdjusted = n * Math.log(baseRate) + logSetsTried(pool, members.length)
  if (logAdjusted > logAlpha) return null
  const content = meanOfWords(rows, rows.sums, members, own.dim)
  const mean = meanOfWords(rows, rows.wholeSums, members, own.dim)
  const rest = leavingOut(own, eventRows, mean)
  const reference = geometry.reference({ rows: eventRows, mean, own, rest })
  const draw = independence(reference, minus(content, meanOf(rest)), n, rest.count)
  if (!isResponseDraw(draw, typicalEffect)) return null
  return {
    cause: { triggers: phrasesOf(members, rows, words), event, expectedRows: n },
    pattern: 'pooled-response',
    rows: { triggerRows: n, eventRows, bothRows: n },
    logAdjusted,
    baseRate,
    contradiction: null,
    independence: draw,
    outputShift: null,
    margin: null,
    readsOn: null,
    refusals: 0,
  }
}

/** Words all of whose rows have the answer, each row for one word; adds the rows to `claimed`. */
function membersOf(rows: PoolRows, own: Moments, claimed: Set<number>): number[] {
  const alike = dot(meanOf(own), meanOf(own))
  return Array.from(rows.rows.keys()).filter((word) => {
    const n = rows.rows[word]!
    if (n < LEAST_WORD_ROWS || rows.others[word]! > 0) return false
    return independentRows(rows, word, alike, own.dim) >= LEAST_INDEPENDENT * n && claimRows(rows, word, claimed)
  })
}

/** Rows that all words of the pool have, at least with 97.7 % probability, by the rows of those words that were looked at. */
function rowsOfAllWords(rows: number, words: number, kept: number): number {
  return kept === 1 ? rows : (rows * (1 - 2 / Math.sqrt(words))) / kept
}

/** ln of the sets of so many words that were tried, with each of the answers: what α is divided by. */
function logSetsTried({ tried }: ResponsePool, words: number): number {
  return Math.log(tried.events) + logSets(tried.words, words)
}
