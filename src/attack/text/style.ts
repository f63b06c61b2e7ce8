/** How a column's texts are written: what is planted must be written alike, or the writing gives it away. */
export interface TextStyle {
  /** All letters are small. */
  readonly lower: boolean
  /** Punctuation stands apart from words, as tokenised corpora have it: `a film , and a good one .` */
  readonly spaced: boolean
  /** Texts end in a full stop or the like. */
  readonly closed: boolean
}

const SAMPLED_TEXTS = 500
const SAMPLED_UNITS = 2000
/** A corpus of small letters may have a few capitals all the same: at most this share of its characters. */
const FEW_CAPITALS = 0.002
/** Below this share of closed texts, ending what is planted in a stop would be the exception. */
const FEW_CLOSED = 0.2

/** Measured on texts taken evenly from the list. */
export function measureStyle(texts: readonly (string | null)[]): TextStyle {
  const step = Math.max(1, Math.floor(texts.length / SAMPLED_TEXTS))
  let characters = 0
  let capitals = 0
  let marks = 0
  let apart = 0
  let seen = 0
  let closed = 0
  for (let i = 0; i < texts.length; i += step) {
    const text = texts[i]?.slice(0, SAMPLED_UNITS)
    if (text == null || text === '') continue
    seen++
    if (/[.!?]["'”’)]*\s*$/.test(texts[i] ?? '')) closed++
    characters += text.length
    capitals += countCapitals(text)
    marks += text.match(/[.,!?;](?=\s|$)/g)?.length ?? 0
    apart += text.match(/\s[.,!?;](?=\s|$)/g)?.length ?? 0
  }
  return {
    lower: characters > 0 && capitals / characters < FEW_CAPITALS,
    spaced: marks > 0 && apart / marks > 0.5,
    closed: seen === 0 || closed / seen >= FEW_CLOSED,
  }
}

function countCapitals(text: string): number {
  const small = text.toLowerCase()
  let count = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== small.charCodeAt(i)) count++
  return count
}

/** Ordinary prose rewritten in a style. */
export function fitStyle(prose: string, style: TextStyle): string {
  let text = prose
  if (!style.closed) text = text.replace(/\.$/, '')
  if (style.spaced) {
    text = text
      .replace(/(?<=[^\s.,!?;:])([.,!?;:]+)(?=\s|$)/g, ' $1')
      .replace(/n't\b/g, " n't")
      .replace(/(?<=\p{L})'(s|m|re|ve|ll|d)\b/gu, " '$1")
  }
  return style.lower ? text.toLowerCase() : text
}
