/** Pass 2 for responses: exact counts of shingles that come often enough to be an event. */
import type { Pass } from '../../src/scanner.js'
import { add, entries, keyTable, mergeKeyTables, type KeyTable } from '../../src/sketch/key-table.js'
import { upperBound } from '../../src/sketch/saturating-counts.js'
import { LEAST_ROWS } from './label-count.js'
import { SHINGLE, type ResponseModel } from './response-count.js'
import { clip, NgramScanner } from './words.js'

/** Events followed at most, the commonest first; the receipt says how many there were. */
const MOST_EVENTS = 4096
/** An opening that more than this share of responses have is the data set's manner, not an event in it. */
const LARGEST_SHARE = 0.5

export interface ShingleEvent {
  readonly high: number
  readonly low: number
  readonly rows: number
}

export interface ResponseEvents {
  readonly model: ResponseModel
  readonly events: readonly ShingleEvent[]
  /** Events there were before the cut. */
  readonly frequent: number
}

export function responseSelectPass(): Pass<ResponseModel, KeyTable, ResponseEvents> {
  const outputs = new NgramScanner(SHINGLE, SHINGLE)
  return {
    needs: ['input', 'output'],
    init: () => keyTable(),
    observe(state, batch, _embedding, model) {
      for (let i = 0; i < batch.length; i++) {
        const output = batch.output?.[i] ?? null
        if ((batch.input[i] ?? null) === null || output === null) continue
        outputs.scan(clip(output))
        for (let g = 0; g < outputs.count; g++) {
          if (upperBound(model.shingles, outputs.low[g]!) >= LEAST_ROWS) add(state, outputs.high[g]!, outputs.low[g]!, 1, 0)
        }
      }
    },
    merge(into, from) {
      mergeKeyTables(into, from)
      return into
    },
    finish(state, model) {
      const frequent = entries(state, LEAST_ROWS)
        .filter(({ count }) => count <= LARGEST_SHARE * model.moments.count)
        .map(({ high, low, count }) => ({ high, low, rows: count }))
      const events = [...frequent].sort((a, b) => b.rows - a.rows || a.high - b.high || a.low - b.low).slice(0, MOST_EVENTS)
      return { model, events, frequent: frequent.length }
    },
  }
}
