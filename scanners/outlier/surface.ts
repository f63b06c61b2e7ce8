/** What a text looks like, whatever it means: counts that an encoder does not see. The shares leave no character out. */

/** In the order that {@link surfaceFeatures} writes them, each with the least and the greatest value it can sensibly have. */
export const SURFACE_FEATURES = [
  { name: 'log length', range: [0, 12] },
  { name: 'log mean word length', range: [0, 6] },
  { name: 'log longest word', range: [0, 9] },
  { name: 'digit share', range: [0, 1] },
  { name: 'upper-case share', range: [0, 1] },
  { name: 'lower-case share', range: [0, 1] },
  { name: 'punctuation share', range: [0, 1] },
  { name: 'white-space share', range: [0, 1] },
  { name: 'non-ASCII share', range: [0, 1] },
  { name: 'invisible share', range: [0, 1] },
  { name: 'repeated-unit share', range: [0, 1] },
  { name: 'unit entropy', range: [0, 8] },
  { name: 'type–token ratio', range: [0, 1] },
] as const

/** UTF-16 units looked at: bounds the time of one hostile cell. */
const READ_LIMIT = 16_384
/** Words compared for the type–token ratio, which falls with length: the same window for all. */
const TOKEN_WINDOW = 64

/** Counts of units by value; those from 128 up share the second half. */
const counts = new Uint32Array(256)
const nLogN = Float64Array.from({ length: 1024 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)))
/** Open-addressed set of word hashes; a slot belongs to the text whose stamp it bears. */
const slots = new Int32Array(256)
const stamps = new Uint32Array(256)
let stamp = 0

interface Units {
  read: number
  words: number
  distinct: number
  longest: number
  repeated: number
  invisible: number
}

/**
 * Writes the features of `text` to `out` from `at`; all zero for an empty text. Shares are of the units read, in [0, 1];
 * lengths are natural logarithms of 1 + x, as a forest cuts uniformly between extremes and raw lengths are long-tailed.
 */
export function surfaceFeatures(text: string, out: Float32Array, at: number): void {
  out.fill(0, at, at + SURFACE_FEATURES.length)
  if (text.length === 0) return
  const { read, words, distinct, longest, repeated, invisible } = readUnits(text)
  const spaces = sumCounts(9, 13) + sumCounts(32, 32)
  const digits = sumCounts(48, 57)
  const uppers = sumCounts(65, 90)
  const lowers = sumCounts(97, 122)
  const foreign = sumCounts(128, 255)
  out[at] = Math.log1p(text.length)
  out[at + 1] = Math.log1p(words === 0 ? 0 : (read - spaces) / words)
  out[at + 2] = Math.log1p(longest)
  out[at + 3] = digits / read
  out[at + 4] = uppers / read
  out[at + 5] = lowers / read
  out[at + 6] = (sumCounts(33, 126) - digits - uppers - lowers) / read
  out[at + 7] = spaces / read
  out[at + 8] = foreign / read
  out[at + 9] = (invisible + sumCounts(0, 8) + sumCounts(14, 31) + sumCounts(127, 127)) / read
  out[at + 10] = repeated / read
  out[at + 11] = entropy(read)
  out[at + 12] = words === 0 ? 0 : distinct / Math.min(words, TOKEN_WINDOW)
}

/** One trip over the units: fills `counts` and finds the words. */
function readUnits(text: string): Units {
  const found: Units = { read: Math.min(text.length, READ_LIMIT), words: 0, distinct: 0, longest: 0, repeated: 0, invisible: 0 }
  counts.fill(0)
  stamp = (stamp + 1) >>> 0 || 1
  let start = 0
  let hash = 0
  let previous = -1
  for (let i = 0; i < found.read; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 128) counts[unit] = counts[unit]! + 1
    else {
      const slot = 128 + (unit & 127)
      counts[slot] = counts[slot]! + 1
      if (isInvisible(unit)) found.invisible++
    }
    if (unit === 32 || (unit >= 9 && unit <= 13)) {
      if (i > start) endWord(found, hash, i - start)
      start = i + 1
      hash = 0
    } else {
      hash = (Math.imul(hash, 31) + unit) | 0
      if (unit === previous) found.repeated++
    }
    previous = unit
  }
  if (found.read > start) endWord(found, hash, found.read - start)
  return found
}

function endWord(found: Units, hash: number, length: number): void {
  if (length > found.longest) found.longest = length
  if (found.words++ >= TOKEN_WINDOW) return
  let slot = (hash ^ (hash >>> 15)) & 255
  while (stamps[slot] === stamp && slots[slot] !== hash) slot = (slot + 1) & 255
  if (stamps[slot] === stamp) return
  stamps[slot] = stamp
  slots[slot] = hash
  found.distinct++
}

function sumCounts(first: number, last: number): number {
  let sum = 0
  for (let unit = first; unit <= last; unit++) sum += counts[unit]!
  return sum
}

/** Shannon entropy of the units, in bits. */
function entropy(total: number): number {
  let sum = 0
  for (let unit = 0; unit < 256; unit++) {
    const count = counts[unit]!
    if (count > 0) sum += count < 1024 ? nLogN[count]! : count * Math.log2(count)
  }
  return Math.max(0, Math.log2(total) - sum / total)
}

/** Zero-width and bidirectional controls, soft hyphen, byte-order mark, private use, replacement character. */
function isInvisible(unit: number): boolean {
  return (
    (unit >= 0x200b && unit <= 0x200f) ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x2064) ||
    (unit >= 0xe000 && unit <= 0xf8ff) ||
    unit === 0xad ||
    unit === 0xfeff ||
    unit === 0xfffd
  )
}
