/** The nearest texts of a sample by the words they share, by cosine of inverse document frequencies. */
import type { SampleText } from './tally.js'

export const NEAREST = 25
/** Words of more of the texts tell nothing. */
const TOO_COMMON = 0.2
/** A text with that share of the words asked about is one more copy, and says nothing of what others carry. */
const COPY = 0.5

export interface Around {
  readonly share: number
  readonly other: string
  readonly others: number
}

/** Indices of texts that have {@link COPY} or more of the words. */
export function copiesOf(words: Uint32Array, texts: readonly SampleText[]): ReadonlySet<number> {
  const wanted = new Set(words)
  const has = ({ words: own }: SampleText): number => new Set(own.filter((word) => wanted.has(word))).size
  return new Set(texts.flatMap((text, index) => (has(text) >= COPY * wanted.size ? [index] : [])))
}

export class Neighbours {
  readonly #texts: readonly SampleText[]
  readonly #weights = new Map<number, number>()
  readonly #places = new Map<number, number[]>()
  readonly #lengths: Float64Array
  readonly #scores: Float64Array
  readonly #shared: Uint16Array

  constructor(texts: readonly SampleText[]) {
    this.#texts = texts
    texts.forEach(({ words }, index) => {
      for (const word of new Set(words)) {
        const places = this.#places.get(word)
        if (places === undefined) this.#places.set(word, [index])
        else places.push(index)
      }
    })
    for (const [word, places] of this.#places) {
      if (places.length > 1 && places.length <= TOO_COMMON * texts.length)
        this.#weights.set(word, Math.log(texts.length / places.length))
    }
    this.#lengths = Float64Array.from(texts, ({ words }) =>
      Math.hypot(...Array.from(new Set(words), (word) => this.#weights.get(word) ?? 0)),
    )
    this.#scores = new Float64Array(texts.length)
    this.#shared = new Uint16Array(texts.length)
  }

  /**
   * @param without index of a text that does not count: the one asked about
   * @returns share of the nearest that carry the label, 1 where there are too few; the label that most of the others carry, and
   *   how many do
   */
  around(words: Uint32Array, label: string, without: number): Around {
    const found: number[] = []
    const scores = this.#scores
    const shared = this.#shared
    let told = 0
    for (const word of new Set(words)) {
      const weight = this.#weights.get(word)
      if (weight === undefined) continue
      told++
      for (const index of this.#places.get(word)!) {
        if (shared[index] === 0) found.push(index)
        shared[index] = shared[index]! + 1
        scores[index] = scores[index]! + weight * weight
      }
    }
    for (const index of found) scores[index] = scores[index]! / this.#lengths[index]!
    const nearest = found
      .filter((index) => index !== without && shared[index]! < Math.max(2, COPY * told))
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .slice(0, NEAREST)
    for (const index of found) scores[index] = shared[index] = 0
    if (nearest.length < NEAREST) return { share: 1, other: '', others: 0 }
    const counts = new Map<string, number>()
    for (const index of nearest) {
      const own = this.#texts[index]!.label ?? ''
      counts.set(own, (counts.get(own) ?? 0) + 1)
    }
    const [other] = [...counts].filter(([own]) => own !== label).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    return { share: (counts.get(label) ?? 0) / nearest.length, other: other?.[0] ?? '', others: other?.[1] ?? 0 }
  }
}
