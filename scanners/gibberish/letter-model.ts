/** How surprising a letter is after the two units before it, in bits. */
import type { Counts } from './counts.js'
import { pairSlot, tripleSlot } from './counts.js'

/**
 * Weight of the shorter context, in observations (hierarchical Dirichlet smoothing: MacKay & Peto, A Hierarchical Dirichlet
 * Language Model, 1995). Contexts seen less often than this say little.
 */
const WEIGHT = 8
/** What a unit never seen gets. */
const FLOOR = 0.1
const ALPHABET = 4096

const CACHE = 2 ** 14
const ASCII_BITS = 7

export class LetterModel {
  /** By own count, by the three units where all are ASCII; 0 where not yet known. */
  private readonly ascii = [new Float32Array(2 ** (3 * ASCII_BITS)), new Float32Array(2 ** (3 * ASCII_BITS))] as const
  // Direct-mapped, for all others.
  private readonly keys = new Float64Array(CACHE).fill(-1)
  private readonly values = new Float32Array(CACHE)

  constructor(readonly counts: Counts) {}

  /**
   * −log₂ P(z | x y).
   * @param own how often this very place was counted: 1 for a text of the sample, which must not teach what it is judged by
   */
  bits(x: number, y: number, z: number, own: 0 | 1): number {
    if ((x | y | z) < 2 ** ASCII_BITS) {
      const at = (((x << ASCII_BITS) | y) << ASCII_BITS) | z
      const known = this.ascii[own][at]!
      if (known !== 0) return known
      return (this.ascii[own][at] = -Math.log2(probability(this.counts, x, y, z, own)))
    }
    const key = ((x * 65_536 + y) * 65_536 + z) * 2 + own
    const slot = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b) ^ (z * 2 + own)) & (CACHE - 1)
    if (this.keys[slot] === key) return this.values[slot]!
    this.keys[slot] = key
    return (this.values[slot] = -Math.log2(probability(this.counts, x, y, z, own)))
  }
}

function probability(counts: Counts, x: number, y: number, z: number, own: 0 | 1): number {
  const { letters, pairs, triples, units } = counts
  const p1 = (Math.max(0, letters[z]! - own) + FLOOR) / (units + FLOOR * ALPHABET)
  const p2 = (Math.max(0, pairs[pairSlot(counts, y, z)]! - own) + WEIGHT * p1) / (Math.max(0, letters[y]! - own) + WEIGHT)
  const context = Math.max(0, pairs[pairSlot(counts, x, y)]! - own)
  return (Math.min(context, Math.max(0, triples[tripleSlot(counts, x, y, z)]! - own)) + WEIGHT * p2) / (context + WEIGHT)
}
