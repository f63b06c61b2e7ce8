/** What a pool says beyond the triggers that were found by themselves. */
import type { Cause } from './cause.js'
import { contains, type Phrase } from './phrase.js'

export interface Member {
  /** Hashes of the word. */
  readonly high: number
  readonly low: number
  readonly rows: number
  /** Probability that the word was planted. */
  readonly share: number
}

/**
 * Planted rows to be expected among those of the words that no other trigger names.
 * @param alone causes that were found by themselves
 */
export function rowsBeyond(members: readonly Member[], label: string, alone: readonly Cause[]): number {
  const named = alone.flatMap(({ event, triggers }) => (event.kind === 'label' && event.label === label ? triggers : []))
  return members
    .filter((member) => !named.some((trigger) => contains(trigger, phraseOf(member))))
    .reduce((sum, { rows, share }) => sum + rows * share, 0)
}

function phraseOf({ high, low }: Member): Phrase {
  return { text: '', high: [high], low: [low] }
}
