/** Pass 3 for classification: exact counts of the seeds and some of their rows; ends in causes to measure. */
import { dot } from '../../src/math/linalg.js'
import { logBinomialTail } from '../../src/math/stats.js'
import type { Pass } from '../../src/scanner.js'
import { letThrough, pairFilter } from '../../src/sketch/pair-counts.js'
import type { Twice } from '../../src/sketch/twice.js'
import { byKey } from '../../src/sketch/key-table.js'
import { fewestRows, type Cause, type Suspects } from './cause.js'
import { meanVector } from './cause-rows.js'
import { groupsOf, LARGEST_GROUP_SHARE } from './composite.js'
import { contradiction, discriminantOf, withinClasses } from '../../src/math/discriminant.js'
import { addInto, GRID, gridVector, leavingOut, type Moments } from '../../src/math/moments.js'
import { CLEAN_PURITY, CLEAN_ROWS, JOINT_ROWS, logContradiction } from './label-judge.js'
import { LEAST_ROWS, rowHash } from './label-count.js'
import type { Seed } from './label-candidates.js'
import { rowsForCounted } from './counted-rows.js'
import { COVERED_ROWS, type LabelSeeds } from './label-select.js'
import { growPhrase, samePhrase, type Phrase } from './phrase.js'
import { emptySeams, mergeSeams, readsOn, seamsOf } from './seams.js'
import { around, emptySample, mergeSample, offerText, type Sample } from './samples.js'
import type { TemplateWords } from './template.js'
import { WiderCues } from './wider.js'
import { clip, MAX_N, NgramScanner, type GramFilter } from './words.js'

const SAMPLE_TEXTS = 12
const SAMPLE_WIDTH = 400
/** Rows of a seed whose vectors are summed: enough for its mean, and frequent words cost no more than rare ones. */
const SUMMED_ROWS = 512
/**
 * Causes that are measured, those whose content contradicts the label most first. No cut by strength: vectors still hold the
 * trigger's own words here, and a trigger that is much of its text pulls them anywhere.
 */
const MOST_CAUSES = 128
/** And of phrases without a lift. */
const MOST_COVERED = 32
/** And of those that nearly always carry the label, those that their rows read on without. */
const MOST_CLEAN = 64

const NONE: readonly number[] = []

interface SeedRows {
  rows: number
  /** Rows that also carry the seed's label. */
  hits: number
  /** Of those, about SUMMED_ROWS chosen by hash: how many, and the sum of their integer vectors, [dim]. */
  summed: number
  readonly sum: Float64Array
  readonly sample: Sample
}

export type LabelSampleState = SeedRows[]

export function labelSamplePass(): Pass<LabelSeeds, LabelSampleState, Suspects> {
  const scanner = new NgramScanner(1, MAX_N)
  let index: { seeds: readonly Seed[]; value: SeedIndex } | null = null
  const seedIndex = (seeds: readonly Seed[]): SeedIndex => {
    if (index?.seeds !== seeds) index = { seeds, value: new SeedIndex(seeds) }
    return index.value
  }
  return {
    needs: ['input', 'label', 'embedding'],
    init: ({ seeds }, context) =>
      seeds.map(() => ({ rows: 0, hits: 0, summed: 0, sum: new Float64Array(context.embeddingDim), sample: emptySample() })),
    observe(state, batch, embedding, { seeds, classes, rate }, context) {
      const seedsOf = seedIndex(seeds)
      const vector = new Float64Array(context.embeddingDim)
      for (let i = 0; i < batch.length; i++) {
        const raw = batch.input[i] ?? null
        const label = batch.columns.label?.[i] ?? null
        if (raw === null || label === null || !classes.has(label)) continue
        const text = clip(raw)
        const key = rowHash(raw, label)
        gridVector(embedding!, i, vector)
        scanner.scan(text, seedsOf.filter)
        for (let g = 0; g < scanner.count; g++) {
          for (const s of seedsOf.get(scanner.low[g]!)) {
            const seed = seeds[s]!
            if (seed.high !== scanner.high[g]) continue
            const rows = state[s]!
            rows.rows++
            if (seed.label !== label) continue
            rows.hits++
            if (key * seed.hits < rate * SUMMED_ROWS * 2 ** 32) {
              rows.summed++
              addInto(rows.sum, vector)
            }
            const start = scanner.words.starts[scanner.first[g]!]!
            offerText(rows.sample, SAMPLE_TEXTS, key, () => around(text, start, start, SAMPLE_WIDTH))
          }
        }
      }
    },
    merge(into, from) {
      into.forEach((rows, s) => {
        const other = from[s]!
        rows.rows += other.rows
        rows.hits += other.hits
        rows.summed += other.summed
        addInto(rows.sum, other.sum)
        mergeSample(rows.sample, other.sample, SAMPLE_TEXTS)
      })
      return into
    },
    finish(state, { seeds, classes, template, tokens, wordPairs, rate, tests, pools }, context) {
      const total = [...classes.values()].reduce((sum, moments) => sum + moments.count, 0)
      const largest = Math.max(0, ...[...classes.values()].map((moments) => moments.count / total))
      const sieve = sieveOf(classes, context.embeddingDim)
      const all = seeds.map((seed, s) => ({ seed, rows: state[s]! }))
      const limit = Math.log(context.alpha / tests)
      const lifted = all.filter(({ seed }) => seed.lifted)
      const tailOf = ({ seed, rows }: Suspect): number =>
        logBinomialTail(rows.rows, rows.hits, classes.get(seed.label)!.count / total)
      const significant = new Set(lifted.filter((suspect) => tailOf(suspect) < limit))
      const associated = lifted.filter((suspect) => {
        if (significant.has(suspect)) return true
        // Or both witnesses together.
        return (
          suspect.rows.hits >= JOINT_ROWS && tailOf(suspect) + logContradiction(sieve(suspect.seed.label, suspect.rows)) < limit
        )
      })
      const covered = all.filter(({ seed, rows }) => !seed.lifted && rows.hits >= COVERED_ROWS)
      const clean = [...significant].filter(({ rows }) => rows.hits >= CLEAN_ROWS && rows.hits >= CLEAN_PURITY * rows.rows)
      const wider = new WiderCues(all.map(({ seed, rows }) => ({ ...seed, rows: rows.rows, hits: rows.hits })))
      const causes: Cause[] = []
      const add = (suspects: readonly Suspect[], most: number): void => {
        addCauses(causes, suspects, most, wider, scanner, template)
      }
      add(inOrder(associated, sieve), MOST_CAUSES)
      add(inOrder(covered, sieve), MOST_COVERED)
      add(insertedFirst(clean, wordPairs, scanner, template), MOST_CLEAN)
      const groups = groupsOf(
        all.filter(({ seed, rows }) => rows.hits <= LARGEST_GROUP_SHARE * classes.get(seed.label)!.count),
        ({ seed, rows }) => sieve(seed.label, rows),
        (suspect) => phraseOf(suspect, scanner, template),
      )
      for (const { label, phrases, hits } of groups)
        causes.push({ triggers: phrases, together: true, event: { kind: 'label', label }, expectedRows: hits })
      return {
        causes,
        classes,
        tokens,
        wordPairs,
        pools,
        responsePools: [],
        outputs: null,
        typicalEffect: 0,
        counts: { tests },
        tests,
        fewestRows:
          classes.size === 0 ? null : Math.max(rowsForCounted(LEAST_ROWS, rate), fewestRows(tests, context.alpha, largest)),
      }
    },
  }
}

/** Seeds by the low half of their hash, and what keeps nearly every n-gram that is none from being looked up. */
class SeedIndex {
  readonly filter: GramFilter = { pairs: pairFilter(2 ** 16), partner: 0, byPrefix: false }
  private readonly byLow = new Map<number, number[]>()

  constructor(seeds: readonly Seed[]) {
    seeds.forEach(({ low }, s) => {
      letThrough(this.filter.pairs, low, 0)
      const list = this.byLow.get(low)
      if (list) list.push(s)
      else this.byLow.set(low, [s])
    })
  }

  get(low: number): readonly number[] {
    return this.byLow.get(low) ?? NONE
  }
}

interface Suspect {
  readonly seed: Seed
  readonly rows: SeedRows
}

/** Ascending by a measure of their rows. */
function inOrder(suspects: readonly Suspect[], measure: (label: string, rows: SeedRows) => number): Suspect[] {
  return suspects
    .map((suspect) => ({ suspect, value: measure(suspect.seed.label, suspect.rows) }))
    .sort((a, b) => a.value - b.value || byKey(a.suspect.seed, b.suspect.seed))
    .map(({ suspect }) => suspect)
}

/** Those first whose sampled rows read on without the phrase. */
function insertedFirst(
  suspects: readonly Suspect[],
  wordPairs: Twice,
  scanner: NgramScanner,
  template: TemplateWords,
): Suspect[] {
  // A dozen rows say little of how often neighbours are known: what all suspects' rows say stands for each.
  const all = emptySeams()
  const sampled = suspects.flatMap((suspect) => {
    const phrase = phraseOf(suspect, scanner, template)
    if (phrase === null) return []
    const seams = seamsOf(phrase, suspect.rows.sample.texts, wordPairs, scanner.words)
    mergeSeams(all, seams)
    return [{ suspect, seams }]
  })
  return sampled
    .map(({ suspect, seams }) => ({ suspect, value: readsOn(seams, all) }))
    .sort((a, b) => b.value - a.value || byKey(a.suspect.seed, b.suspect.seed))
    .map(({ suspect }) => suspect)
}

function phraseOf({ seed, rows }: Suspect, scanner: NgramScanner, template: TemplateWords): Phrase | null {
  return growPhrase(seed.high, seed.low, rows.sample.texts, scanner.words, template)
}

/** A group of a larger share of its class bends the direction between the classes; a smaller one only moves its class's mean. */
const BENDING_SHARE = 0.02

/** Contradiction of a seed's rows when their class's mean is taken without them. */
function sieveOf(classes: ReadonlyMap<string, Moments>, dim: number): (label: string, rows: SeedRows) => number {
  const within = withinClasses([...classes.values()], dim)
  const othersOf = (label: string): Moments[] => [...classes].filter(([other]) => other !== label).map(([, moments]) => moments)
  const whole = new Map([...classes].map(([label, target]) => [label, discriminantOf(within, target, othersOf(label))]))
  return (label, { hits, summed, sum }) => {
    const target = classes.get(label)!
    if (summed === 0 || hits >= target.count) return 0
    const share = hits / target.count
    if (share >= BENDING_SHARE) {
      const left = leavingOut(target, hits, meanVector(sum, summed))
      const { weights, bias, separation } = discriminantOf(within, left, othersOf(label))
      return contradiction(dot(weights, sum) / (summed * GRID) + bias, summed, separation)
    }
    const { weights, bias, separation } = whole.get(label)!
    const position = dot(weights, sum) / (summed * GRID) + bias
    // Where the mean of the rest lies, as a multiple of the class's own distance from the others.
    const stretch = ((1 - share * position) / (1 - share) + 1) / 2
    return contradiction((position + 1) / stretch - 1, summed, separation * stretch * stretch)
  }
}

/** Grows each seed to its whole trigger; seeds of the same trigger become one cause. At most so many more causes. */
function addCauses(
  causes: Cause[],
  suspects: readonly Suspect[],
  most: number,
  wider: WiderCues,
  scanner: NgramScanner,
  template: TemplateWords,
): void {
  const limit = causes.length + most
  for (const suspect of suspects) {
    if (causes.length >= limit) break
    const { seed, rows } = suspect
    const phrase = phraseOf(suspect, scanner, template)
    if (phrase === null) continue
    const known = causes.some(
      ({ event, triggers }) => event.kind === 'label' && event.label === seed.label && samePhrase(triggers[0]!, phrase),
    )
    if (known) continue
    const hasCue = wider.hasOne(phrase, seed.label, rows.hits)
    causes.push({ triggers: [phrase], event: { kind: 'label', label: seed.label }, expectedRows: rows.hits, hasCue })
  }
}
