/** How much evidence of no order a stretch of the data's own text may give: the end of its tail. */
import type { Counts } from './counts.js'
import { Words } from './counts.js'
import { heaviestRun } from './segments.js'
import type { WordOrder } from './word-order.js'
import { orderEvidence } from './word-order.js'

/** Nats that are needed however orderly the data is. Rare words stand together in names and lists, so drawn ones need more. */
const LEAST_SHUFFLED = 12
const LEAST_DRAWN = 26
/** The exponential through these two quantiles, which a few per cent of poison cannot move far, … */
const LOW = 0.8
const HIGH = 0.95
/** … is followed to where one text in so many would lie. */
const ONE_IN = 1e5

/** Nats. */
export interface OrderTail {
  readonly shuffled: number
  readonly drawn: number
}

export function orderTail(counts: Counts, order: WordOrder, pieces: readonly string[]): OrderTail {
  const words = new Words()
  const shuffled = new Float64Array(words.hashes.length)
  const drawn = new Float64Array(words.hashes.length)
  const heaviest: [number[], number[]] = [[], []]
  for (const piece of pieces) {
    words.read(piece)
    orderEvidence(counts, order, words, 1, shuffled, drawn)
    heaviest[0].push(heaviestRun(shuffled, words.count).sum)
    heaviest[1].push(heaviestRun(drawn, words.count).sum)
  }
  return { shuffled: Math.max(LEAST_SHUFFLED, endOf(heaviest[0])), drawn: Math.max(LEAST_DRAWN, endOf(heaviest[1])) }
}

function endOf(values: number[]): number {
  if (values.length === 0) return 0
  values.sort((a, b) => a - b)
  const at = (quantile: number): number => values[Math.floor(quantile * (values.length - 1))]!
  const scale = (at(HIGH) - at(LOW)) / Math.log((1 - LOW) / (1 - HIGH))
  return at(HIGH) + scale * Math.log((1 - HIGH) * ONE_IN)
}
