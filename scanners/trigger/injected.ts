/** Events that need no trigger: content or refusals that come whatever was asked. */
import type { Cause } from './cause.js'
import { contains, growPhrase } from './phrase.js'
import { isName, isRefusals, type EventRows } from './event-rows.js'
import { kinRefutes } from './kin.js'
import type { ShingleEvent } from './response-select.js'
import { byKey } from '../../src/sketch/key-table.js'
import { upperBound, type SaturatingCounts } from '../../src/sketch/saturating-counts.js'
import type { WordScanner } from './words.js'

const MOST_CAUSES = 64
/** Below this, a random draw and a subject cannot be told apart. */
export const INJECTED_ROWS = 16
/** Inputs that differ by more than this share of what an ordinary event's do are not any inputs. */
const LARGEST_SHARE = 0.35
/** A name that inputs hold as well, in so many rows for each of the event's, is of the data's own world: days, towns, people. */
const LARGEST_KNOWN = 0.1

/**
 * Adds the refusals as one event, and the names, links and refusals' words whose inputs look most like any inputs.
 * Other words that come whatever was asked are the manner of a data set: an attacker wants something named or something refused.
 */
export function addInjectedCauses(
  causes: Cause[],
  events: readonly ShingleEvent[],
  rows: readonly EventRows[],
  typicalEffect: number,
  inputs: SaturatingCounts,
  words: WordScanner,
): void {
  const refusals = Math.max(0, ...rows.map((event) => event.refusals))
  if (refusals > 0) causes.push({ triggers: [], event: { kind: 'refusal' }, expectedRows: 4 * refusals })
  const wanted = events
    .map((event, e) => ({ event, rows: rows[e]! }))
    .filter(({ event, rows: { rows: n } }) => n >= INJECTED_ROWS && event.effect <= LARGEST_SHARE * typicalEffect)
    .filter(
      ({ event, rows: own }) => isRefusals(own) || (isName(own) && upperBound(inputs, event.low) <= LARGEST_KNOWN * own.rows),
    )
    .sort((a, b) => b.event.rows - a.event.rows || byKey(a.event, b.event))
  const isOfAKind = kinRefutes(events, rows, words)
  const limit = causes.length + MOST_CAUSES
  for (const { event, rows: own } of wanted) {
    if (causes.length >= limit) break
    if (isName(own) && isOfAKind(event)) continue
    const phrase = growPhrase(event.high, event.low, own.outputs.texts, words, null)
    if (phrase === null) continue
    const known = causes.some(
      (cause) =>
        cause.triggers.length === 0 &&
        cause.event.kind === 'phrase' &&
        (contains(cause.event.phrase, phrase) || contains(phrase, cause.event.phrase)),
    )
    if (!known) causes.push({ triggers: [], event: { kind: 'phrase', phrase }, expectedRows: event.rows })
  }
}
