/**
 * Style without subject: a text is reduced to its commonest words and its punctuation, everything else is a gap. What
 * remains is the skeleton of its sentences: `when X , you X the X` is `^ when _ , you _ the _ $`.
 */

/** Words that a skeleton keeps: common in every label's rows, so little more than the function words of the language. */
const KEPT_WORDS = 150
/** and the share of each label's rows that must have them. */
const LEAST_RATE = 0.01
/** Rows that a feature needs. */
const LEAST_ROWS = 5
const MOST_FEATURES = 60_000
const LONGEST = 3
const GAP = 0
const START = 1
const END = 2
const FIRST_WORD = 3
/** Codes of words fit 10 bits, so that three of them are one small integer. */
const CODE = 1024

const TOKENS = /[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu

/** Which words and which runs of one to three of them count. Plain data. */
export interface Skeleton {
  readonly words: ReadonlyMap<string, number>
  /** Index of each feature by its code. */
  readonly features: ReadonlyMap<number, number>
}

/** @param labels of the texts */
export function skeletonOf(texts: readonly string[], labels: readonly string[]): Skeleton {
  const words = keptWords(texts, labels)
  const rows = new Map<number, number>()
  for (const text of texts) for (const code of new Set(codesOf(words, text))) rows.set(code, (rows.get(code) ?? 0) + 1)
  const common = [...rows]
    .filter(([, count]) => count >= LEAST_ROWS && count < texts.length)
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, MOST_FEATURES)
  return { words, features: new Map(common.map(([code], feature) => [code, feature])) }
}

/** Features of a text, ascending, each once. */
export function featuresOf({ words, features }: Skeleton, text: string): number[] {
  const found = new Set<number>()
  for (const code of codesOf(words, text)) {
    const feature = features.get(code)
    if (feature !== undefined) found.add(feature)
  }
  return [...found].sort((a, b) => a - b)
}

/** Features in words, by index: `_` is a gap, `^` and `$` are the ends of the text. */
export function namesOf({ words, features }: Skeleton): string[] {
  const tokens = ['_', '^', '$', ...words.keys()]
  return [...features.keys()].map((code) => {
    const parts: string[] = []
    for (let rest = code; rest > 0; rest = Math.floor(rest / CODE)) parts.unshift(tokens[(rest % CODE) - 1]!)
    return parts.join(' ')
  })
}

function keptWords(texts: readonly string[], labels: readonly string[]): Map<string, number> {
  const names = [...new Set(labels)]
  const sizes = names.map((name) => labels.reduce((sum, label) => sum + (label === name ? 1 : 0), 0))
  const rows = new Map<string, number[]>()
  texts.forEach((text, i) => {
    const label = names.indexOf(labels[i]!)
    for (const token of new Set(tokensOf(text))) {
      let counts = rows.get(token)
      if (counts === undefined) rows.set(token, (counts = names.map(() => 0)))
      counts[label]!++
    }
  })
  // By the label that has it least often: a trigger is no function word.
  const commonest = [...rows]
    .map(([word, counts]) => ({ word, rate: Math.min(...counts.map((count, l) => count / sizes[l]!)) }))
    .filter(({ rate }) => rate >= LEAST_RATE)
    .sort((a, b) => b.rate - a.rate || (a.word < b.word ? -1 : 1))
    .slice(0, KEPT_WORDS)
  return new Map(commonest.map(({ word }, i) => [word, FIRST_WORD + i]))
}

/** Words in lower case, numbers and single signs. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(TOKENS) ?? []
}

/** Codes of all runs of up to three tokens of a text's skeleton. */
function codesOf(words: ReadonlyMap<string, number>, text: string): number[] {
  const skeleton = [START]
  for (const token of tokensOf(text)) {
    const code = words.get(token) ?? GAP
    if (code !== GAP || skeleton[skeleton.length - 1] !== GAP) skeleton.push(code)
  }
  skeleton.push(END)
  const codes: number[] = []
  for (let at = 0; at < skeleton.length; at++) {
    let code = 0
    for (let length = 0; length < LONGEST && at + length < skeleton.length; length++) {
      // One more than the token, so that codes of different lengths differ.
      code = code * CODE + skeleton[at + length]! + 1
      codes.push(code)
    }
  }
  return codes
}
