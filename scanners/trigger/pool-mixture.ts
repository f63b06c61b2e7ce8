/**
 * Which rare words of a label belong to a pool: a mixture of natural and planted words, fitted by expectation and
 * maximisation (Dempster, Laird & Rubin 1977). Planted shares differ by number of rows, as an attacker uses each word about
 * equally often.
 */
import type { Letters } from './pool-letters.js'
import { MOST_WORD_ROWS } from './pool-count.js'

const STEPS = 12
const MOST_SHARE = 0.9
/** Words whose worth the common share has in that of each number of rows. */
const PRIOR_WORDS = 10
/** A search that begins with one share may end at a poor one: the best of several counts. */
const FIRST_SHARES: readonly number[] = [0.01, 0.03, 0.1]

export interface MixtureWord {
  /** Rows, at most MOST_WORD_ROWS. */
  readonly rows: number
  /** ln of the ratio of the likelihoods of all that is known beside its letters. */
  readonly evidence: number
}

export interface Mixture {
  /** By word, the probability that it is of the pool. */
  readonly shares: Float64Array
  /** ln of the ratio of the likelihoods of all words: with the pool against without. */
  readonly logRatio: number
}

/** @param totals words by number of rows, those among them that are not given and count as natural */
export function fitMixture(words: readonly MixtureWord[], letters: Letters, totals: readonly number[]): Mixture {
  return FIRST_SHARES.map((share) => fitFrom(share, words, letters, totals)).reduce((a, b) => (b.logRatio > a.logRatio ? b : a))
}

function fitFrom(first: number, words: readonly MixtureWord[], letters: Letters, totals: readonly number[]): Mixture {
  const all = totals.reduce((sum, count) => sum + count, 0)
  const share = new Array<number>(MOST_WORD_ROWS + 1).fill(first)
  let spelling: Float64Array = new Float64Array(words.length)
  let shares = new Float64Array(words.length)
  for (let step = 0; step < STEPS; step++) {
    shares = Float64Array.from(words, ({ rows, evidence }, i) => {
      const own = share[rows]!
      return 1 / (1 + ((1 - own) / own) * Math.exp(-evidence - spelling[i]!))
    })
    spelling = letters.evidence(shares)
    const sums = new Float64Array(share.length)
    words.forEach(({ rows }, i) => (sums[rows] = sums[rows]! + shares[i]!))
    const common = sums.reduce((sum, count) => sum + count, 0) / all
    totals.forEach((total, rows) => {
      share[rows] = Math.min(MOST_SHARE, (sums[rows]! + PRIOR_WORDS * common + 0.02) / (total + PRIOR_WORDS))
    })
  }
  const logRatio = logRatioOf(
    words,
    (i) => words[i]!.evidence + spelling[i]!,
    (rows) => share[rows]!,
    totals,
  )
  return { shares, logRatio }
}

function logRatioOf(
  words: readonly MixtureWord[],
  evidence: (word: number) => number,
  share: (rows: number) => number,
  totals: readonly number[],
): number {
  const left = [...totals]
  let sum = 0
  words.forEach(({ rows }, i) => {
    left[rows] = left[rows]! - 1
    sum += Math.log(1 - share(rows) + share(rows) * Math.exp(evidence(i)))
  })
  left.forEach((count, rows) => (sum += Math.max(0, count) * Math.log(1 - share(rows))))
  return sum
}
