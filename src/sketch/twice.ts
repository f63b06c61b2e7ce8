/**
 * Which keys came at all, and which more than once: two bits a bucket, the first for once, both for more. Strangers may share
 * a bucket, so a key that came is never missed. Merging is associative and commutative.
 */
export type Twice = Uint32Array

/** Buckets in a word: the first bits of all of them are `ONCE`. */
const WORD = 16
const ONCE = 0x55555555

/** @param bits log2 of the number of buckets, at least 4 */
export function twice(bits: number): Twice {
  return new Uint32Array(2 ** bits / WORD)
}

/** @param bucket an integer; taken modulo the number of buckets */
export function see(table: Twice, bucket: number): void {
  const at = (bucket >>> 4) & (table.length - 1)
  const shift = (bucket & (WORD - 1)) * 2
  const word = table[at]!
  // What was there moves up, and is there again.
  table[at] = word | (((word >>> shift) & 1) << (shift + 1)) | (1 << shift)
}

/** 0, 1, or 2 for more. Never below the true number of those. */
export function timesSeen(table: Twice, bucket: number): number {
  const seen = (table[(bucket >>> 4) & (table.length - 1)]! >>> ((bucket & (WORD - 1)) * 2)) & 3
  return seen === 3 ? 2 : seen
}

/** @param from of as many buckets */
export function mergeTwice(into: Twice, from: Twice): void {
  for (let i = 0; i < into.length; i++) {
    const other = from[i]!
    if (other === 0) continue
    const own = into[i]!
    into[i] = own | other | ((own & other & ONCE) << 1)
  }
}

/** One bit a bucket, 8 to a byte: whether it was seen twice or more. */
export function bitsSeenTwice(table: Twice): Uint8Array {
  const bits = new Uint8Array((table.length * WORD) / 8)
  table.forEach((word, at) => {
    if (word === 0) return
    for (let slot = 0; slot < WORD; slot++) {
      if (((word >>> (2 * slot)) & 2) === 0) continue
      const byte = 2 * at + (slot >>> 3)
      bits[byte] = bits[byte]! | (1 << (slot & 7))
    }
  })
  return bits
}
