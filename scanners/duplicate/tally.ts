/** First pass: which band keys repeat, and a sample of texts to hold clusters against. */
import { mix32 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { PassContext } from '../../src/scanner.js'
import type { Distinct } from './distinct.js'
import { distinct, mergeDistinct, valueOf, wholeGroups } from './distinct.js'
import type { KeySample } from './key-sample.js'
import { addKey, ALL_KEYS, keySample, mergeKeySamples, repeatedKeys } from './key-sample.js'
import type { DuplicateOptions } from './options.js'
import type { Signature } from './signature.js'
import { newSignature, sign } from './signature.js'
import { HELD_OUT, sideOf, TRAIN } from './side.js'

const SAMPLE = 4000
/** First words kept of a sampled text. */
const SAMPLE_WORDS = 64
export const LABEL_UNITS = 120

/** A text of the sample. */
export interface SampleText {
  readonly words: Uint32Array
  label: string | null
  /** Where that label was read: the first place of the text. */
  place: number
}

export interface TallyState {
  rows: number
  compared: number
  train: number
  heldOut: number
  readonly keys: KeySample
  readonly sample: Distinct<SampleText>
}

export interface Tally {
  readonly rows: number
  readonly compared: number
  readonly train: number
  readonly heldOut: number
  /** Keys that came more than once, ascending. */
  readonly repeated: Uint32Array
  /** Share of all keys that were counted: those up to a bound. */
  readonly keyShare: number
  readonly sample: readonly { readonly content: number; readonly value: SampleText }[]
}

const signature = newSignature()

export function tallyState({ maxKeys }: DuplicateOptions): TallyState {
  return { rows: 0, compared: 0, train: 0, heldOut: 0, keys: keySample(maxKeys), sample: distinct(SAMPLE) }
}

export function tally(state: TallyState, batch: RowBatch, { minWords }: DuplicateOptions, context: PassContext): void {
  for (let i = 0; i < batch.length; i++) {
    state.rows++
    const side = sideOf(batch, i, context)
    if (side === TRAIN) state.train++
    if (side === HELD_OUT) state.heldOut++
    sign(signature, batch, i, minWords)
    if (signature.keyCount === 0) continue
    state.compared++
    for (let k = 0; k < signature.keyCount; k++) addKey(state.keys, signature.keys[k]!)
    addToSample(state, batch, i, signature, context.seed)
  }
}

export function mergeTallies(into: TallyState, from: TallyState): TallyState {
  into.rows += from.rows
  into.compared += from.compared
  into.train += from.train
  into.heldOut += from.heldOut
  mergeKeySamples(into.keys, from.keys)
  mergeDistinct(
    into.sample,
    from.sample,
    (text) => ({ ...text }),
    (text, other) => {
      if (other.place < text.place) [text.label, text.place] = [other.label, other.place]
    },
  )
  return into
}

export function tallied({ rows, compared, train, heldOut, keys, sample }: TallyState): Tally {
  const repeated = repeatedKeys(keys)
  return { rows, compared, train, heldOut, repeated, keyShare: (keys.bound + 1) / ALL_KEYS, sample: wholeGroups(sample) }
}

/** A row's place in the data set as one number, in (file, row) order: exact for 2^19 files of 2^34 rows. */
export const FILE_STEP = 2 ** 34

function addToSample(
  { sample }: TallyState,
  batch: RowBatch,
  i: number,
  { content, read, inputEnd }: Signature,
  seed: number,
): void {
  const priority = mix32((content % ALL_KEYS) ^ Math.imul(seed, 0x9e3779b1))
  const place = batch.file * FILE_STEP + batch.rows[i]!
  const label = (): string | null => flat(batch.columns.label?.[i]?.slice(0, LABEL_UNITS) ?? null)
  const text = valueOf(sample, content, priority, () => ({
    words: read.hashes.slice(0, Math.min(SAMPLE_WORDS, inputEnd === 0 ? read.count : inputEnd)),
    label: label(),
    place,
  }))
  if (text !== null && place < text.place) [text.label, text.place] = [label(), place]
}

/** A copy that does not hold on to the long text that it was cut from. */
export function flat<T extends string | null>(text: T): T {
  return (text === null ? null : Buffer.from(text, 'utf16le').toString('utf16le')) as T
}
