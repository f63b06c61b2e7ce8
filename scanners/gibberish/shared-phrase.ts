/** The phrase that stretches of gibberish have in common: before them, or in the prompts they answer. */
import { logBinomialTail } from '../../src/math/stats.js'
import type { Found } from './context.js'
import { wordsOf } from './context.js'
import type { Counts } from './counts.js'
import { Words, wordSlot } from './counts.js'

const LONGEST_PHRASE = 6
/** Fewer rows with one phrase are no pattern. */
const FEWEST_ROWS = 3
const MOST_SUSPECTS = 1000
/** Share of the cells that hold the phrase which must turn into gibberish. */
const LEAST_PRECISION = 0.5
/** A longer phrase may lose this share of rows to typing and cuts. */
const KEPT = 0.9

export interface SharedPhrase {
  /** As one of its rows spells it. */
  readonly text: string
  /** Letters and digits only, lower-case, words parted by blanks. */
  readonly plain: string
  /** The part of `plain` that says which rows belong. */
  readonly core: string
  readonly place: 'before' | 'prompt'
  /** ln of the chance that so many rows share it, for any phrase tried. */
  readonly logAdjusted: number
}

interface Candidate {
  readonly text: string
  readonly words: readonly string[]
  readonly members: Set<number>
}

export type Place = SharedPhrase['place']

/** What a phrase is compared with. */
export interface Background {
  readonly counts: Counts
  /** Words of the sample. */
  readonly words: number
}

/** A phrase that chance does not explain; whether it is always followed by gibberish is for the next pass to say. */
export interface Suspect {
  readonly plain: string
  readonly place: Place
}

/** At most MOST_SUSPECTS of a place, those that chance explains least first. */
export function suspectsOf(found: readonly Found[], background: Background, place: Place, alpha: number): Suspect[] {
  return judge(found, background, place)
    .filter(({ logAdjusted }) => logAdjusted < Math.log(alpha))
    .slice(0, MOST_SUSPECTS)
    .map(({ plain }) => ({ plain, place }))
}

/**
 * @param cellsWith cells of the data that hold a suspect, by its plain words; a phrase that is not there is no suspect
 * @returns the phrase least explained by chance, or null when chance at `alpha` explains each
 */
export function sharedPhrase(
  found: readonly Found[],
  background: Background,
  place: Place,
  cellsWith: ReadonlyMap<string, number>,
  alpha: number,
): SharedPhrase | null {
  const judged = judge(found, background, place).filter(
    ({ plain, members }) => members.size >= LEAST_PRECISION * (cellsWith.get(plain) ?? Infinity),
  )
  const best = judged[0]
  if (best === undefined || best.logAdjusted >= Math.log(alpha)) return null
  const whole = judged
    .filter(({ plain, members }) => ` ${plain} `.includes(` ${best.plain} `) && members.size >= KEPT * best.members.size)
    .reduce((a, b) => (b.words.length > a.words.length ? b : a), best)
  return { text: whole.text, plain: whole.plain, core: best.plain, place, logAdjusted: best.logAdjusted }
}

type Judged = Candidate & { readonly plain: string; readonly logAdjusted: number }

/** Phrases of three rows or more, those that chance explains least first. */
function judge(found: readonly Found[], { counts, words }: Background, place: Place): Judged[] {
  const texts = found.map((one) => searched(one, place))
  const candidates = [...candidatesOf(texts)].filter(([, { members }]) => members.size >= FEWEST_ROWS)
  const occurrences = occurrencesIn(counts)
  const chances = texts.reduce((sum, list) => sum + list.length, 0) / Math.max(1, texts.length)
  return candidates
    .map(([plain, candidate]) => {
      const chance = -Math.expm1((-Math.max(1, occurrences(candidate.words)) / Math.max(1, words)) * chances)
      const logAdjusted = logBinomialTail(found.length, candidate.members.size, chance) + Math.log(candidates.length)
      return { plain, ...candidate, logAdjusted }
    })
    .sort((a, b) => a.logAdjusted - b.logAdjusted || b.words.length - a.words.length || (a.plain < b.plain ? -1 : 1))
}

/** Whether a row has the phrase where the phrase stands. */
export function hasPhrase(one: Found, { core, place }: SharedPhrase): boolean {
  const words = place === 'before' ? [...wordsOf(one.lead), '|', ...one.around] : searched(one, place)
  const plain = words.map(plainOf).filter((word) => word !== '')
  return ` ${plain.join(' ')} `.includes(` ${core} `)
}

function searched(one: Found, place: SharedPhrase['place']): readonly string[] {
  if (place === 'before') return one.around
  return one.prompt === null ? [] : wordsOf(one.prompt)
}

function candidatesOf(texts: readonly (readonly string[])[]): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>()
  texts.forEach((words, t) => {
    const plain = words.map(plainOf)
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_PHRASE); to++) {
        if (plain[from] === '' || plain[to - 1] === '') continue
        const list = plain.slice(from, to).filter((word) => word !== '')
        const key = list.join(' ')
        const known = candidates.get(key)
        if (known) known.members.add(t)
        else candidates.set(key, { text: words.slice(from, to).join(' '), words: list, members: new Set([t]) })
      }
    }
  })
  return candidates
}

export const plainOf = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** At most how often a phrase stands in the sample: as its rarest word does. One without letters may stand anywhere. */
function occurrencesIn(counts: Counts): (phrase: readonly string[]) => number {
  const words = new Words()
  return (phrase) => {
    words.read(phrase.join(' '))
    let least = Infinity
    for (let w = 0; w < words.count; w++) least = Math.min(least, counts.words[wordSlot(counts, words.hashes[w]!)]!)
    return least
  }
}
