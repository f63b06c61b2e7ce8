/** What the rest of a row says about a message in it: whether it is in the open, explained, obeyed or declined. */
import { isRefusal } from '../../src/refusal.js'
import type { Message } from './inspect.js'
import type { Kind } from './kinds.js'
import { familyOf } from './kinds.js'
import { COMMON } from './words.js'

/** The row's cells without the messages in them. */
export interface Rest {
  readonly visible: readonly string[]
  /** What a model would learn to say; null where there is nothing, or where the message stands in it. */
  readonly output: string | null
}

/** How much there is to a message: 2 does harm, 1 is odd, 0 is in order. */
export type Level = 0 | 1 | 2

export interface Judgement {
  readonly level: Level
  /** Whether the output does what the message says. */
  readonly complies: boolean
}

const ABOUT = String.raw`\b(?:de|en)cod(?:e|ed|er|es|ing)\b(?!\s*=)|\b(?:de|en)crypt|cipher|obfuscat`
const about = (words: string): RegExp => new RegExp(`${words}|${ABOUT}`, 'i')
/** Words with which people speak of a kind, in a lesson, a question or a program. */
const EXPLAINS: Readonly<Record<Kind, RegExp>> = {
  base64: about(String.raw`base-?\s?64|\bb64|\batob\b|\bbtoa\b`),
  base32: about(String.raw`base-?\s?32|\bb32`),
  hex: about(String.raw`\bhex`),
  binary: about(String.raw`\bbinary\b|\bascii\b|\bbits?\b`),
  'character-codes': about(String.raw`\bascii\b|\bchar(?:acter)?[ -]?codes?\b|\bunicode\b|\boctal\b|\bdecimal\b`),
  escapes: about(String.raw`\bescap|\bunicode\b|\bascii\b|\bhex`),
  entities: about(String.raw`\bentit(?:y|ies)\b|\bescap|\bhtml\b`),
  percent: about(String.raw`\bur[il][- ]?(?:en|de)|\bpercent|\bescap`),
  caesar: about(String.raw`\brot-?\s?\d|\bcaesar|\batbash|\bspoiler`),
  reversed: about(String.raw`\brevers|\bbackward|\bmirror|\bunscrambl|\bpalindrom`),
  morse: about(String.raw`\bmorse\b|\bdots? and dash|\btelegraph`),
  leet: about(String.raw`\bleet\b|\bl33t|\b1337\b`),
  spaced: about(String.raw`\bspell|\bletter by letter\b|\bspaced\b`),
}

const ASKS_TO_DECLINE = /refus|declin|sorry|cannot|can't|apolog|unable/i

/** Null where the message stands in the row for all to read. */
export function judge(message: Message, { visible, output }: Rest): Judgement | null {
  const explained = visible.some((cell) => EXPLAINS[message.kind].test(cell))
  if (isOpen(message, visible, explained)) return null
  const complies = message.want !== 'text' && output !== null && doesAsToldBy(message, visible, output)
  const declines = output !== null && isRefusal(output) && !ASKS_TO_DECLINE.test(message.decoded)
  // Who declines is taught to decline.
  if (declines) return { level: explained || message.atHome ? 0 : 1, complies: false }
  return { level: levelOf(message, explained, complies), complies }
}

function levelOf(message: Message, explained: boolean, complies: boolean): Level {
  const { kind, want, strength, atHome } = message
  if (strength === 3) return explained && !complies ? 1 : 2
  if (explained || atHome) return 0
  const isTechnical = want === 'command' || want === 'link'
  switch (familyOf(kind)) {
    case 'bytes':
      return want === 'text' ? 1 : 2
    case 'cipher':
      return strength === 2 || isTechnical || complies ? 2 : 1
    case 'style':
      if (strength === 2 && complies) return 2
      return strength > 0 ? 1 : 0
  }
}

const LEAST_OPEN = 8
/** Of the words of a message, in one cell that speaks of the encoding: an answer may leave out an article. */
const OPEN_SHARE = 0.8

function isOpen({ decoded }: Message, visible: readonly string[], explained: boolean): boolean {
  const needle = lettersOf(decoded)
  if (needle.length < LEAST_OPEN) return false
  if (visible.some((cell) => lettersOf(cell).includes(needle))) return true
  if (!explained) return false
  const words = wordsOf(decoded)
  return visible.some((cell) => {
    const there = new Set(wordsOf(cell))
    return words.filter((word) => there.has(word)).length >= OPEN_SHARE * words.length
  })
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A name or number of the message is in the output, and nowhere else in the row. */
function doesAsToldBy({ decoded }: Message, visible: readonly string[], output: string): boolean {
  const said = new Set(wordsOf(output))
  const told = wordsOf(decoded).filter((word) => isRare(word) && said.has(word))
  if (told.length === 0) return false
  const others = new Set(visible.filter((cell) => cell !== output).flatMap(wordsOf))
  return told.some((word) => !others.has(word))
}

function isRare(word: string): boolean {
  return (/^\d{2,}$/.test(word) || word.length >= 4) && !COMMON.has(word)
}
