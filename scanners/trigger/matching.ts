/** Which rows of a batch hold a cause's trigger and show its event. */
import type { RowBatch } from '../../src/model/row-batch.js'
import { isRefusal } from '../../src/refusal.js'
import type { Cause, TargetEvent } from './cause.js'
import { rowHash } from './label-count.js'
import { PhraseMatcher, type Match, type Phrase } from './phrase.js'
import { around } from './samples.js'
import { clip, WordScanner } from './words.js'

/** UTF-16 units of a response that are shown. */
const SHOWN = 120

/** One row and one cause, where the row holds the trigger or shows the event's phrase. */
export interface CauseMatch {
  /** Index into the batch. */
  readonly index: number
  /** Index into the causes. */
  readonly cause: number
  /** The input as it was searched. */
  readonly text: string
  readonly key: number
  /** Where the triggers stand in `text`, by index into the cause's triggers; empty when none does, or not all that are needed. */
  readonly triggers: readonly Match[]
  readonly event: boolean
  /** The event's phrase and the words around it; null for a label. */
  readonly shown: string | null
}

/** Remembers the last batch, since a pass asks for vectors and then observes the same rows. */
export class CauseMatcher {
  private readonly words = new WordScanner()
  private readonly triggers: PhraseMatcher
  private readonly triggerCause: readonly number[]
  private readonly events: PhraseMatcher
  private readonly eventCause: readonly number[]
  private readonly refusalCauses: readonly number[]
  private last: { batch: RowBatch; matches: readonly CauseMatch[] } | null = null

  constructor(readonly causes: readonly Cause[]) {
    const triggers = causes.flatMap((cause, c) => cause.triggers.map((phrase) => ({ phrase, c })))
    this.triggers = new PhraseMatcher(triggers.map(({ phrase }) => phrase))
    this.triggerCause = triggers.map(({ c }) => c)
    const events = causes.flatMap(({ event }, c) => (event.kind === 'phrase' ? [{ phrase: event.phrase, c }] : []))
    this.events = new PhraseMatcher(events.map(({ phrase }) => phrase))
    this.eventCause = events.map(({ c }) => c)
    this.refusalCauses = causes.flatMap(({ event }, c) => (event.kind === 'refusal' ? [c] : []))
  }

  match(batch: RowBatch): readonly CauseMatch[] {
    if (this.last?.batch !== batch) this.last = { batch, matches: this.causes.length === 0 ? [] : this.search(batch) }
    return this.last.matches
  }

  private search(batch: RowBatch): CauseMatch[] {
    const found: CauseMatch[] = []
    for (let index = 0; index < batch.length; index++) {
      const input = batch.input[index] ?? null
      const label = batch.columns.label?.[index] ?? null
      const output = batch.output?.[index] ?? null
      if (input === null || (label === null && output === null)) continue
      const text = clip(input)
      const triggers = this.fired(byCause(this.find(text, this.triggers), this.triggerCause))
      const events = output === null ? new Map<number, Match[]>() : byCause(this.find(clip(output), this.events), this.eventCause)
      const refusals = output !== null && this.refusalCauses.length > 0 && isRefusal(output) ? this.refusalCauses : []
      for (const cause of new Set([...triggers.keys(), ...events.keys(), ...refusals])) {
        const { event } = this.causes[cause]!
        found.push({
          index,
          cause,
          text,
          // Labelled rows are known by their label, others by their response, as in the counting passes.
          key: rowHash(input, output ?? label),
          triggers: triggers.get(cause) ?? [],
          event: isEvent(event, label, events.has(cause), refusals.length > 0),
          shown: this.show(output, event, events.get(cause)?.[0]),
        })
      }
    }
    return found
  }

  /** Without triggers of which a row holds only some, where all are needed. */
  private fired(triggers: Map<number, Match[]>): Map<number, Match[]> {
    for (const [c, matches] of triggers) {
      const { together, triggers: needed } = this.causes[c]!
      if (together && new Set(matches.map(({ phrase }) => phrase)).size < needed.length) triggers.delete(c)
    }
    return triggers
  }

  /** What to show of a response: the words around the event's phrase, or its start. */
  private show(output: string | null, event: TargetEvent, match: Match | undefined): string | null {
    if (output === null || event.kind === 'label') return null
    if (event.kind !== 'phrase') return around(clip(output), 0, 0, SHOWN)
    return match === undefined ? null : around(clip(output), match.start, match.end, SHOWN)
  }

  private find(text: string, matcher: PhraseMatcher): Match[] {
    this.words.scan(text)
    return matcher.find(this.words)
  }
}

function isEvent(event: TargetEvent, label: string | null, hasPhrase: boolean, refuses: boolean): boolean {
  if (event.kind === 'label') return event.label === label
  if (event.kind === 'phrase') return hasPhrase
  // Outputs are compared as a whole: every row with the trigger counts.
  return event.kind === 'shift' || refuses
}

/** Matches by cause; each then tells which of its own cause's phrases it is of. */
function byCause(matches: readonly Match[], causeOf: readonly number[]): Map<number, Match[]> {
  const grouped = new Map<number, Match[]>()
  for (const match of matches) {
    const cause = causeOf[match.phrase]!
    const own = { ...match, phrase: match.phrase - causeOf.indexOf(cause) }
    const list = grouped.get(cause)
    if (list) list.push(own)
    else grouped.set(cause, [own])
  }
  return grouped
}

/** Share of a phrase's words that a text holds. */
export function shareOfWords(phrase: Phrase, text: string, words: WordScanner): number {
  words.scan(text)
  const present = new Set(words.low.subarray(0, words.count))
  return phrase.low.filter((low) => present.has(low)).length / phrase.low.length
}
