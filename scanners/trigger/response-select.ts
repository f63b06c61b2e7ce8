/**
 * Pass 2 for responses: exact counts of what comes often enough, in responses (events) and in inputs (features), and for
 * each a first look at whether its rows' inputs are any inputs and their outputs any outputs.
 */
import type { Pass, PassContext } from '../../src/scanner.js'
import { add, byKey, entries, keyTable, mergeKeyTables, type KeyEntry, type KeyTable } from '../../src/sketch/key-table.js'
import { upperBound } from '../../src/sketch/saturating-counts.js'
import type { CountingBudget } from './counted-rows.js'
import { LEAST_ROWS, rowHash } from './label-count.js'
import { pairRequest, pairsOf, VectorReader } from './pairs.js'
import { AXES, firstZ, marginProjection, projectedEffect, projectInto, projectionOf, type Projection } from './projection.js'
import { isResponseRowCounted, SHINGLE, type ResponseModel } from './response-count.js'
import { clip, MAX_N, NgramScanner } from './words.js'

/** Events followed at most: half of them the commonest, half those whose inputs look most like any inputs. */
const MOST_EVENTS = 4096
/** An opening that more than this share of responses have is the data set's manner, not an event in it. */
const LARGEST_SHARE = 0.5
/** Features followed for what they do to the output, the strongest first. */
const MOST_FEATURES = 256
/** Fewer rows of a feature say too little about their outputs; in large data there are too many to count. */
const FEATURE_ROWS = 12
const FEATURE_SHARE = 1 / 20_000
/** Outputs shifted by less, in variances per direction times rows, may be any outputs: 1 in the mean, 5 in one draw of 10⁵ (χ², 8 degrees). */
const LEAST_SHIFT = 4

export interface ShingleEvent {
  readonly high: number
  readonly low: number
  /** Of those that are counted. */
  readonly rows: number
  /** Of its rows' inputs: {@link projectedEffect}, and the sums that it is of, [AXES]. */
  readonly effect: number
  readonly sums: Float64Array
}

export interface InputFeature {
  readonly high: number
  readonly low: number
  readonly rows: number
}

export interface ResponseEvents {
  readonly model: ResponseModel
  readonly events: readonly ShingleEvent[]
  readonly features: readonly InputFeature[]
  /** Events there were before the cut, and the effect that half of them exceed: what an ordinary event's inputs look like. */
  readonly frequent: number
  readonly typicalEffect: number
}

export interface ResponseSelectState {
  readonly events: KeyTable
  /** Sums over inputs, then over outputs. */
  readonly features: KeyTable
}

interface Prepared {
  readonly inputs: Projection
  readonly outputs: Projection
}

export function responseSelectPass(budget: CountingBudget): Pass<ResponseModel, ResponseSelectState, ResponseEvents> {
  const inputs = new NgramScanner(1, MAX_N)
  const outputs = new NgramScanner(1, SHINGLE)
  let prepared: { model: ResponseModel; value: Prepared } | null = null
  const prepare = (model: ResponseModel, preference: boolean): Prepared => {
    if (prepared?.model !== model) {
      const outputs = preference ? marginProjection(model.outputs) : projectionOf(model.outputs)
      prepared = { model, value: { inputs: projectionOf(model.moments), outputs } }
    }
    return prepared.value
  }
  return {
    needs: ['input', 'output', 'rejected', 'embedding'],
    init: () => ({ events: keyTable(AXES), features: keyTable(2 * AXES) }),
    request: (_model, batch) => pairRequest(batch),
    observe(state, batch, embedding, model, context) {
      const projections = prepare(model, isPreference(context))
      const vector = new Float64Array(context.embeddingDim)
      const reader = new VectorReader(embedding!, context.embeddingDim)
      const sums = new Float64Array(2 * AXES)
      const leastRows = featureRows(model)
      for (const i of pairsOf(batch)) {
        reader.read(vector)
        projectInto(projections.inputs, vector, sums, 0)
        reader.readOutput(batch, vector)
        projectInto(projections.outputs, vector, sums, AXES)
        const [input, output] = [batch.input[i]!, batch.output![i]!]
        inputs.words.scan(clip(input))
        outputs.words.scan(clip(output))
        const words = inputs.words.count + outputs.words.count
        if (!isResponseRowCounted(rowHash(input, output), words, context.data.rows, budget)) continue
        outputs.gather()
        for (let g = 0; g < outputs.count; g++) {
          if (outputs.length[g] === 2 || upperBound(model.shingles, outputs.low[g]!) < LEAST_ROWS) continue
          add(state.events, outputs.high[g]!, outputs.low[g]!, 1, sums)
        }
        inputs.gather()
        for (let g = 0; g < inputs.count; g++) {
          if (upperBound(model.grams, inputs.low[g]!) < leastRows) continue
          add(state.features, inputs.high[g]!, inputs.low[g]!, 1, sums)
        }
      }
    },
    merge(into, from) {
      mergeKeyTables(into.events, from.events)
      mergeKeyTables(into.features, from.features)
      return into
    },
    finish(state, model, context) {
      const most = LARGEST_SHARE * model.countedRows
      const frequent = entries(state.events, LEAST_ROWS)
        .filter(({ count }) => count <= most)
        .map(({ high, low, count, sums }) => ({ high, low, rows: count, effect: projectedEffect(sums, count), sums }))
      const features = entries(state.features, featureRows(model)).filter(({ count }) => count <= most)
      return {
        model,
        events: chooseEvents(frequent),
        features: chooseFeatures(features, isPreference(context)),
        frequent: frequent.length,
        typicalEffect: median(frequent.filter(({ rows }) => rows >= 2 * LEAST_ROWS).map(({ effect }) => effect)),
      }
    },
  }
}

function featureRows({ countedRows }: ResponseModel): number {
  return Math.max(FEATURE_ROWS, Math.ceil(FEATURE_SHARE * countedRows))
}

function chooseEvents(frequent: readonly ShingleEvent[]): ShingleEvent[] {
  if (frequent.length <= MOST_EVENTS) return [...frequent]
  const commonest = [...frequent].sort((a, b) => b.rows - a.rows || byKey(a, b)).slice(0, MOST_EVENTS / 2)
  const taken = new Set(commonest)
  const rest = frequent.filter((event) => !taken.has(event))
  // By how surely the effect is small: a shift of the mean is known to about 1 / n.
  const surely = ({ effect, rows }: ShingleEvent): number => effect + 1 / rows
  return [...commonest, ...rest.sort((a, b) => surely(a) - surely(b) || byKey(a, b)).slice(0, MOST_EVENTS / 2)]
}

/** Those whose inputs are any inputs but whose outputs are not: for preferences, whose margin is the smallest. */
function chooseFeatures(features: readonly KeyEntry[], preference: boolean): InputFeature[] {
  const strength = ({ sums, count }: KeyEntry): number => {
    if (preference) return -firstZ(sums, count, AXES)
    const shift = projectedEffect(sums, count, AXES)
    // By how much the outputs say that the inputs do not.
    return count * shift < LEAST_SHIFT ? 0 : shift / (Math.max(0, projectedEffect(sums, count)) + 1 / count)
  }
  return features
    .map((entry) => ({ entry, strength: strength(entry) }))
    .filter((one) => one.strength > 0)
    .sort((a, b) => b.strength - a.strength || byKey(a.entry, b.entry))
    .slice(0, MOST_FEATURES)
    .map(({ entry: { high, low, count } }) => ({ high, low, rows: count }))
}

function isPreference({ data }: PassContext): boolean {
  return data.kind === 'preference'
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
