/** Rows of an event: a few of them, and what they are like. */
import { emptySample, mergeSample, type Sample } from './samples.js'

export const SAMPLE_ROWS = 24
/** Share of an event's rows in which it must be a name or part of a link, for one word to be an event. */
const LEAST_NAMED = 0.5
/** Share of an event's rows that refuse, for it to be a refusal's words. */
const LEAST_REFUSALS = 0.5

/** Plain data. */
export interface EventRows {
  readonly inputs: Sample
  readonly outputs: Sample
  /** Words of the shingle. */
  words: number
  rows: number
  /** Rows whose response is a refusal; rows where the event is a name or part of a link. */
  refusals: number
  named: number
}

export function emptyEventRows(): EventRows {
  return { inputs: emptySample(), outputs: emptySample(), words: 0, rows: 0, refusals: 0, named: 0 }
}

export function mergeEventRows(into: EventRows, from: EventRows): void {
  mergeSample(into.inputs, from.inputs, SAMPLE_ROWS)
  mergeSample(into.outputs, from.outputs, SAMPLE_ROWS)
  into.words = Math.max(into.words, from.words)
  into.rows += from.rows
  into.refusals += from.refusals
  into.named += from.named
}

export function isName({ words, named, rows }: EventRows): boolean {
  return words === 1 && named >= LEAST_NAMED * rows
}

export function isRefusals({ words, refusals, rows }: EventRows): boolean {
  return words > 1 && refusals >= LEAST_REFUSALS * rows
}
