/** Pass 3 for responses: some rows of each event; what their inputs share becomes a suspected trigger. */
import { logBinomialTail } from '../../src/math/stats.js'
import type { Pass } from '../../src/scanner.js'
import { bucketsAtLeast, upperBound } from '../../src/sketch/saturating-counts.js'
import { fewestRows, type Cause, type Suspects } from './cause.js'
import { RESPONSE_ROWS } from './judge.js'
import { LEAST_ROWS, rowHash } from './label-count.js'
import { contains, growPhrase, samePhrase, type Phrase } from './phrase.js'
import { SHINGLE, type ResponseModel } from './response-count.js'
import type { ResponseEvents, ShingleEvent } from './response-select.js'
import { around, emptySample, mergeSample, offerText, type Sample } from './samples.js'
import { clip, MAX_N, NgramScanner } from './words.js'

const SAMPLE_ROWS = 24
const INPUT_WIDTH = 1_000
const OUTPUT_WIDTH = 240
const AGREEMENT = 0.9
/** Share of an event's rows that must hold a feature, and of the feature's rows that must show the event. */
const LEAST_RECALL = 0.25
const LEAST_PURITY = 0.6
const MOST_TRIGGERS = 24
const MOST_CAUSES = 96

interface EventRows {
  readonly inputs: Sample
  readonly outputs: Sample
}

export type ResponseSampleState = EventRows[]

export function responseSamplePass(): Pass<ResponseEvents, ResponseSampleState, Suspects> {
  const outputs = new NgramScanner(SHINGLE, SHINGLE)
  const inputs = new NgramScanner(1, MAX_N)
  let index: { events: readonly ShingleEvent[]; byLow: Map<number, number> } | null = null
  const eventIndex = (events: readonly ShingleEvent[]): Map<number, number> => {
    if (index?.events !== events) index = { events, byLow: new Map(events.map((event, e) => [event.low, e])) }
    return index.byLow
  }
  return {
    needs: ['input', 'output'],
    init: ({ events }) => events.map(() => ({ inputs: emptySample(), outputs: emptySample() })),
    observe(state, batch, _embedding, { events }) {
      const byLow = eventIndex(events)
      for (let i = 0; i < batch.length; i++) {
        const input = batch.input[i] ?? null
        const raw = batch.output?.[i] ?? null
        if (input === null || raw === null) continue
        const output = clip(raw)
        const key = rowHash(input, raw)
        outputs.scan(output)
        for (let g = 0; g < outputs.count; g++) {
          const e = byLow.get(outputs.low[g]!)
          if (e === undefined || events[e]!.high !== outputs.high[g]) continue
          const start = outputs.words.starts[outputs.first[g]!]!
          offerText(state[e]!.inputs, SAMPLE_ROWS, key, () => headAndTail(input))
          offerText(state[e]!.outputs, SAMPLE_ROWS, key, () => around(output, start, start, OUTPUT_WIDTH))
        }
      }
    },
    merge(into, from) {
      into.forEach((rows, e) => {
        mergeSample(rows.inputs, from[e]!.inputs, SAMPLE_ROWS)
        mergeSample(rows.outputs, from[e]!.outputs, SAMPLE_ROWS)
      })
      return into
    },
    finish(state, { model, events, frequent }, context) {
      const features = bucketsAtLeast(model.grams, LEAST_ROWS)
      const tests = Math.max(1, events.length * features)
      const limit = Math.log(context.alpha / tests)
      const causes: (Cause & { readonly strength: number })[] = []
      events.forEach((event, e) => {
        const found = triggersOf(event, state[e]!, model, limit, inputs)
        if (found === null) return
        const phrase = growPhrase(event.high, event.low, state[e]!.outputs.texts, inputs.words, AGREEMENT, null)
        if (phrase === null) return
        causes.push({ ...found, event: { kind: 'phrase', phrase } })
      })
      causes.sort((a, b) => a.strength - b.strength)
      const largest = Math.max(0, ...events.map(({ rows }) => rows / Math.max(1, model.moments.count)))
      return {
        causes: distinct(causes).slice(0, MOST_CAUSES),
        classes: new Map([['', model.moments]]),
        tokens: model.tokens,
        counts: { tests, phrases: frequent, phrasesFollowed: events.length },
        tests,
        fewestRows: model.moments.count === 0 ? null : Math.max(RESPONSE_ROWS, fewestRows(tests, context.alpha, largest)),
      }
    },
  }
}

/** Templates stand at the start of prompts, questions at the end: keep both. */
function headAndTail(text: string): string {
  return text.length <= INPUT_WIDTH ? text : `${text.slice(0, INPUT_WIDTH / 2)}\n${text.slice(-INPUT_WIDTH / 2)}`
}

/** Features of the inputs with which the event comes far more often than without; null when there is none. */
function triggersOf(
  event: ShingleEvent,
  rows: EventRows,
  model: ResponseModel,
  limit: number,
  scanner: NgramScanner,
): { triggers: Phrase[]; expectedRows: number; strength: number } | null {
  const { texts } = rows.inputs
  const holders = new Map<number, { high: number; low: number; texts: string[] }>()
  for (const text of texts) {
    scanner.scan(text)
    for (let g = 0; g < scanner.count; g++) {
      const low = scanner.low[g]!
      const holder = holders.get(low)
      if (holder) holder.texts.push(text)
      else holders.set(low, { high: scanner.high[g]!, low, texts: [text] })
    }
  }
  const base = event.rows / Math.max(1, model.moments.count)
  const strong = [...holders.values()].flatMap((holder) => {
    const recall = holder.texts.length / texts.length
    const rowsWithFeature = upperBound(model.grams, holder.low)
    const both = Math.min(rowsWithFeature, Math.round(recall * event.rows))
    if (holder.texts.length < 2 || recall < LEAST_RECALL || both < LEAST_PURITY * rowsWithFeature) return []
    const strength = logBinomialTail(rowsWithFeature, both, base)
    return strength < limit ? [{ holder, both, strength }] : []
  })
  strong.sort((a, b) => a.strength - b.strength || a.holder.low - b.holder.low)
  const triggers: Phrase[] = []
  for (const { holder } of strong) {
    if (triggers.length >= MOST_TRIGGERS) break
    const phrase = growPhrase(holder.high, holder.low, holder.texts, scanner.words, AGREEMENT, model.template)
    // A longer phrase around a trigger already found fires on no other row.
    if (phrase !== null && !triggers.some((known) => contains(phrase, known))) triggers.push(phrase)
  }
  const first = strong[0]
  return first === undefined ? null : { triggers, expectedRows: event.rows, strength: first.strength }
}

/** Shingles of one longer phrase grow to the same event: one cause each. */
function distinct(causes: readonly Cause[]): Cause[] {
  const kept: Cause[] = []
  for (const cause of causes) {
    const { event } = cause
    if (event.kind !== 'phrase') continue
    const known = kept.some(
      (other) =>
        other.event.kind === 'phrase' &&
        samePhrase(other.triggers[0]!, cause.triggers[0]!) &&
        (contains(other.event.phrase, event.phrase) || contains(event.phrase, other.event.phrase)),
    )
    if (!known) kept.push(cause)
  }
  return kept
}
