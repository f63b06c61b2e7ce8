/**
 * Cues within a phrase: "what year" asks for a number in many more rows than "what year was", so that the association of the
 * longer phrase says nothing that the shorter does not. The words of a trigger that was made up call for nothing elsewhere.
 */
import { byKey } from '../../src/sketch/key-table.js'
import type { Phrase } from './phrase.js'
import { LEAST_PURITY } from './label-judge.js'
import { chain, MAX_N } from './words.js'

/** A pair (n-gram, label), counted exactly. */
export interface CountedPair {
  readonly high: number
  readonly low: number
  readonly label: string
  readonly rows: number
  /** Of these, rows of the label. */
  readonly hits: number
}

/** Rows of the shorter phrase for each of the longer one's: half of them or more stand elsewhere. */
const WIDER = 2

export class WiderCues {
  private readonly byLow = new Map<number, CountedPair[]>()

  /** Only those count that carry their label nearly always. */
  constructor(pairs: readonly CountedPair[]) {
    for (const pair of pairs) {
      if (pair.hits < LEAST_PURITY * pair.rows) continue
      const list = this.byLow.get(pair.low)
      if (list) list.push(pair)
      else this.byLow.set(pair.low, [pair])
    }
  }

  /** Whether a part of the phrase carries the label as surely, in more rows beside the phrase's own than these are. */
  hasOne(phrase: Phrase, label: string, hits: number): boolean {
    for (let i = 0; i < phrase.low.length; i++) {
      let key = { high: 0, low: 0 }
      for (let n = 1; n <= Math.min(MAX_N, phrase.low.length - 1) && i + n <= phrase.low.length; n++) {
        key = { high: chain(key.high, phrase.high[i + n - 1]!), low: chain(key.low, phrase.low[i + n - 1]!) }
        const known = this.byLow
          .get(key.low)
          ?.some((pair) => byKey(pair, key) === 0 && pair.label === label && pair.hits >= WIDER * hits)
        if (known === true) return true
      }
    }
    return false
  }
}
