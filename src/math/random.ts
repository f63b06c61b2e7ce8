/** Seeded randomness and hashing: the same numbers on every machine. */

/** Murmur3's 32-bit finaliser (Appleby, public domain): a bijection that spreads every input bit. */
export function mix32(x: number): number {
  let h = x | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 32-bit FNV-1a over UTF-16 units, finished by {@link mix32}. Not for adversaries who gain from collisions. */
export function hash32(text: string, seed = 0): number {
  return mix32(fnv1a(text, (0x811c9dc5 ^ seed) | 0))
}

/** {@link hash32} of two texts with a NUL between them, which need not be joined for it. */
export function hashTwo(first: string, second: string): number {
  const between = Math.imul(fnv1a(first, 0x811c9dc5 | 0), 0x01000193)
  return mix32(fnv1a(second, between))
}

function fnv1a(text: string, from: number): number {
  let h = from
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h
}

/** 53-bit hash from two 32-bit ones: exact as a number, so it can be a key. */
export function hash53(text: string, seed = 0): number {
  return hash32(text, seed) * 0x200000 + (hash32(text, seed ^ 0x5bd1e995) >>> 11)
}

/** sfc32 (Doty-Humphrey's PractRand): uniform in [0, 1), 2^32 steps. */
export function random(seed: number): () => number {
  let a = mix32(seed)
  let b = mix32(seed ^ 0x9e3779b9)
  let c = mix32(seed ^ 0x7f4a7c15)
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
