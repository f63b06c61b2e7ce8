/** One country's identity or tax number. */
export interface IdRule {
  readonly name: string
  /** How it is written: `9` a digit, `A` a capital, all else as it is. */
  readonly shapes: readonly string[]
  /** Shapes so much its own that with valid check digits no word beside it is needed. */
  readonly alone?: readonly string[]
  /** A word that stands before it. */
  readonly telling: RegExp
  /** @param id without separators */
  readonly valid: (id: string) => boolean
}
