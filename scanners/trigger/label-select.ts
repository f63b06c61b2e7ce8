/** Pass 2 for classification: exact counts of the pairs that may matter, and how far their rows' content argues against the label. */
import { logBinomialTail } from '../../src/math/stats.js'
import { dot } from '../../src/math/linalg.js'
import { hash32 } from '../../src/math/random.js'
import type { Pass } from '../../src/scanner.js'
import { add, entries, keyTable, mergeKeyTables, type KeyTable } from '../../src/sketch/key-table.js'
import { upperBound } from '../../src/sketch/saturating-counts.js'
import { contradiction, discriminantOf, withinFactor, type Discriminant } from '../../src/math/discriminant.js'
import { LEAST_ROWS, pairKey, type LabelModel } from './label-count.js'
import { GRID, gridVector } from '../../src/math/moments.js'
import { clip, MAX_N, NgramScanner } from './words.js'

/** Positions are summed as integers of this many parts. */
const POSITION_PARTS = 1024
/** Half of the seeds are those with the strongest association, half those that contradict their label most. */
const MOST_SEEDS = 4096
/** A pair is followed when its n-gram carries the label in at least this share of the way from base rate to certainty. */
const LEAST_LIFT = 0.4

/** A pair (n-gram, label) worth a closer look. */
export interface Seed {
  readonly high: number
  readonly low: number
  readonly label: string
  /** Rows with both. */
  readonly hits: number
}

export interface LabelSeeds {
  readonly classes: LabelModel['classes']
  readonly template: LabelModel['template']
  readonly tests: number
  /** Ascending by key. */
  readonly seeds: readonly Seed[]
}

/** One exact table per label, in the order of the model's labels. */
export type LabelSelectState = KeyTable[]

interface Prepared {
  readonly index: ReadonlyMap<string, number>
  readonly hashes: readonly number[]
  readonly shares: readonly number[]
  readonly discriminants: readonly Discriminant[]
}

export function labelSelectPass(): Pass<LabelModel, LabelSelectState, LabelSeeds> {
  const scanner = new NgramScanner(1, MAX_N)
  let prepared: { model: LabelModel; value: Prepared } | null = null
  const prepare = (model: LabelModel): Prepared => {
    if (prepared?.model !== model) prepared = { model, value: prepareModel(model) }
    return prepared.value
  }
  return {
    needs: ['input', 'label', 'embedding'],
    init: (model) => Array.from({ length: model.classes.size }, () => keyTable()),
    observe(state, batch, embedding, model, context) {
      const { index, hashes, shares, discriminants } = prepare(model)
      const vector = new Float64Array(context.embeddingDim)
      for (let i = 0; i < batch.length; i++) {
        const text = batch.input[i] ?? null
        const label = index.get(batch.columns.label?.[i] ?? '')
        if (text === null || label === undefined) continue
        gridVector(embedding!, i, vector)
        const { weights, bias } = discriminants[label]!
        const position = Math.round((dot(weights, vector) / GRID + bias) * POSITION_PARTS)
        const least = leastPurity(shares[label]!)
        scanner.scan(clip(text))
        for (let g = 0; g < scanner.count; g++) {
          const low = scanner.low[g]!
          const rows = upperBound(model.pairs, pairKey(low, hashes[label]!))
          if (rows < LEAST_ROWS || rows < least * upperBound(model.grams, low)) continue
          add(state[label]!, scanner.high[g]!, low, 1, position)
        }
      }
    },
    merge(into, from) {
      into.forEach((table, label) => {
        mergeKeyTables(table, from[label]!)
      })
      return into
    },
    finish(state, model) {
      const { classes, template } = model
      const { shares, discriminants } = prepare(model)
      const labels = [...model.classes.keys()]
      const candidates = state.flatMap((table, label) =>
        entries(table, LEAST_ROWS).map(({ high, low, count, sum }) => ({
          seed: { high, low, label: labels[label]!, hits: count },
          tail: logBinomialTail(Math.max(count, upperBound(model.grams, low)), count, shares[label]!),
          contradiction: contradiction(sum / count / POSITION_PARTS, count, discriminants[label]!.separation),
        })),
      )
      return { classes, template, tests: model.tests, seeds: choose(candidates) }
    },
  }
}

/** Bucket counts are upper bounds on both sides of the ratio, so a little less than the share wanted. */
function leastPurity(share: number): number {
  return 0.85 * (share + LEAST_LIFT * (1 - share))
}

function prepareModel(model: LabelModel): Prepared {
  const labels = [...model.classes.keys()]
  const classes = [...model.classes.values()]
  const total = classes.reduce((sum, moments) => sum + moments.count, 0)
  const dim = classes[0]?.dim ?? 0
  const factor = withinFactor(classes, dim)
  return {
    index: new Map(labels.map((label, i) => [label, i])),
    hashes: labels.map((label) => hash32(label)),
    shares: classes.map((moments) => moments.count / total),
    discriminants: classes.map((target) =>
      discriminantOf(
        factor,
        target,
        classes.filter((other) => other !== target),
        dim,
      ),
    ),
  }
}

interface Candidate {
  readonly seed: Seed
  readonly tail: number
  readonly contradiction: number
}

function choose(candidates: readonly Candidate[]): Seed[] {
  const byKey = (a: Candidate, b: Candidate): number =>
    a.seed.high - b.seed.high || a.seed.low - b.seed.low || (a.seed.label < b.seed.label ? -1 : 1)
  if (candidates.length <= MOST_SEEDS) return [...candidates].sort(byKey).map(({ seed }) => seed)
  const strongest = [...candidates].sort((a, b) => a.tail - b.tail || byKey(a, b)).slice(0, MOST_SEEDS / 2)
  const chosen = new Set(strongest)
  const rest = candidates.filter((candidate) => !chosen.has(candidate))
  const contradicting = rest.sort((a, b) => a.contradiction - b.contradiction || byKey(a, b)).slice(0, MOST_SEEDS / 2)
  return [...strongest, ...contradicting].sort(byKey).map(({ seed }) => seed)
}
