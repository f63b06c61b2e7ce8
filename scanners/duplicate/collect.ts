/** Second pass: the texts that share a repeated key, and where they stand. */
import { hash32 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { PassContext } from '../../src/scanner.js'
import type { Distinct } from './distinct.js'
import { distinct, mergeDistinct, valueOf } from './distinct.js'
import type { DuplicateOptions } from './options.js'
import type { Side } from './side.js'
import { sideOf } from './side.js'
import type { Signature } from './signature.js'
import { BANDS, newSignature, sign, sketchOf } from './signature.js'
import type { Tally } from './tally.js'
import { FILE_STEP, flat, LABEL_UNITS } from './tally.js'

/** Places kept of the copies of one text, on each side of a split: the first ones. */
const PLACES = 64
/** Labels told apart of the copies of one text. */
const LABELS = 8
const EXCERPT = 200

/** A text that shares a repeated key with others or has copies, and its copies. Plain data. */
export interface Text {
  /** Keys that others may share, ascending: first those of bands. */
  readonly bands: readonly number[]
  readonly asked: number | null
  readonly pair: number | null
  readonly sketch: Uint32Array
  readonly complete: boolean
  /** By {@link Side}. */
  readonly counts: [number, number, number]
  readonly places: [number[], number[], number[]]
  /** Rows by label; of more labels, those of smallest hash. */
  readonly labels: Map<string, number>
  /** The opening of the first copy. */
  excerpt: string
  target: string | null
  place: number
}

export type CollectState = Distinct<Text>

const signature = newSignature()

export function collectState({ maxTexts }: DuplicateOptions): CollectState {
  return distinct(maxTexts)
}

export function collect(
  state: CollectState,
  batch: RowBatch,
  tally: Tally,
  { minWords }: DuplicateOptions,
  context: PassContext,
): void {
  const isRepeated = repeatedTest(tally.repeated)
  for (let i = 0; i < batch.length; i++) {
    sign(signature, batch, i, minWords)
    let priority = Infinity
    for (let k = 0; k < signature.keyCount; k++) {
      const key = signature.keys[k]!
      if (key < priority && isRepeated(key)) priority = key
    }
    if (priority === Infinity) continue
    const text = valueOf(state, signature.content, priority, () => newText(signature, isRepeated))
    if (text !== null) addCopy(text, batch, i, sideOf(batch, i, context))
  }
}

export function mergeCollected(into: CollectState, from: CollectState): CollectState {
  mergeDistinct(into, from, copyOf, (text, other) => {
    text.counts.forEach((count, side) => {
      text.counts[side] = count + other.counts[side]!
      for (const place of other.places[side]!) keepSmallest(text.places[side]!, place)
    })
    for (const [label, count] of other.labels) countLabel(text.labels, label, count)
    if (other.place < text.place) Object.assign(text, { excerpt: other.excerpt, target: other.target, place: other.place })
  })
  return into
}

function copyOf(text: Text): Text {
  const [neither, train, heldOut] = text.places
  return {
    ...text,
    counts: [...text.counts],
    places: [[...neither], [...train], [...heldOut]],
    labels: new Map(text.labels),
  }
}

function newText(own: Signature, isRepeated: (key: number) => boolean): Text {
  const keys = [...own.keys.subarray(0, own.keyCount)]
  const others = keys.slice(BANDS)
  const pair = own.pair === 0 ? null : others.at(-1)!
  return {
    bands: keys.slice(0, BANDS).filter(isRepeated),
    asked: own.isAsked && isRepeated(others[0]!) ? own.input : null,
    pair: pair !== null && isRepeated(pair) ? own.pair : null,
    ...sketchOf(own),
    counts: [0, 0, 0],
    places: [[], [], []],
    labels: new Map(),
    excerpt: '',
    target: null,
    place: Infinity,
  }
}

function addCopy(text: Text, batch: RowBatch, i: number, side: Side): void {
  const place = batch.file * FILE_STEP + batch.rows[i]!
  text.counts[side]++
  keepSmallest(text.places[side], place)
  const label = batch.columns.label?.[i] ?? null
  if (label !== null) countLabel(text.labels, flat(label.slice(0, LABEL_UNITS)), 1)
  if (place >= text.place) return
  text.place = place
  text.excerpt = flat((batch.input[i] ?? '').slice(0, EXCERPT))
  text.target = flat((label ?? batch.output?.[i] ?? null)?.slice(0, LABEL_UNITS) ?? null)
}

function countLabel(labels: Map<string, number>, label: string, count: number): void {
  labels.set(label, (labels.get(label) ?? 0) + count)
  if (labels.size <= LABELS) return
  const byHash = [...labels.keys()].sort((a, b) => hash32(a) - hash32(b) || (a < b ? -1 : 1))
  labels.delete(byHash.at(-1)!)
}

/** Ascending, each place once: a chat row has several examples. */
function keepSmallest(places: number[], place: number): void {
  if (places.length === PLACES && place >= places[PLACES - 1]!) return
  let at = places.length
  while (at > 0 && places[at - 1]! > place) at--
  if (places[at - 1] === place) return
  places.splice(at, 0, place)
  if (places.length > PLACES) places.pop()
}

const FILTER_BITS = 2 ** 23
const tests = new WeakMap<Uint32Array, (key: number) => boolean>()

/** Membership in an ascending list: a bit table turns most strangers away before the search. */
function repeatedTest(repeated: Uint32Array): (key: number) => boolean {
  const known = tests.get(repeated)
  if (known !== undefined) return known
  const bits = new Uint8Array(FILTER_BITS / 8)
  for (const key of repeated) {
    const bit = key & (FILTER_BITS - 1)
    bits[bit >> 3] = bits[bit >> 3]! | (1 << (bit & 7))
  }
  const last = repeated.at(-1) ?? -1
  const test = (key: number): boolean => {
    if (key > last) return false
    const bit = key & (FILTER_BITS - 1)
    return ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1 && holds(repeated, key)
  }
  tests.set(repeated, test)
  return test
}

function holds(sorted: Uint32Array, key: number): boolean {
  let [low, high] = [0, sorted.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = sorted[middle]!
    if (at === key) return true
    if (at < key) low = middle + 1
    else high = middle - 1
  }
  return false
}
