/** Words of a text as hashes, and the distinct n-grams over them: the inner loop of the scanner. */
import { passes, type PairFilter } from '../../src/sketch/pair-counts.js'

/** Longest n-gram that is counted. Longer triggers are grown from these. */
export const MAX_N = 3

/** Longer texts are cut to their head and tail, so that one row cannot cost more than this. UTF-16 units. */
const HEAD = 24_576
const TAIL = 8_192
const MOST_WORDS = HEAD + TAIL
/** More signs are a line that separates. UTF-16 units. */
const LONGEST_SIGNS = 8

const SEPARATOR = 0
/** A word of its own: scripts written without spaces. */
const ALONE = 1
/** A sign that is a word where it stands between spaces, with another or, if it is not in ASCII, by itself: `@@`, `★`. */
const SIGN = 2
/** The same, where one is enough. */
const SYMBOL = 3

/** By UTF-16 unit: SEPARATOR, ALONE, SIGN, SYMBOL, or the lower-cased unit itself (all of which are above these). */
const FOLD = buildFold()

function buildFold(): Uint16Array {
  const fold = new Uint16Array(65_536)
  // Format characters (zero-width, bidi, tags) belong to words: hiding one in a word makes it another word.
  const word = /[\p{L}\p{N}\p{M}\p{Cf}_]/u
  const alone =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
  // Signs that sentences hold anyway, `--`, `...`, are none.
  const sign = /[#$%&+/<=>@[\\\]^`{|}~§¶]/
  const symbol = /\p{S}/u
  for (let unit = SYMBOL + 1; unit < 65_536; unit++) {
    const character = String.fromCharCode(unit)
    if (unit >= 0xd800 && unit <= 0xdfff) fold[unit] = unit
    else if (alone.test(character)) fold[unit] = ALONE
    else if (word.test(character)) {
      const lower = character.toLowerCase()
      fold[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit
    } else if (sign.test(character)) fold[unit] = SIGN
    else if (unit > 127 && symbol.test(character)) fold[unit] = SYMBOL
  }
  return fold
}

/** The end of the signs that begin at `start` and are a word; `start` where they are none. */
function endOfSigns(text: string, start: number): number {
  let end = start
  let symbols = 0
  for (; end < text.length && end - start < LONGEST_SIGNS; end++) {
    const folded = FOLD[text.charCodeAt(end)]!
    if (folded === SYMBOL) symbols++
    else if (folded !== SIGN) break
  }
  return (symbols > 0 || end - start >= 2) && isSpace(text, end) ? end : start
}

/** White space, or beyond the text. */
function isSpace(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return true
  const unit = text.charCodeAt(at)
  return unit === 32 || (unit >= 9 && unit <= 13)
}

/** What is looked at of a text. */
export function clip(text: string): string {
  return text.length <= MOST_WORDS ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`
}

/** One step of the hash of an n-gram: the hash of its first words and the next word's. */
export function chain(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ (word + 0x7f4a7c15), 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

const HIGH_FACTOR = 0x01000193
const LOW_FACTOR = 0x5bd1e995

/** Words of one text at a time; the arrays are reused, so read them before the next call. */
export class WordScanner {
  /** Words in the last text. */
  count = 0
  readonly starts = new Int32Array(MOST_WORDS)
  readonly ends = new Int32Array(MOST_WORDS)
  /** Two independent 32-bit hashes of each lower-cased word. */
  readonly high = new Uint32Array(MOST_WORDS)
  readonly low = new Uint32Array(MOST_WORDS)

  scan(text: string): void {
    let count = 0
    let i = 0
    while (i < text.length) {
      const folded = FOLD[text.charCodeAt(i)]!
      if (folded > SYMBOL) {
        i = this.read(count++, text, i, text.length, false)
      } else if (folded === ALONE) {
        const unit = text.charCodeAt(i)
        this.put(count++, i, i + 1, Math.imul(unit, HIGH_FACTOR), Math.imul(unit, LOW_FACTOR))
        i++
      } else {
        const end = folded !== SEPARATOR && isSpace(text, i - 1) ? endOfSigns(text, i) : i
        i = end > i ? this.read(count++, text, i, end, true) : i + 1
      }
    }
    this.count = count
  }

  /**
   * The word that begins at `start` and ends before `most` at the latest.
   * @param areSigns which stand for themselves
   * @returns where it ends
   */
  private read(at: number, text: string, start: number, most: number, areSigns: boolean): number {
    let high = 0x811c9dc5
    let low = 0x2f0b4c47
    let i = start
    for (; i < most; i++) {
      const unit = text.charCodeAt(i)
      const folded = areSigns ? unit : FOLD[unit]!
      if (folded <= SYMBOL) break
      high = Math.imul(high ^ folded, HIGH_FACTOR)
      low = Math.imul(low ^ folded, LOW_FACTOR)
      low ^= low >>> 13
    }
    this.put(at, start, i, high, low)
    return i
  }

  private put(at: number, start: number, end: number, high: number, low: number): void {
    this.starts[at] = start
    this.ends[at] = end
    this.high[at] = high
    this.low[at] = low
  }
}

/** Which n-grams are worth keeping. */
export interface GramFilter {
  readonly pairs: PairFilter
  /** What the n-grams are paired with: a hash, 0 where there is nothing. */
  partner: number
  /** Whether an n-gram is kept only if the n-grams that it begins with are: then none that goes on from one that is not is looked at. */
  readonly byPrefix: boolean
}

/** The distinct n-grams of one text at a time, 1 ≤ n ≤ MAX_N or exactly the n's asked for. */
export class NgramScanner {
  readonly words = new WordScanner()
  /** Distinct n-grams in the last text. */
  count = 0
  readonly high = new Uint32Array(MOST_WORDS * MAX_N)
  readonly low = new Uint32Array(MOST_WORDS * MAX_N)
  /** First word of the first occurrence. */
  readonly first = new Int32Array(MOST_WORDS * MAX_N)
  /** Words. */
  readonly length = new Uint8Array(MOST_WORDS * MAX_N)

  // Which n-grams this text already gave: slots hold index + 1, valid where the stamp is this text's.
  private readonly slots = new Int32Array(2 ** 18)
  private readonly stamps = new Int32Array(2 ** 18)
  private stamp = 0
  // As many slots as this text needs: a small table stays in the processor's cache.
  private mask = 0

  constructor(
    private readonly shortest: number,
    private readonly longest: number,
  ) {}

  /** @param filter leaves out what it does not hold, and whatever shares a bucket with what it holds is kept; absent for all */
  scan(text: string, filter: GramFilter | null = null): void {
    this.words.scan(text)
    this.gather(filter)
  }

  /** The n-grams of the words that were scanned last. */
  gather(filter: GramFilter | null = null): void {
    const { words } = this
    this.count = 0
    this.stamp++
    this.mask = 2 ** Math.min(18, 3 + Math.ceil(Math.log2(words.count * MAX_N + 1))) - 1
    if (filter !== null) {
      this.scanSome(filter)
      return
    }
    for (let i = 0; i < words.count; i++) {
      let high = 0
      let low = 0
      for (let n = 1; n <= this.longest && i + n <= words.count; n++) {
        high = chain(high, words.high[i + n - 1]!)
        low = chain(low, words.low[i + n - 1]!)
        if (n >= this.shortest) this.offer(high, low, i, n)
      }
    }
  }

  private scanSome({ pairs, partner, byPrefix }: GramFilter): void {
    const { words } = this
    for (let i = 0; i < words.count; i++) {
      let high = 0
      let low = 0
      for (let n = 1; n <= this.longest && i + n <= words.count; n++) {
        high = chain(high, words.high[i + n - 1]!)
        low = chain(low, words.low[i + n - 1]!)
        if (passes(pairs, low, partner)) {
          if (n >= this.shortest) this.offer(high, low, i, n)
        } else if (byPrefix) break
      }
    }
  }

  private offer(high: number, low: number, first: number, length: number): void {
    let slot = (low ^ (high >>> 7)) & this.mask
    while (this.stamps[slot] === this.stamp) {
      const index = this.slots[slot]!
      if (this.low[index] === low && this.high[index] === high) return
      slot = (slot + 1) & this.mask
    }
    this.stamps[slot] = this.stamp
    this.slots[slot] = this.count
    this.high[this.count] = high
    this.low[this.count] = low
    this.first[this.count] = first
    this.length[this.count] = length
    this.count++
  }
}
