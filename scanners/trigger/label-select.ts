/** Pass 2 for classification: exact counts of the pairs that may matter, and how far their rows' content argues against the label. */
import { logBinomialTail } from '../../src/math/stats.js'
import { dot } from '../../src/math/linalg.js'
import { hash32 } from '../../src/math/random.js'
import type { Pass } from '../../src/scanner.js'
import { add, keyTable, mergeKeyTables, type KeyTable } from '../../src/sketch/key-table.js'
import { mostOfKey, mostOfPair, pairsFilter } from '../../src/sketch/pair-counts.js'
import { contradiction, discriminantOf, withinClasses, type Discriminant } from '../../src/math/discriminant.js'
import { LabelCandidates, type Seed } from './label-candidates.js'
import type { CountingBudget } from './counted-rows.js'
import { isLabelRowCounted, LEAST_ROWS, rowHash, type LabelModel } from './label-count.js'
import { poolsOf, rareWords, type LabelPool } from './pool-select.js'
import { GRID, gridVector } from '../../src/math/moments.js'
import { clip, MAX_N, NgramScanner, type GramFilter } from './words.js'

/** Positions are summed as integers of this many parts. */
const POSITION_PARTS = 1024
/** A pair is followed when its n-gram carries the label in at least this share of the way from base rate to certainty. */
const LEAST_LIFT = 0.4
/** Without that lift, it must come in this share of its rows and in so many of them: three cover rows for one poisoned. */
const LEAST_SHARE = 0.2
export const COVERED_ROWS = 24

export interface LabelSeeds {
  readonly classes: LabelModel['classes']
  readonly template: LabelModel['template']
  readonly tokens: LabelModel['tokens']
  readonly wordPairs: LabelModel['wordPairs']
  readonly rate: number
  readonly tests: number
  /** Ascending by key. */
  readonly seeds: readonly Seed[]
  /** One for each label, in their order. */
  readonly pools: readonly LabelPool[]
}

/** Exact tables per label, in the order of the model's labels: of n-grams, and of rare words that no other label has. */
export interface LabelSelectState {
  readonly pairs: KeyTable[]
  readonly rare: KeyTable[]
}

interface Prepared {
  readonly index: ReadonlyMap<string, number>
  readonly hashes: readonly number[]
  readonly shares: readonly number[]
  readonly discriminants: readonly Discriminant[]
  /** Pairs that may be frequent. No n-gram comes in more rows of a label than those that it begins with. */
  readonly frequent: GramFilter
}

export function labelSelectPass(budget: CountingBudget): Pass<LabelModel, LabelSelectState, LabelSeeds> {
  const scanner = new NgramScanner(1, MAX_N)
  let prepared: { model: LabelModel; value: Prepared } | null = null
  const prepare = (model: LabelModel): Prepared => {
    if (prepared?.model !== model) prepared = { model, value: prepareModel(model) }
    return prepared.value
  }
  return {
    needs: ['input', 'label', 'embedding'],
    init: ({ classes }) => ({
      pairs: Array.from({ length: classes.size }, () => keyTable()),
      rare: Array.from({ length: classes.size }, () => keyTable()),
    }),
    observe(state, batch, embedding, model, context) {
      const { index, hashes, shares, discriminants, frequent } = prepare(model)
      const vector = new Float64Array(context.embeddingDim)
      const position = [0]
      for (let i = 0; i < batch.length; i++) {
        const text = batch.input[i] ?? null
        const label = index.get(batch.columns.label?.[i] ?? '')
        if (text === null || label === undefined) continue
        scanner.words.scan(clip(text))
        const key = rowHash(text, batch.columns.label![i]!)
        const counted = isLabelRowCounted(key, scanner.words.count, context.data.rows, budget)
        // There are none where rows are sampled.
        const rare = rareWords(scanner.words, model.rare)
        if (!counted && rare.length === 0) continue
        gridVector(embedding!, i, vector)
        const { weights, bias } = discriminants[label]!
        position[0] = Math.round((dot(weights, vector) / GRID + bias) * POSITION_PARTS)
        for (const word of rare) add(state.rare[label]!, scanner.words.high[word]!, scanner.words.low[word]!, 1, position)
        if (!counted) continue
        const least = leastPurity(shares[label]!)
        frequent.partner = hashes[label]!
        scanner.gather(frequent)
        for (let g = 0; g < scanner.count; g++) {
          const low = scanner.low[g]!
          const rows = mostOfPair(model.pairs, low, frequent.partner)
          const all = mostOfKey(model.pairs, low)
          if (rows < least * all && (rows < COVERED_ROWS || rows < LEAST_SHARE * all)) continue
          add(state.pairs[label]!, scanner.high[g]!, low, 1, position)
        }
      }
    },
    merge(into, from) {
      for (const which of ['pairs', 'rare'] as const) {
        into[which].forEach((table, label) => {
          mergeKeyTables(table, from[which][label]!)
        })
      }
      return into
    },
    finish(state, model) {
      const { classes, template, tokens, wordPairs, rate, tests } = model
      const { shares, discriminants } = prepare(model)
      const labels = [...model.classes.keys()]
      const candidates = new LabelCandidates(state.pairs, labels, LEAST_ROWS, (label, low, count, sum) => {
        const rows = Math.max(count, mostOfKey(model.pairs, low))
        const position = sum / count / POSITION_PARTS
        return {
          lifted: count >= leastPurity(shares[label]!) * rows,
          tail: logBinomialTail(rows, count, shares[label]!),
          position,
          contradiction: contradiction(position, count, discriminants[label]!.separation),
        }
      })
      return { classes, template, tokens, wordPairs, rate, tests, seeds: candidates.seeds(), pools: poolsOf(state.rare, labels) }
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
  const within = withinClasses(classes, classes[0]?.dim ?? 0)
  return {
    index: new Map(labels.map((label, i) => [label, i])),
    hashes: labels.map((label) => hash32(label)),
    shares: classes.map((moments) => moments.count / total),
    discriminants: classes.map((target) =>
      discriminantOf(
        within,
        target,
        classes.filter((other) => other !== target),
      ),
    ),
    frequent: { pairs: pairsFilter(model.pairs, LEAST_ROWS), partner: 0, byPrefix: true },
  }
}
