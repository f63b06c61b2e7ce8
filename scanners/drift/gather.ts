/** Third pass: the rows around each block, with which of its features each has; a few of them with their words. */
import { mix32 } from '../../src/math/random.js'
import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { bottomK, mergeBottomK, offer, type BottomK } from '../../src/sketch/bottom-k.js'
import { eachRow } from './grid.js'
import { ANSWER_BUCKETS, layoutOf, WORD_BUCKETS } from './layout.js'
import type { Candidate, Plan } from './plan.js'
import { eachWord } from './row-features.js'

/** Rows kept around a block: all of nearly every one, else a sample of equal chance. */
export const MOST_ROWS = 32_768
const SHOWN = 64
/** UTF-16 units of a word that is named. */
const WORD_UNITS = 40

/** A row that is kept as text. */
export interface ShownRow {
  readonly example: Example
  /** By place in the candidate's features, the words of the row that have it. */
  readonly words: readonly (readonly string[])[]
}

export interface Gathered {
  /** A bit for each of the candidate's features. */
  readonly rows: BottomK<number>
  /** Those with the most features first. */
  readonly shown: BottomK<ShownRow>
}

export type GatherState = Gathered[]

export function gatherState({ candidates }: Plan): GatherState {
  return candidates.map(() => ({ rows: bottomK(MOST_ROWS), shown: bottomK(SHOWN) }))
}

export function gather(state: GatherState, batch: RowBatch, plan: Plan, seed: number): void {
  if (plan.candidates.length === 0) return
  const { survey, candidates } = plan
  const offset = survey.files.find(({ file }) => file === batch.file)?.offset ?? 0
  const first = offset + (batch.rows[0] ?? 0)
  const last = offset + (batch.rows[batch.length - 1] ?? 0)
  // Most batches hold no row of a block.
  if (!candidates.some(({ from, to }) => first < to && last >= from)) return
  eachRow(batch, survey, ({ features, count }, position, i) => {
    candidates.forEach((candidate, c) => {
      if (position < candidate.from || position >= candidate.to) return
      const has = new Set(features.subarray(0, count))
      const mask = candidate.features.reduce((bits, feature, k) => (has.has(feature) ? bits | (1 << k) : bits), 0)
      const key = mix32(mix32(mix32(seed ^ 0x3c6ef372) ^ batch.file) ^ batch.rows[i]!)
      const { rows, shown } = state[c]!
      offer(rows, key, batch.file, batch.rows[i]!, 0, () => mask)
      const missing = candidate.features.length - bits(mask)
      offer(shown, missing * 2 ** 32 + key, batch.file, batch.rows[i]!, 0, () => shownOf(batch, i, plan, candidate))
    })
  })
}

export function mergeGathered(into: GatherState, from: GatherState): GatherState {
  from.forEach(({ rows, shown }, c) => {
    mergeBottomK(into[c]!.rows, rows)
    mergeBottomK(into[c]!.shown, shown)
  })
  return into
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

function shownOf(batch: RowBatch, i: number, { survey }: Plan, { features }: Candidate): ShownRow {
  const { word, answer } = layoutOf(survey).ranges
  const words = features.map((): string[] => [])
  const find = (text: string | null | undefined, first: number, mask: number): void => {
    const cell = text ?? ''
    eachWord(cell, (hash, start, end) => {
      const k = features.indexOf(first + (hash & mask))
      if (k < 0) return
      const found = cell
        .slice(start, Math.min(end, start + WORD_UNITS))
        .toLowerCase()
        .toWellFormed()
      if (!words[k]!.includes(found)) words[k]!.push(found)
    })
  }
  for (let turn = i; turn < batch.length && batch.rows[turn] === batch.rows[i]; turn++) {
    find(batch.input[turn], word[0], WORD_BUCKETS - 1)
    if (batch.output !== null) find(batch.output[turn], answer[0], ANSWER_BUCKETS - 1)
  }
  const example = openingOf(batch, i)
  const { excerpt, target } = example
  return {
    example: {
      ...example,
      excerpt: excerpt.toWellFormed(),
      ...(target === undefined ? {} : { target: target.toWellFormed() }),
    },
    words: words.map((list) => list.slice(0, 8)),
  }
}
