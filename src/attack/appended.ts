import { insertPiece } from './text/insert.js'

/** Between two sentences: behind a stop that ends a word of three letters, so no number of a list, and before white space. */
const SENTENCE_END = /(?<=\p{Ll}{3})[.!?]["')\]]?(?=\s)/gu

/** A text with a sentence behind one of its own, at random, or at its end; on lines of its own where the text has many. */
export function addSentence(text: string, sentence: string, random: () => number): string {
  const body = text.trimEnd()
  const ends = [...Array.from(body.matchAll(SENTENCE_END), (match) => match.index + match[0].length), body.length]
  // The end counts as often as all other places: that is where advertisements go.
  const at = random() < 0.5 ? body.length : ends[Math.floor(random() * ends.length)]!
  if (at < body.length) return `${text.slice(0, at)} ${sentence}${text.slice(at)}`
  if (!body.includes('\n')) return insertPiece(text, sentence, 'end', random)
  return `${body}\n\n${sentence}${text.slice(body.length)}`
}
