/** The stretch of a text that is most unlike the data's language. */
import type { ScriptLevels } from './scripts.js'
import type { Tokens } from './tokens.js'
import type { Words } from './counts.js'

/** Letters that random characters must have, and words. */
const FEWEST_LETTERS = 40
const FEWEST_TOKENS = 5
/** Bits beyond the boundary, over all letters. */
const LEAST_BITS = 40
/** Of what is neither word nor gibberish: a stretch does not grow over it for nothing. */
const NEUTRAL = -1
/** An ordinary word of two letters or more lies below this, in bits. */
const ORDINARY = -8

/** Pairs of known words that a stretch needs. */
const FEWEST_PAIRS = 16

export interface Stretch {
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Bits a letter; or the share of new pairs, by their evidence, in nats a pair. */
  readonly level: number
  /** Letters, or pairs. */
  readonly size: number
  /** Beyond the boundary, in bits; or nats. */
  readonly evidence: number
}

/** Random characters: the heaviest run of tokens by bits beyond their script's boundary; null when there is none. */
export function letterRun(tokens: Tokens, levels: ScriptLevels): Stretch | null {
  const values = new Float64Array(tokens.count)
  let positive = 0
  for (let t = 0; t < tokens.count; t++) {
    values[t] = valueOf(tokens, t, levels)
    if (values[t]! > 0) positive += values[t]!
  }
  if (positive < LEAST_BITS) return null
  const heaviest = heaviestRun(values, tokens.count)
  if (heaviest.sum < LEAST_BITS || heaviest.to - heaviest.from < FEWEST_TOKENS) return null
  // Codes and short tokens at the ends of random text weigh against it; the ordinary words beside them weigh far more.
  let { from, to } = heaviest
  while (from > 0 && values[from - 1]! > ORDINARY) from--
  while (to < tokens.count && values[to]! > ORDINARY) to++
  let bits = 0
  let letters = 0
  for (let t = from; t < to; t++) {
    if (tokens.wordlike[t] === 0) continue
    bits += tokens.surprise[t]!
    letters += tokens.letters[t]!
  }
  if (letters < FEWEST_LETTERS) return null
  return { start: tokens.starts[from]!, end: tokens.ends[to - 1]!, level: bits / letters, size: letters, evidence: heaviest.sum }
}

function valueOf(tokens: Tokens, t: number, levels: ScriptLevels): number {
  if (tokens.letters[t] === 0) return NEUTRAL
  const { boundary } = levels[tokens.scripts[t]!]!
  if (boundary === Infinity) return NEUTRAL
  const value = tokens.surprise[t]! - boundary * tokens.letters[t]!
  return tokens.wordlike[t] === 1 ? value : Math.min(NEUTRAL, value)
}

/**
 * Words in no order: the heaviest run by evidence of each pair.
 * @param evidence see orderEvidence
 * @param least nats, from the data's own tail
 */
export function orderRun(words: Words, evidence: Float64Array, least: number): Stretch | null {
  const { from, to, sum } = heaviestRun(evidence, words.count)
  if (sum < least) return null
  let pairs = 0
  for (let w = from; w < to; w++) if (evidence[w] !== 0) pairs++
  if (pairs < FEWEST_PAIRS) return null
  const first = Math.max(0, from - 1)
  return { start: words.starts[first]!, end: words.ends[to - 1]!, level: sum / pairs, size: pairs, evidence: sum }
}

/** Kadane's algorithm: the half-open run with the greatest sum; of equals the first. */
export function heaviestRun(values: Float64Array, count: number): { from: number; to: number; sum: number } {
  let best = { from: 0, to: 0, sum: 0 }
  let from = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (sum <= 0) {
      sum = 0
      from = i
    }
    sum += values[i]!
    if (sum > best.sum) best = { from, to: i + 1, sum }
  }
  return best
}
