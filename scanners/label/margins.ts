/** Pass 3: how far rows of each label look like each other label, and how good the probe is. */
import type { Pass } from '../../src/scanner.js'
import { BINS, binOf } from './histogram.js'
import { Posterior } from './posterior.js'
import { FOLDS, type Probe } from './probe.js'
import { candidatesOf, type Candidate } from './candidates.js'
import { qualityOf, type Quality } from './quality.js'

/** Probabilities are summed as integers of this many parts. */
const PARTS = 2 ** 20

/** Plain data. */
export interface MarginState {
  /** Rows of each fold, and those of them whose likeliest label is their own. */
  readonly rows: Float64Array
  readonly right: Float64Array
  /** Per label: Σ p(own label), in parts. */
  readonly confidence: Float64Array
  /**
   * [labels × labels × BINS]: at (y, c), rows labelled y that look like c, by how much likelier c is than y;
   * at (c, c) nothing.
   */
  readonly looks: Uint32Array
  /** [labels × labels × BINS]: at (y, c), rows labelled c that look like c, by the same margin over y. */
  readonly agrees: Uint32Array
}

/** What the last pass needs to know. Plain data. */
export interface Margins {
  readonly probe: Probe
  readonly quality: Quality
  /** Mean p(own label) of each label: the threshold of confident learning. */
  readonly thresholds: readonly number[]
  readonly candidates: readonly Candidate[]
}

export function marginPass(): Pass<Probe, MarginState, Margins> {
  let posterior: { probe: Probe; value: Posterior } | null = null
  return {
    needs: ['input', 'label', 'embedding'],
    init: ({ labels }) => ({
      rows: new Float64Array(FOLDS),
      right: new Float64Array(FOLDS),
      confidence: new Float64Array(labels.length),
      looks: new Uint32Array(labels.length ** 2 * BINS),
      agrees: new Uint32Array(labels.length ** 2 * BINS),
    }),
    observe(state, batch, embedding, probe) {
      if (probe.labels.length === 0) return
      if (posterior?.probe !== probe) posterior = { probe, value: new Posterior(probe) }
      for (let i = 0; i < batch.length; i++) if (posterior.value.read(batch, i, embedding!)) count(state, posterior.value)
    },
    merge(into, from) {
      add(into.rows, from.rows)
      add(into.right, from.right)
      add(into.confidence, from.confidence)
      add(into.looks, from.looks)
      add(into.agrees, from.agrees)
      return into
    },
    finish(state, probe) {
      const quality = qualityOf(state, probe)
      const thresholds = probe.counts.map((count, c) => state.confidence[c]! / PARTS / Math.max(1, count))
      return { probe, quality, thresholds, candidates: quality.blind === null ? candidatesOf(state, probe) : [] }
    },
  }
}

function count(state: MarginState, row: Posterior): void {
  const { own, best, fold } = row
  const labels = row.logs.length
  state.rows[fold] = state.rows[fold]! + 1
  state.confidence[own] = state.confidence[own]! + Math.round(row.share(own) * PARTS)
  if (best !== own) {
    const at = (own * labels + best) * BINS + binOf(row.margin(best, own))
    state.looks[at] = state.looks[at]! + 1
    return
  }
  state.right[fold] = state.right[fold]! + 1
  for (let y = 0; y < labels; y++) {
    if (y === own) continue
    const at = (y * labels + own) * BINS + binOf(row.margin(own, y))
    state.agrees[at] = state.agrees[at]! + 1
  }
}

function add(into: Float64Array | Uint32Array, from: Float64Array | Uint32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + from[i]!
}
