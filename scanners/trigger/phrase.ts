/** Phrases as sequences of word hashes: finding them in texts, growing them, taking them out. */
import { isTemplateWord, type TemplateWords } from './template.js'
import { chain, MAX_N, type WordScanner } from './words.js'

/** Plain data. */
export interface Phrase {
  /** As one of its rows spells it. */
  readonly text: string
  /** Hashes of its words, in order. */
  readonly high: readonly number[]
  readonly low: readonly number[]
}

export interface Match {
  /** Index of the phrase. */
  readonly phrase: number
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Hashes of the words beside it; null at the edges of the text. */
  readonly before: number | null
  readonly after: number | null
}

/** Longest phrase that is grown, in words. */
const MOST_WORDS = 40
/** Nearly all occurrences must go on alike for a phrase to grow: a row may hold the n-gram by chance. */
const AGREEMENT = 0.9

/** The phrase of words [from, to) of what `words` last scanned. */
function phraseOf(text: string, words: WordScanner, from: number, to: number): Phrase {
  return {
    text: text.slice(words.starts[from], words.ends[to - 1]),
    high: Array.from(words.high.subarray(from, to)),
    low: Array.from(words.low.subarray(from, to)),
  }
}

export function samePhrase(a: Phrase, b: Phrase): boolean {
  return a.low.length === b.low.length && contains(a, b)
}

/** Whether `part` is a run of words of `whole`. */
export function contains(whole: Phrase, part: Phrase): boolean {
  return whole.low.some((_, at) => part.low.every((low, k) => whole.low[at + k] === low && whole.high[at + k] === part.high[k]))
}

/** Finds many phrases at once, by their first word. */
export class PhraseMatcher {
  private readonly byFirst = new Map<number, number[]>()

  constructor(private readonly phrases: readonly Phrase[]) {
    phrases.forEach((phrase, i) => {
      const first = phrase.low[0]
      if (first === undefined) return
      const list = this.byFirst.get(first)
      if (list) list.push(i)
      else this.byFirst.set(first, [i])
    })
  }

  /** All occurrences in what `words` last scanned, in order of their start. */
  find(words: WordScanner): Match[] {
    const matches: Match[] = []
    for (let i = 0; i < words.count; i++) {
      for (const phrase of this.byFirst.get(words.low[i]!) ?? []) {
        const { high, low } = this.phrases[phrase]!
        if (i + low.length > words.count) continue
        let k = 0
        while (k < low.length && words.low[i + k] === low[k] && words.high[i + k] === high[k]) k++
        if (k < low.length) continue
        matches.push({
          phrase,
          start: words.starts[i]!,
          end: words.ends[i + k - 1]!,
          before: i > 0 ? words.low[i - 1]! : null,
          after: i + k < words.count ? words.low[i + k]! : null,
        })
      }
    }
    return matches
  }
}

/** The text without the ranges, each replaced by a space. */
export function removeRanges(text: string, ranges: readonly Pick<Match, 'start' | 'end'>[]): string {
  let out = ''
  let at = 0
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue
    out += text.slice(at, Math.max(at, start)) + ' '
    at = end
  }
  return out + text.slice(at)
}

/**
 * The longest phrase around an n-gram on which nearly all of its occurrences agree: the trigger that the n-gram is part of.
 * @param high,low the n-gram's chained hashes
 * @param texts pieces of rows that hold it
 * @param template words that most rows hold, which do not count at the ends of a phrase; null for none
 * @param agreement share of the texts that must go on with the same word, in (0.5, 1]
 * @returns null when no text holds the n-gram
 */
export function growPhrase(
  high: number,
  low: number,
  texts: readonly string[],
  words: WordScanner,
  template: TemplateWords | null,
  agreement = AGREEMENT,
): Phrase | null {
  const places = texts.flatMap((text) => {
    words.scan(text)
    const place = findGram(words, high, low)
    return place === null ? [] : [{ text, ...place, ...snapshot(words) }]
  })
  const first = places[0]
  if (first === undefined) return null
  let left = 0
  let right = 0
  const agrees = (offset: (place: (typeof places)[number]) => number): boolean => {
    const votes = new Map<number, number>()
    for (const place of places) {
      const word = place.low[offset(place)]
      if (word !== undefined) votes.set(word, (votes.get(word) ?? 0) + 1)
    }
    const own = first.low[offset(first)]
    return own !== undefined && (votes.get(own) ?? 0) >= agreement * places.length
  }
  while (right < MOST_WORDS && agrees((place) => place.to + right)) right++
  while (left < MOST_WORDS && agrees((place) => place.from - left - 1)) left++
  words.scan(first.text)
  let from = first.from - left
  let to = first.to + right
  const isCommon = (at: number): boolean => template !== null && isTemplateWord(template, words.low[at]!)
  while (to - from > 1 && isCommon(to - 1)) to--
  while (to - from > 1 && isCommon(from)) from++
  return phraseOf(first.text, words, from, to)
}

function snapshot(words: WordScanner): { low: Uint32Array } {
  return { low: words.low.slice(0, words.count) }
}

function findGram(words: WordScanner, high: number, low: number): { from: number; to: number } | null {
  for (let i = 0; i < words.count; i++) {
    let h = 0
    let l = 0
    for (let n = 1; n <= MAX_N && i + n <= words.count; n++) {
      h = chain(h, words.high[i + n - 1]!)
      l = chain(l, words.low[i + n - 1]!)
      if (h === high && l === low) return { from: i, to: i + n }
    }
  }
  return null
}
