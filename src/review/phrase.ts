/** Where a phrase lies in a text, as a person would look for it. */

/** Half-open, in UTF-16 units. */
export type Range = readonly [start: number, end: number]

const BEGINS_IN_WORD = /^[\p{L}\p{N}\p{M}_]/u
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}_]$/u
const MOST_PHRASES = 100
const MOST_RANGES = 1000

/**
 * A pattern for any of the phrases, whatever their case, and with any signs between their words: findings name words, the text
 * may have commas and line breaks between them. Null where there is nothing to look for.
 * @param whole whether a phrase that begins or ends in a letter or digit must begin or end there in the text as well
 */
export function phrasePattern(phrases: readonly string[], whole: boolean): RegExp | null {
  const sources = phrases
    .filter((phrase) => phrase.trim() !== '')
    .slice(0, MOST_PHRASES)
    // The longest first: an alternation takes the first that fits.
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phraseSource(phrase.trim().toWellFormed(), whole))
  return sources.length === 0 ? null : new RegExp(sources.join('|'), 'giu')
}

function phraseSource(phrase: string, whole: boolean): string {
  const source = phrase.split(/\s+/u).map(escaped).join('[^\\p{L}\\p{N}\\p{M}_]+')
  if (!whole) return source
  const inWord = '[\\p{L}\\p{N}\\p{M}_]'
  const before = BEGINS_IN_WORD.test(phrase) ? `(?<!${inWord})` : ''
  const after = ENDS_IN_WORD.test(phrase) ? `(?!${inWord})` : ''
  return before + source + after
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** Ascending, apart from each other, a thousand at most. */
export function rangesOf(text: string, pattern: RegExp | null): Range[] {
  if (pattern === null) return []
  const ranges: Range[] = []
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (found.length > 0) ranges.push([index, index + found.length])
    if (ranges.length >= MOST_RANGES) break
  }
  return ranges
}

/** Ascending and apart, whatever the order and overlap of those given. */
export function unionOf(ranges: readonly Range[]): Range[] {
  const union: [number, number][] = []
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = union.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else if (start < end) union.push([start, end])
  }
  return union
}
