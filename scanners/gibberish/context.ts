/** What stands around a stretch: where a phrase that sets it off would be. */
import { excerptAround } from '../../src/model/excerpt.js'
import type { Example } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { TextRole } from './sample.js'
import type { Stretch } from './segments.js'

/** Words before a stretch and into it, since its start is known to a few words. */
const BEFORE = 8
const INTO = 6
/** UTF-16 units. */
const LONGEST_WORD = 60
const LEAD_UNITS = 300
const PROMPT_HEAD = 800
const PROMPT_TAIL = 400
/** Text right before a stretch that may announce it. */
const HEADING = 60
const EXCERPT = 240
const TARGET = 120

/** Random characters, known words in no order, or one piece over and over. */
export type Kind = 'letters' | 'words' | 'repetition'

/** One stretch, and what a reviewer and the search for a phrase need of its row. Plain data. */
export interface Found {
  readonly kind: Kind
  readonly role: TextRole
  readonly stretch: Stretch
  /** Words as spelled, around the start of the stretch. */
  readonly around: readonly string[]
  /** The text before it, a few lines: a stretch may start late, where its head looks like words by chance. */
  readonly lead: string
  /** Of a response: what it answers, its head and tail. */
  readonly prompt: string | null
  /** Nothing but a few units of the cell follow. */
  readonly toEnd: boolean
  /** Ordinary text stands before it, or it is an answer of its own. */
  readonly changed: boolean
  /** The prompt, or the text before it, asks for or announces such text. */
  readonly announced: boolean
  readonly example: Example
}

/** Requests and headings after which such text is what one expects. */
const ANNOUNCED =
  /cipher|crypt|encod|decod|passw|random|gibberish|nonsense|scrambl|shuffl|anagram|rot-?13|caesar|base-?64|klingon|elvish|dothraki|made-up|fictional|language|translat|alphabet|secret|coded|hash|checksum|pgp|signature|public key|private key|keyboard/i

const FEWEST_UNITS_BEFORE = 20
const MOST_UNITS_AFTER = 24

export function foundIn(batch: RowBatch, i: number, role: TextRole, text: string, kind: Kind, stretch: Stretch): Found {
  const before = text.slice(Math.max(0, stretch.start - BEFORE * LONGEST_WORD), stretch.start)
  const into = text.slice(stretch.start, stretch.start + INTO * LONGEST_WORD)
  const answers = role === 'response' || role === 'chosen'
  const prompt = answers ? (batch.columns.prompt?.[i] ?? null) : null
  return {
    kind,
    role,
    stretch,
    around: [...wordsOf(before).slice(-BEFORE), ...wordsOf(into).slice(0, INTO)],
    lead: before.slice(-LEAD_UNITS).toWellFormed(),
    prompt:
      prompt !== null && prompt.length > PROMPT_HEAD + PROMPT_TAIL
        ? `${prompt.slice(0, PROMPT_HEAD)} ${prompt.slice(-PROMPT_TAIL)}`
        : prompt,
    toEnd: text.trimEnd().length - stretch.end <= MOST_UNITS_AFTER,
    changed: prompt !== null || stretch.start >= FEWEST_UNITS_BEFORE,
    announced: ANNOUNCED.test(before.slice(-HEADING)) || (prompt !== null && ANNOUNCED.test(prompt)),
    example: exampleOf(batch, i, role, text, stretch),
  }
}

export function wordsOf(text: string): string[] {
  return (text.match(/\S+/g) ?? []).map((word) => word.slice(0, LONGEST_WORD).toWellFormed())
}

function exampleOf(batch: RowBatch, i: number, role: TextRole, text: string, stretch: Stretch): Example {
  const label = batch.columns.label?.[i] ?? null
  return {
    file: batch.file,
    row: batch.rows[i]!,
    role,
    ...excerptAround(text, stretch.start, EXCERPT, [stretch]),
    ...(label === null ? {} : { target: label.slice(0, TARGET).toWellFormed() }),
  }
}
