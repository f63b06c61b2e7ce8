/** The k smallest entries by key: a sample when keys are hashes, a top list when keys are negated scores. Plain data. */

/** One kept entry. The order (key, file, row, turn) is total, so that what is kept does not depend on arrival. */
export interface Keyed<T> {
  readonly key: number
  readonly file: number
  readonly row: number
  readonly turn: number
  readonly value: T
}

export interface BottomK<T> {
  readonly k: number
  /** The k smallest so far and a buffer of newcomers, in no order. */
  items: Keyed<T>[]
  /** Nothing with a greater key can be among the k smallest. */
  bound: number
  /** Whether anything was left out. Final only after {@link smallest}. */
  dropped: boolean
}

const BUFFER = 1024

/** @param k entries to keep, at least 1 */
export function bottomK<T>(k: number): BottomK<T> {
  return { k, items: [], bound: Infinity, dropped: false }
}

/** Offers one entry; `make` is called only when it may be kept. Amortised O(log k). */
export function offer<T>(sketch: BottomK<T>, key: number, file: number, row: number, turn: number, make: () => T): void {
  if (key > sketch.bound) {
    sketch.dropped = true
    return
  }
  sketch.items.push({ key, file, row, turn, value: make() })
  if (sketch.items.length >= sketch.k + Math.max(BUFFER, sketch.k >> 2)) compact(sketch)
}

/** Adds what `from` holds to `into`: associative and commutative in what {@link smallest} then returns. */
export function mergeBottomK<T>(into: BottomK<T>, from: BottomK<T>): void {
  into.dropped ||= from.dropped
  into.bound = Math.min(into.bound, from.bound)
  for (const item of from.items) into.items.push(item)
  if (into.items.length > into.k) compact(into)
}

/** At most k entries, in ascending order. */
export function smallest<T>(sketch: BottomK<T>): readonly Keyed<T>[] {
  compact(sketch)
  return sketch.items
}

function compact<T>(sketch: BottomK<T>): void {
  sketch.items.sort(compareKeyed)
  if (sketch.items.length < sketch.k) return
  sketch.dropped ||= sketch.items.length > sketch.k
  sketch.items.length = sketch.k
  sketch.bound = Math.min(sketch.bound, sketch.items[sketch.k - 1]?.key ?? Infinity)
}

function compareKeyed(a: Keyed<unknown>, b: Keyed<unknown>): number {
  return a.key - b.key || a.file - b.file || a.row - b.row || a.turn - b.turn
}
