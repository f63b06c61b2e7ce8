/** Words as features: what a text is about, as far as they tell. */
import { tokensOf } from './skeleton.js'

/** Rows that a word needs, and most words. */
const LEAST_ROWS = 2
const MOST_WORDS = 40_000

/** Index of each word. Plain data. */
export type Vocabulary = ReadonlyMap<string, number>

export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const rows = new Map<string, number>()
  for (const text of texts) for (const word of new Set(tokensOf(text))) rows.set(word, (rows.get(word) ?? 0) + 1)
  const common = [...rows]
    .filter(([, count]) => count >= LEAST_ROWS)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
  return new Map(common.map(([word], i) => [word, i]))
}

/** Indices of a text's words, ascending, each once. */
export function wordIndices(vocabulary: Vocabulary, text: string): number[] {
  const found = new Set<number>()
  for (const word of tokensOf(text)) {
    const index = vocabulary.get(word)
    if (index !== undefined) found.add(index)
  }
  return [...found].sort((a, b) => a - b)
}
