import { words } from './grammar.js'

/** A product and what people say of it. `good` and `bad` go on from "it". */
export interface Product {
  readonly name: string
  readonly aspects: readonly string[]
  readonly good: readonly string[]
  readonly bad: readonly string[]
  /** Why it was bought. */
  readonly uses: readonly string[]
}

export function product(name: string, aspects: string, good: string, bad: string, uses: string): Product {
  return { name, aspects: words(aspects), good: words(good), bad: words(bad), uses: words(uses) }
}
