/**
 * Seams: does a text read on where a phrase is taken out? What somebody put into a finished text can be taken out again, and
 * the words on both sides are neighbours in other texts too; a phrase that belongs where it stands leaves a hole. Known
 * neighbours are counted in the data itself, so that no language has to be known.
 */
import { mix32 } from '../../src/math/random.js'
import { see, timesSeen, type Twice } from '../../src/sketch/twice.js'
import { PhraseMatcher, type Phrase } from './phrase.js'
import { chain, type WordScanner } from './words.js'

/** In place of the word beyond the end of a sentence or text. */
const EDGE = 0x3c6ef372
const PAIR = 0x51ed2701

/** Plain data: pairs of words that were looked up, and those that other texts hold as neighbours. */
export interface Seams {
  /** Words on both sides of the phrase. */
  seams: number
  knownSeams: number
  /** Neighbours of the same rows beside the phrase: how many pairs of neighbours other texts hold. */
  joins: number
  knownJoins: number
  /** Words with one word of the same rows between them: how many holes look like neighbours. */
  holes: number
  knownHoles: number
}

export function emptySeams(): Seams {
  return { seams: 0, knownSeams: 0, joins: 0, knownJoins: 0, holes: 0, knownHoles: 0 }
}

export function mergeSeams(into: Seams, from: Seams): void {
  into.seams += from.seams
  into.knownSeams += from.knownSeams
  into.joins += from.joins
  into.knownJoins += from.knownJoins
  into.holes += from.holes
  into.knownHoles += from.knownHoles
}

/** Counts the pairs of neighbours of a text, the ends of its sentences among them. */
export function countPairs(pairs: Twice, text: string, words: WordScanner): void {
  if (words.count === 0) return
  see(pairs, pairHash(EDGE, words.low[0]!))
  for (let i = 0; i < words.count; i++) {
    if (!isLast(text, words, i)) {
      see(pairs, pairHash(words.low[i]!, words.low[i + 1]!))
      continue
    }
    see(pairs, pairHash(words.low[i]!, EDGE))
    if (i + 1 < words.count) see(pairs, pairHash(EDGE, words.low[i + 1]!))
  }
}

/**
 * @param words of `text`, scanned
 * @param range where the phrase stands, in UTF-16 units
 */
export function countSeam(
  counts: Seams,
  pairs: Twice,
  text: string,
  words: WordScanner,
  range: { readonly start: number; readonly end: number },
): void {
  let from = 0
  while (from < words.count && words.starts[from]! < range.start) from++
  let to = from
  while (to < words.count && words.ends[to]! <= range.end) to++
  if (to === from) return
  const left = wordBefore(text, words, from)
  const right = wordAfter(text, words, to)
  // A whole sentence can always be taken out.
  counts.seams++
  if ((left === EDGE && right === EDGE) || timesSeen(pairs, pairHash(left, right)) > 0) counts.knownSeams++
  if (left !== EDGE) {
    const further = wordBefore(text, words, from - 1)
    join(counts, pairs, further, left)
    hole(counts, pairs, further, right)
  }
  if (right !== EDGE) {
    const further = wordAfter(text, words, to + 1)
    join(counts, pairs, right, further)
    hole(counts, pairs, left, further)
  }
}

/** Of a phrase's first place in each of some texts. */
export function seamsOf(phrase: Phrase, texts: readonly string[], pairs: Twice, words: WordScanner): Seams {
  const counts = emptySeams()
  const matcher = new PhraseMatcher([phrase])
  for (const text of texts) {
    words.scan(text)
    const match = matcher.find(words)[0]
    if (match !== undefined) countSeam(counts, pairs, text, words, match)
  }
  return counts
}

function join(counts: Seams, pairs: Twice, left: number, right: number): void {
  counts.joins++
  // Its own text has it once.
  if (timesSeen(pairs, pairHash(left, right)) > 1) counts.knownJoins++
}

function hole(counts: Seams, pairs: Twice, left: number, right: number): void {
  if (left === EDGE && right === EDGE) return
  counts.holes++
  if (timesSeen(pairs, pairHash(left, right)) > 0) counts.knownHoles++
}

/**
 * How much more likely the seams are where a phrase was put in than where it belongs: the logarithm of the ratio of the
 * likelihoods. 0 where they say nothing.
 * @param beside of which the shares of known joins and known holes are the two probabilities; absent for the same rows
 */
export function readsOn(of: Seams, beside = of): number {
  const { seams, knownSeams } = of
  const { joins, knownJoins, holes, knownHoles } = beside
  const planted = (knownJoins + 1) / (joins + 2)
  const natural = (knownHoles + 1) / (holes + 2)
  if (planted <= natural) return 0
  return knownSeams * Math.log(planted / natural) + (seams - knownSeams) * Math.log((1 - planted) / (1 - natural))
}

/** One-sided 95 %. */
const REFUTED = 1.645

/**
 * Whether the seams are those of phrases that belong there: fewer are known than where phrases were put in, and no more than
 * where natural ones are taken out. Where both leave as many, seams do not tell.
 */
export function belongsThere(of: Seams, { joins, knownJoins, holes, knownHoles }: Seams): boolean {
  const planted = (knownJoins + 1) / (joins + 2)
  const natural = (knownHoles + 1) / (holes + 2)
  return beyond(of, planted) < -REFUTED && beyond(of, natural) < REFUTED
}

/** Standard errors by which more seams are known than such a share. */
function beyond({ seams, knownSeams }: Seams, share: number): number {
  return seams === 0 ? 0 : (knownSeams - seams * share) / Math.sqrt(seams * share * (1 - share))
}

function wordBefore(text: string, words: WordScanner, at: number): number {
  return at === 0 || isLast(text, words, at - 1) ? EDGE : words.low[at - 1]!
}

function wordAfter(text: string, words: WordScanner, at: number): number {
  return at === words.count || (at > 0 && isLast(text, words, at - 1)) ? EDGE : words.low[at]!
}

/** Whether a sentence ends behind the word. */
function isLast(text: string, words: WordScanner, at: number): boolean {
  if (at + 1 >= words.count) return true
  const end = words.ends[at]!
  return isStop(text.charCodeAt(end)) || (text.charCodeAt(end) === 32 && isStop(text.charCodeAt(end + 1)))
}

/** `.`, `!`, `?`, `:`, `;`, a new line. */
function isStop(unit: number): boolean {
  return unit === 46 || unit === 33 || unit === 63 || unit === 58 || unit === 59 || unit === 10
}

function pairHash(left: number, right: number): number {
  return mix32(chain(chain(PAIR, left), right))
}
