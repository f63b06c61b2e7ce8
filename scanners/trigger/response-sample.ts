/** Pass 3 for responses: some rows of each event and feature; what an event's inputs share becomes a suspected trigger. */
import { isRefusal } from '../../src/refusal.js'
import type { Pass } from '../../src/scanner.js'
import { bucketsAtLeast } from '../../src/sketch/saturating-counts.js'
import { fewestRows, type Cause, type Suspects } from './cause.js'
import { RESPONSE_ROWS } from './response-judge.js'
import { LEAST_ROWS, rowHash } from './label-count.js'
import { contains, growPhrase, samePhrase } from './phrase.js'
import { rowsForCounted, type CountingBudget } from './counted-rows.js'
import { isResponseRowCounted, SHINGLE } from './response-count.js'
import type { ResponseEvents, ShingleEvent } from './response-select.js'
import { around, mergeSample, offerText } from './samples.js'
import { addFeatureCauses, emptyFeatureRows, FEATURE_TEXTS, observeFeatures, type FeatureRows } from './feature-sample.js'
import { emptyEventRows, isName, mergeEventRows, SAMPLE_ROWS, type EventRows } from './event-rows.js'
import { addEventWord, emptyEventWords, mergeEventWords, type EventWords } from './event-words.js'
import { addInjectedCauses } from './injected.js'
import { isNamed } from './named.js'
import { mayBePooled, poolsOfEvents, rareInputs } from './response-pools.js'
import { triggersOf, type Triggers } from './response-triggers.js'
import { clip, MAX_N, NgramScanner, type WordScanner } from './words.js'

const INPUT_WIDTH = 1_000
const OUTPUT_WIDTH = 240
const MOST_CAUSES = 96
/** And of those whose triggers must come together. */
const MOST_TOGETHER = 32
/** And of triggers that often do not fire, those first whose inputs look most like any inputs. */
const MOST_COVERED = 48

export interface ResponseSampleState {
  readonly events: EventRows[]
  readonly features: FeatureRows[]
  /** By event; null where no pool may be behind it. */
  readonly words: (EventWords | null)[]
}

export function responseSamplePass(budget: CountingBudget): Pass<ResponseEvents, ResponseSampleState, Suspects> {
  const outputs = new NgramScanner(1, SHINGLE)
  const inputs = new NgramScanner(1, MAX_N)
  let index: { events: readonly ShingleEvent[]; byLow: Map<number, number> } | null = null
  const eventIndex = (events: readonly ShingleEvent[]): Map<number, number> => {
    if (index?.events !== events) index = { events, byLow: new Map(events.map((event, e) => [event.low, e])) }
    return index.byLow
  }
  return {
    needs: ['input', 'output'],
    init: ({ events, features }) => ({
      events: events.map(() => emptyEventRows()),
      features: features.map(() => emptyFeatureRows()),
      words: events.map((event) => (mayBePooled(event) ? emptyEventWords() : null)),
    }),
    observe(state, batch, _embedding, { model, events, features }, context) {
      const byLow = eventIndex(events)
      for (let i = 0; i < batch.length; i++) {
        const asked = batch.input[i] ?? null
        const raw = batch.output?.[i] ?? null
        if (asked === null || raw === null) continue
        const [input, output] = [clip(asked), clip(raw)]
        const key = rowHash(asked, raw)
        inputs.words.scan(input)
        outputs.words.scan(output)
        const words = inputs.words.count + outputs.words.count
        if (!isResponseRowCounted(key, words, context.data.rows, budget)) continue
        const refuses = isRefusal(raw)
        observeFeatures(state.features, features, input, key, inputs)
        const rare = rareInputs(inputs, model.grams)
        outputs.gather()
        for (let g = 0; g < outputs.count; g++) {
          const e = byLow.get(outputs.low[g]!)
          if (e === undefined || events[e]!.high !== outputs.high[g]) continue
          const first = outputs.first[g]!
          const start = outputs.words.starts[first]!
          const rows = state.events[e]!
          rows.words = outputs.length[g]!
          rows.rows++
          if (refuses) rows.refusals++
          if (rows.words === 1 && isNamed(output, start, outputs.words.ends[first]!)) rows.named++
          addWords(state.words[e]!, rare, inputs.words)
          offerText(rows.inputs, SAMPLE_ROWS, key, () => headAndTail(asked))
          offerText(rows.outputs, SAMPLE_ROWS, key, () => around(output, start, start, OUTPUT_WIDTH))
        }
      }
    },
    merge(into, from) {
      into.events.forEach((rows, e) => {
        mergeEventRows(rows, from.events[e]!)
      })
      into.features.forEach(({ texts }, f) => {
        mergeSample(texts, from.features[f]!.texts, FEATURE_TEXTS)
      })
      into.words.forEach((words, e) => {
        if (words !== null) mergeEventWords(words, from.words[e]!)
      })
      return into
    },
    finish(state, { model, events, features: inputFeatures, frequent, typicalEffect }, context) {
      const rate = model.countedRows / Math.max(1, model.moments.count)
      const features = bucketsAtLeast(model.grams, LEAST_ROWS)
      const tests = Math.max(1, events.length * features)
      const limit = Math.log(context.alpha / tests)
      const causes: (Cause & Triggers & { readonly effect: number })[] = []
      events.forEach((event, e) => {
        const rows = state.events[e]!
        // A word alone is an event only where it names something.
        if (rows.words === 1 && !isName(rows)) return
        const found = triggersOf(event, rows.inputs.texts, model, limit, inputs)
        if (found.length === 0) return
        const phrase = growPhrase(event.high, event.low, rows.outputs.texts, inputs.words, null)
        if (phrase === null) return
        for (const triggers of found) causes.push({ ...triggers, effect: event.effect, event: { kind: 'phrase', phrase } })
      })
      causes.sort((a, b) => a.strength - b.strength)
      const [any, together, covered] = (['any', 'together', 'covered'] as const).map((kind) =>
        distinct(causes.filter((cause) => cause.kind === kind)),
      )
      const largest = Math.max(0, ...events.map(({ rows }) => rows / Math.max(1, model.countedRows)))
      const chosen: Cause[] = [
        ...any!.slice(0, MOST_CAUSES),
        ...together!.slice(0, MOST_TOGETHER),
        ...covered!.sort((a, b) => a.effect - b.effect).slice(0, MOST_COVERED),
      ]
      addInjectedCauses(chosen, events, state.events, typicalEffect, model.grams, inputs.words)
      addFeatureCauses(chosen, inputFeatures, state.features, inputs.words, model.template)
      return {
        causes: chosen.map((cause) => ({ ...cause, expectedRows: cause.expectedRows / rate })),
        classes: new Map([['', model.moments]]),
        tokens: model.tokens,
        wordPairs: null,
        pools: [],
        responsePools: poolsOfEvents(events, state.events, state.words, model, inputs.words),
        outputs: model.outputs,
        typicalEffect,
        counts: { tests, phrases: frequent, phrasesFollowed: events.length },
        tests,
        fewestRows:
          model.moments.count === 0
            ? null
            : Math.max(RESPONSE_ROWS, rowsForCounted(LEAST_ROWS, rate), fewestRows(tests, context.alpha, largest)),
      }
    },
  }
}

/** @param at where the words stand in what `words` last scanned */
function addWords(into: EventWords | null, at: readonly number[], words: WordScanner): void {
  if (into === null) return
  for (const i of at) addEventWord(into, words.high[i]!, words.low[i]!, 1)
}

/** Templates stand at the start of prompts, questions at the end: keep both. */
function headAndTail(text: string): string {
  return text.length <= INPUT_WIDTH ? text : `${text.slice(0, INPUT_WIDTH / 2)}\n${text.slice(-INPUT_WIDTH / 2)}`
}

/** Shingles of one longer phrase grow to the same event: one cause each. */
function distinct<C extends Cause>(causes: readonly C[]): C[] {
  const kept: C[] = []
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
