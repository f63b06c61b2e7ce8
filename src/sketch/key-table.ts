/** Exact counts and sums by 64-bit key: an open-addressing hash table on typed arrays. Plain data; merges in any order. */
export interface KeyTable {
  /** The two 32-bit halves of each slot's key; a slot is empty where its count is 0. */
  high: Uint32Array
  low: Uint32Array
  counts: Uint32Array
  /** Sums of the integers given with each addition, row-major [slots × width]: exact below 2^53. */
  sums: Float64Array
  /** How many sums a key has. */
  readonly width: number
  size: number
}

export interface KeyEntry {
  readonly high: number
  readonly low: number
  readonly count: number
  /** [width] */
  readonly sums: Float64Array
}

const LARGEST_LOAD = 0.75

export function keyTable(width = 1, capacity = 1024): KeyTable {
  return {
    high: new Uint32Array(capacity),
    low: new Uint32Array(capacity),
    counts: new Uint32Array(capacity),
    sums: new Float64Array(capacity * width),
    width,
    size: 0,
  }
}

/** @param sums integers, [width] from `at` on */
export function add(table: KeyTable, high: number, low: number, count: number, sums: ArrayLike<number>, at = 0): void {
  if (table.size >= table.counts.length * LARGEST_LOAD) grow(table)
  const slot = slotOf(table, high, low)
  if (table.counts[slot] === 0) {
    table.high[slot] = high
    table.low[slot] = low
    table.size++
  }
  table.counts[slot] = table.counts[slot]! + count
  const { width } = table
  for (let k = 0; k < width; k++) table.sums[slot * width + k] = table.sums[slot * width + k]! + sums[at + k]!
}

export function mergeKeyTables(into: KeyTable, from: KeyTable): void {
  for (let i = 0; i < from.counts.length; i++) {
    if (from.counts[i] !== 0) add(into, from.high[i]!, from.low[i]!, from.counts[i]!, from.sums, i * from.width)
  }
}

/** Entries in ascending key order, whatever order they came in. */
export function entries(table: KeyTable, least: number): KeyEntry[] {
  const found: KeyEntry[] = []
  for (let i = 0; i < table.counts.length; i++) {
    const count = table.counts[i]!
    if (count < least || count === 0) continue
    const sums = table.sums.slice(i * table.width, (i + 1) * table.width)
    found.push({ high: table.high[i]!, low: table.low[i]!, count, sums })
  }
  return found.sort(byKey)
}

/** Ascending by key. */
export function byKey(a: Pick<KeyEntry, 'high' | 'low'>, b: Pick<KeyEntry, 'high' | 'low'>): number {
  return a.high - b.high || a.low - b.low
}

function slotOf(table: KeyTable, high: number, low: number): number {
  const mask = table.counts.length - 1
  let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
  while (table.counts[slot] !== 0 && (table.low[slot] !== low || table.high[slot] !== high)) slot = (slot + 1) & mask
  return slot
}

function grow(table: KeyTable): void {
  const bigger = keyTable(table.width, table.counts.length * 2)
  mergeKeyTables(bigger, table)
  Object.assign(table, bigger)
}
