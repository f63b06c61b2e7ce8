/**
 * What rows are compared by: a hash of the words, and MinHash of the shingles by one permutation (Li, Owen & Zhang, NIPS 2012)
 * with optimal densification (Shrivastava, ICML 2017), cut into bands for locality-sensitive hashing.
 */
import { mix32 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { Words } from './words.js'
import { noWords, readWords } from './words.js'

export const BANDS = 8
/** Bins in a band: two rows of Jaccard similarity s share a band with probability s^4, one of eight with 1 − (1 − s^4)^8. */
export const BINS_OF_BAND = 4
const BINS = BANDS * BINS_OF_BAND
const BIN_BITS = 5
const BIN_SHIFT = 32 - BIN_BITS
/** Bins that an empty one asks in turn; with only four full, all are empty once in 10^14. */
const ATTEMPTS = 256
/** Smallest shingle hashes kept of a row: all of them up to as many, so that similarity is exact there. */
export const SKETCH = 128
const EMPTY = 0xffffffff

/** Starts of a text and of an answer, as the word before the first. */
const START = 0x2545f491
const ANSWER = 0x6c62272e

/** Bin number to ask, [bins × attempts]: by hash of both, so that like sets are filled alike. */
const DONORS = Uint8Array.from({ length: BINS * ATTEMPTS }, (_, i) => mix32(Math.imul(i + 1, 0x9e3779b1)) >>> BIN_SHIFT)

const bins = new Uint32Array(BINS)
const filled = new Uint32Array(BINS)

/** One example's signature. Its arrays are used again for the next. */
export interface Signature {
  /** 53-bit hash of all that is compared. */
  content: number
  /** 53-bit hash of the input. */
  input: number
  /** The same for a pair of answers whichever is preferred; 0 where there is no pair. */
  pair: number
  /** Band keys, then that of the input where {@link isAsked}, then that of the pair where there is one. */
  readonly keys: Uint32Array
  keyCount: number
  isAsked: boolean
  /** Words of input, output and what was rejected, and where the first two end. */
  readonly read: Words
  inputEnd: number
  outputEnd: number
}

export function newSignature(): Signature {
  const keys = new Uint32Array(BANDS + 2)
  return { content: 0, input: 0, pair: 0, keys, keyCount: 0, isAsked: false, read: noWords(), inputEnd: 0, outputEnd: 0 }
}

/** Fills `signature` from example `i`. With fewer words than `least` there is no key. */
export function sign(signature: Signature, batch: RowBatch, i: number, least: number): void {
  const { read, keys } = signature
  const rejected = batch.columns.rejected?.[i] ?? null
  read.count = 0
  readWords(batch.input[i] ?? '', read)
  const inputEnd = (signature.inputEnd = read.count)
  if (batch.output !== null) readWords(batch.output[i] ?? '', read)
  const outputEnd = (signature.outputEnd = read.count)
  if (rejected !== null) readWords(rejected, read)
  signature.keyCount = 0
  if (read.count < least) return
  signature.input = hashOf(read, 0, inputEnd, START)
  signature.content = batch.output === null ? signature.input : joined(signature.input, hashOf(read, inputEnd, outputEnd, ANSWER))
  signature.pair = 0
  if (rejected !== null) addPair(signature, batch.output === null)
  fillBins(signature)
  for (let band = 0; band < BANDS; band++) keys[signature.keyCount++] = bandKey(band)
  // What comes later in a chat is asked of what went before.
  signature.isAsked = batch.output !== null && rejected === null && inputEnd >= least && batch.turns[i] === 0
  if (signature.isAsked) keys[signature.keyCount++] = keyOf(signature.input, 0x51ed270b)
  if (signature.pair !== 0) keys[signature.keyCount++] = keyOf(signature.pair, 0x3c6ef372)
}

/** @param alone whether the input itself is what was chosen */
function addPair(signature: Signature, alone: boolean): void {
  const { read, inputEnd, outputEnd } = signature
  const chosen = alone ? hashOf(read, 0, inputEnd, ANSWER) : hashOf(read, inputEnd, outputEnd, ANSWER)
  const rejected = hashOf(read, outputEnd, read.count, ANSWER)
  signature.content = joined(signature.content, rejected)
  if (chosen === rejected) return
  const both = joined(Math.min(chosen, rejected), Math.max(chosen, rejected))
  signature.pair = joined(alone ? 0 : signature.input, both)
}

/** The smallest distinct shingle hashes, ascending, at most {@link SKETCH}; `complete` when they are all. */
export function sketchOf(signature: Signature): { readonly sketch: Uint32Array; readonly complete: boolean } {
  const all = shinglesOf(signature).sort()
  const kept = new Uint32Array(Math.min(SKETCH, all.length))
  let size = 0
  for (let w = 0; w < all.length; w++) {
    if (w > 0 && all[w] === all[w - 1]) continue
    if (size === SKETCH) return { sketch: kept, complete: false }
    kept[size++] = all[w]!
  }
  return { sketch: kept.slice(0, size), complete: true }
}

/** Hashes of each word and the one before it, which is {@link START} or {@link ANSWER} at the start of a cell. */
function shinglesOf({ read: { hashes, count }, inputEnd, outputEnd }: Signature): Uint32Array {
  const all = new Uint32Array(count)
  let before = START
  for (let w = 0; w < count; w++) {
    if (w > 0 && (w === inputEnd || w === outputEnd)) before = ANSWER
    all[w] = shingle(before, hashes[w]!)
    before = hashes[w]!
  }
  return all
}

function shingle(before: number, word: number): number {
  let h = Math.imul(before, 0x9e3779b1) ^ word
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The same shingles as {@link shinglesOf} has, as they come: this runs for every row. */
function fillBins({ read: { hashes, count }, inputEnd, outputEnd }: Signature): void {
  bins.fill(EMPTY)
  let before = START
  for (let w = 0; w < count; w++) {
    if (w > 0 && (w === inputEnd || w === outputEnd)) before = ANSWER
    const word = hashes[w]!
    const hash = shingle(before, word)
    const bin = hash >>> BIN_SHIFT
    const rest = (hash << BIN_BITS) >>> 0
    if (rest < bins[bin]!) bins[bin] = rest
    before = word
  }
  densify()
}

/** An empty bin takes what the first full one of its donors holds. */
function densify(): void {
  filled.set(bins)
  for (let bin = 0; bin < BINS; bin++) {
    if (filled[bin] !== EMPTY) continue
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const from = filled[DONORS[bin * ATTEMPTS + attempt]!]!
      if (from === EMPTY) continue
      bins[bin] = from
      break
    }
  }
}

function bandKey(band: number): number {
  let h = Math.imul(band + 1, 0x9e3779b1)
  for (let b = band * BINS_OF_BAND; b < (band + 1) * BINS_OF_BAND; b++) {
    h = Math.imul(h ^ bins[b]!, 0x85ebca6b)
    h ^= h >>> 15
  }
  return mix32(h)
}

function keyOf(hash: number, salt: number): number {
  return mix32(mix32(Math.floor(hash / 0x200000) ^ salt) ^ (hash % 0x200000))
}

function joined(a: number, b: number): number {
  const high = mix32(Math.floor(a / 0x200000) ^ Math.imul(mix32(b % 0x200000), 0x9e3779b1))
  const low = mix32(mix32(Math.floor(b / 0x200000) ^ 0x2c1b3c6d) ^ Math.imul(a % 0x200000, 0x85ebca6b))
  return high * 0x200000 + (low >>> 11)
}

function hashOf({ hashes }: Words, from: number, to: number, seed: number): number {
  let a = seed | 0
  let b = ~seed
  for (let w = from; w < to; w++) {
    const word = hashes[w]!
    a = Math.imul(a ^ word, 0x85ebca6b)
    a = (a << 13) | (a >>> 19)
    b = Math.imul((b << 7) | (b >>> 25), 0x9e3779b1) ^ word
  }
  return mix32(a) * 0x200000 + (mix32(b) >>> 11)
}
