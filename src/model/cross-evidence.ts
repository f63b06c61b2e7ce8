/** What the findings of a scanner say beside those of others about the same rows. src/fuse/cross-evidence.ts weighs it. */

/**
 * What scanners look at. `phrase`: words that come with a target. `contradiction`: content that speaks against the label.
 * `wording`: style and syntax. `repetition`: copies. `odd text`: text of no language is rare, and so is text in a code or of
 * odd characters. `instructions`: orders to a model. `position`: where in the data rows stand.
 */
export const SIGNALS = ['phrase', 'contradiction', 'wording', 'repetition', 'odd text', 'instructions', 'position'] as const

/** One of {@link SIGNALS}, or one that they lack, named after the scanner that brought it: `shouting/capitals`. */
export type Signal = (typeof SIGNALS)[number] | `${string}/${string}`

/** How exactly a finding says what is wrong with its rows: that they are unlike others, what is wrong with each, what they share, the very words. */
export const EXACTNESS = ['unlike', 'fault', 'pattern', 'words'] as const
export type Exactness = (typeof EXACTNESS)[number]

export interface CrossEvidence {
  /** All that it looks at. Two scanners that look at one thing agree because of it, not because both are right. */
  readonly signals: readonly Signal[]
  /** Of two findings about the same rows, the more exact one is the cause that the other is put down to. */
  readonly exactness: Exactness
  /** Whether the score of a row is the probability that it is what the finding says: their sum is how many are. */
  readonly rowsAreRated?: boolean
}
