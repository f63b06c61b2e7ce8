/**
 * Names that stand where other names stand: the carriers of a shop, its towns, its staff. Whichever of eight carriers a parcel
 * goes with depends on no question, so that each of them alone may look injected; all of them together come where parcels are
 * asked for. An attacker's names stay injected: together they come whatever is asked, as each does.
 */
import { isName, type EventRows } from './event-rows.js'
import { AXES, projectedEffect } from './projection.js'
import type { ShingleEvent } from './response-select.js'
import { chain, type WordScanner } from './words.js'

/** Share of a name's places, and how many of them, that another name must take as well to be of its kind. */
const LEAST_SHARED = 1 / 3
const LEAST_PLACES = 3
/** Standard deviations beyond which inputs are not any inputs, unless the difference is tiny (as in response-judge.ts). */
const DRAW_Z = 3
const TINY_EFFECT = 0.004

interface Name {
  readonly event: ShingleEvent
  /** Pairs of the words before and after it, in its sampled rows. */
  readonly places: ReadonlySet<string>
}

/** Tells of a name's event whether the inputs of all names of its kind together are not any inputs. */
export function kinRefutes(
  events: readonly ShingleEvent[],
  rows: readonly EventRows[],
  words: WordScanner,
): (event: ShingleEvent) => boolean {
  let names: readonly Name[] | null = null
  const namesOf = (): readonly Name[] =>
    events.flatMap((event, e) => (isName(rows[e]!) ? [{ event, places: placesOf(event, rows[e]!.outputs.texts, words) }] : []))
  return (event) => {
    names ??= namesOf()
    const own = names.find((name) => name.event === event)
    if (own === undefined) return false
    const kin = names.filter((name) => name !== own && isKin(own, name))
    return kin.length > 0 && isRefuted([own, ...kin])
  }
}

function isKin({ places }: Name, other: Name): boolean {
  let shared = 0
  for (const place of places) if (other.places.has(place)) shared++
  return shared >= LEAST_PLACES && shared >= LEAST_SHARED * places.size
}

/** The squared shift of the mean is χ² over its axes for a random draw: mean {@link AXES}, variance twice that. */
function isRefuted(names: readonly Name[]): boolean {
  const rows = names.reduce((sum, { event }) => sum + event.rows, 0)
  const sums = new Float64Array(AXES)
  for (const { event } of names) for (let k = 0; k < AXES; k++) sums[k] = sums[k]! + event.sums[k]!
  const effect = projectedEffect(sums, rows)
  return effect >= TINY_EFFECT && (rows * effect * AXES) / Math.sqrt(2 * AXES) > DRAW_Z
}

function placesOf(event: ShingleEvent, texts: readonly string[], words: WordScanner): Set<string> {
  const places = new Set<string>()
  for (const text of texts) {
    words.scan(text)
    for (let i = 1; i + 1 < words.count; i++) {
      if (chain(0, words.low[i]!) !== event.low || chain(0, words.high[i]!) !== event.high) continue
      places.add(`${words.low[i - 1]!} ${words.low[i + 1]!}`)
    }
  }
  return places
}
