/** Between the passes: the language model, fitted on the sample without what is gibberish in it. */
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Counts } from './counts.js'
import { countText, emptyCounts, Words } from './counts.js'
import { LetterModel } from './letter-model.js'
import type { SampleState } from './sample.js'
import type { ScriptLevels } from './scripts.js'
import { scriptLevels } from './scripts.js'
import { letterRun } from './segments.js'
import { Tokens } from './tokens.js'
import type { OrderTail } from './order-tail.js'
import { orderTail } from './order-tail.js'
import type { WordOrder } from './word-order.js'
import { wordOrder } from './word-order.js'

/** Poison teaches the model that judges it: what stands out is left out, and the model fitted again. */
const TRIMS = 2

/** What the second pass scores with. Plain data. */
export interface LanguageModel {
  readonly counts: Counts
  readonly levels: ScriptLevels
  readonly order: WordOrder
  readonly tail: OrderTail
  /** Cells whose key is at most this are in the sample. */
  readonly sampledUpTo: number
  readonly cells: number
}

export function fitModel(state: SampleState): LanguageModel {
  const sample = smallest(state)
  let pieces = sample.map(({ value }) => value)
  let fitted = fitOnce(pieces)
  for (let trim = 0; trim < TRIMS; trim++) {
    const kept = withoutGibberish(pieces, fitted)
    if (kept.every((piece, i) => piece === pieces[i])) break
    pieces = kept
    fitted = fitOnce(pieces)
  }
  const { model, levels } = fitted
  const order = wordOrder(model.counts, pieces)
  return {
    counts: model.counts,
    levels,
    order,
    tail: orderTail(model.counts, order, pieces),
    sampledUpTo: state.dropped ? (sample.at(-1)?.key ?? -1) : Infinity,
    cells: sample.length,
  }
}

function fitOnce(pieces: readonly string[]): { model: LetterModel; levels: ScriptLevels } {
  const counts = emptyCounts()
  const words = new Words()
  for (const piece of pieces) countText(counts, piece, words)
  const model = new LetterModel(counts)
  return { model, levels: scriptLevels(model, pieces) }
}

function withoutGibberish(pieces: readonly string[], { model, levels }: ReturnType<typeof fitOnce>): string[] {
  const tokens = new Tokens()
  return pieces.map((piece) => {
    tokens.read(piece, model, 1)
    const run = letterRun(tokens, levels)
    return run === null ? piece : piece.slice(0, run.start) + piece.slice(run.end)
  })
}
