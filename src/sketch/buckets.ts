/** Rows by key: of each key a sample to judge by, and a few rows to show. Plain data. */
import type { BottomK, Keyed } from './bottom-k.js'
import { bottomK, mergeBottomK } from './bottom-k.js'

/** What scanners count of a key beside it is their own. */
export interface Bucket<Kept, Shown> {
  readonly kept: BottomK<Kept>
  readonly shown: BottomK<Shown>
}

export function bucket<Kept, Shown>(mostKept: number, mostShown: number): Bucket<Kept, Shown> {
  return { kept: bottomK(mostKept), shown: bottomK(mostShown) }
}

/** The bucket of a key, made at its first row. */
export function bucketOf<Key, Own>(buckets: Map<Key, Own>, key: Key, make: () => Own): Own {
  const known = buckets.get(key)
  if (known !== undefined) return known
  const made = make()
  buckets.set(key, made)
  return made
}

/** Adds what `from` holds to `into`: associative and commutative in what the sketches then give. */
export function mergeBucket<Kept, Shown>(into: Bucket<Kept, Shown>, from: Bucket<Kept, Shown>): void {
  mergeBottomK(into.kept, from.kept)
  mergeBottomK(into.shown, from.shown)
}

/** In (file, row) order, each row once; the entry with the smallest key stands for its row. */
export function oncePerRow<T>(entries: readonly Keyed<T>[]): Keyed<T>[] {
  return [...entries]
    .sort((a, b) => a.file - b.file || a.row - b.row || a.key - b.key || a.turn - b.turn)
    .filter(({ file, row }, i, all) => i === 0 || file !== all[i - 1]!.file || row !== all[i - 1]!.row)
}
