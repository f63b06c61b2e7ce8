/** Rare words of one label, in pass 2: exact counts, and how far their rows argue against the label. Ends in the words to look at. */
import { mix32 } from '../../src/math/random.js'
import { byKey, type KeyTable } from '../../src/sketch/key-table.js'
import { LEAST_WORD_ROWS, MOST_WORD_ROWS } from './pool-count.js'
import type { Cause, TargetEvent } from './cause.js'
import type { WordScanner } from './words.js'

/** Words whose rows are embedded again without them: those whose rows argue most against their label. */
const MOST_WORDS = 4096

export interface PoolWord {
  /** Hashes of the word. */
  readonly high: number
  readonly low: number
  /** Rows that hold it and the event: for labels all of its rows. */
  readonly rows: number
}

/** Rows that make a pool. */
export const POOL_ROWS = 18

/** Rare words that may fire, any of them. Plain data. */
export interface Pool {
  readonly event: TargetEvent
  /** Ascending by key. */
  readonly words: readonly PoolWord[]
}

/** Those that one label alone has. */
export interface LabelPool extends Pool {
  readonly event: { readonly kind: 'label'; readonly label: string }
  /** Words of the label by number of rows, whether they are among `words` or not: what the chosen ones are a part of. */
  readonly totals: readonly number[]
}

const NONE: readonly number[] = []

/**
 * Which words of what `words` last scanned may be rare, each once.
 * @param bits what {@link rareBits} gives
 */
export function rareWords(words: WordScanner, bits: Uint32Array): readonly number[] {
  const mask = 32 * bits.length - 1
  let found: number[] | null = null
  for (let i = 0; i < words.count; i++) {
    const bucket = mix32(words.low[i]!) & mask
    if ((bits[bucket >>> 5]! & (1 << (bucket & 31))) === 0) continue
    const repeated = found?.some((at) => words.low[at] === words.low[i] && words.high[at] === words.high[i])
    if (repeated !== true) (found ??= []).push(i)
  }
  return found ?? NONE
}

/** @param tables one for each of `labels` */
export function poolsOf(tables: readonly KeyTable[], labels: readonly string[]): LabelPool[] {
  const all = tables.flatMap((table, label) => wordsOf(table).map((word) => ({ ...word, label })))
  const totals = labels.map(() => new Array<number>(MOST_WORD_ROWS + 1).fill(0))
  for (const { label, rows } of all) totals[label]![rows] = totals[label]![rows]! + 1
  const chosen = all.sort((a, b) => a.score - b.score || byKey(a, b) || a.label - b.label).slice(0, MOST_WORDS)
  return labels.map((label, l) => ({
    event: { kind: 'label', label },
    totals: totals[l]!,
    words: chosen
      .filter((word) => word.label === l)
      .sort(byKey)
      .map(({ high, low, rows }) => ({ high, low, rows })),
  }))
}

function wordsOf({ high, low, counts, sums }: KeyTable): (PoolWord & { score: number })[] {
  const found: (PoolWord & { score: number })[] = []
  counts.forEach((rows, slot) => {
    if (rows < LEAST_WORD_ROWS || rows > MOST_WORD_ROWS) return
    // The mean position times the root of the rows: how clearly they argue.
    found.push({ high: high[slot]!, low: low[slot]!, rows, score: sums[slot]! / Math.sqrt(rows) })
  })
  return found
}

/** One cause a pool, whose triggers are the pool's words: to be looked for with the others. Their spelling is not known yet. */
export function causesOf(pools: readonly Pool[]): Cause[] {
  return pools.map(({ event, words }) => ({
    triggers: words.map(({ high, low }) => ({ text: '', high: [high], low: [low] })),
    event,
    expectedRows: words.reduce((sum, { rows }) => sum + rows, 0),
  }))
}
