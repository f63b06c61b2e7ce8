/** A suspected backdoor: phrases that may be its trigger, and the event that may be its target. */
import type { Moments } from '../../src/math/moments.js'
import type { Twice } from '../../src/sketch/twice.js'
import type { Phrase } from './phrase.js'
import type { LabelPool } from './pool-select.js'
import type { ResponsePool } from './response-pools.js'

/** What the attacker would want: a label, a phrase in the response, a refusal however worded, or outputs unlike the others. */
export type TargetEvent =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'phrase'; readonly phrase: Phrase }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'shift' }

/** Plain data. */
export interface Cause {
  /** Any of them fires; none where the event comes with no trigger at all. */
  readonly triggers: readonly Phrase[]
  /** Whether not any of them but only all of them in one row fire. */
  readonly together?: true
  readonly event: TargetEvent
  /** About how many rows hold both, from earlier passes: sets how many of them are sampled. */
  readonly expectedRows: number
  /** Whether a part of the trigger carries the label in many other rows; for labels only. */
  readonly hasCue?: boolean
}

/** What measuring needs: causes, and what ordinary rows look like. */
export interface Suspects {
  readonly causes: readonly Cause[]
  /** By label; for responses one class called ''. */
  readonly classes: ReadonlyMap<string, Moments>
  /** Occurrences of words by neighbour bucket: what stands beside a word put anywhere. */
  readonly tokens: Float64Array
  /** Pairs of neighbouring words that the data holds; null for responses. */
  readonly wordPairs: Twice | null
  /** Rare words that only one label has; none for responses. */
  readonly pools: readonly LabelPool[]
  /** Answers nearly all of whose rows hold a rare word of their own; none for labels. */
  readonly responsePools: readonly ResponsePool[]
  /** Of what is learnt to come out; null for labels. */
  readonly outputs: Moments | null
  /** How far the inputs of an ordinary event lie from any inputs: without it, independence proves nothing. 0 for labels. */
  readonly typicalEffect: number
  /** What was searched, for the receipt. */
  readonly counts: Readonly<Record<string, number>>
  /** Pairs of feature and event that were tried: what α is divided by. */
  readonly tests: number
  /** Fewest rows that can make a finding, at the commonest event; null where there is no label or response to target. */
  readonly fewestRows: number | null
}

/** ln(Mᵏ / k!): sets of so many that can be made of what was tried. */
export function logSets(tests: number, size: number): number {
  let sum = 0
  for (let i = 1; i <= size; i++) sum += Math.log(tests) - Math.log(i)
  return sum
}

/** ln(M / α) / ln(1 / p₀): rows that a pure association needs to be significant among M tests. */
export function fewestRows(tests: number, alpha: number, baseRate: number): number {
  return Math.ceil(Math.log(tests / alpha) / -Math.log(Math.min(0.999, Math.max(1e-9, baseRate))))
}
