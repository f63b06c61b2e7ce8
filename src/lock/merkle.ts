/** Merkle tree hashes of RFC 9162 (Certificate Transparency 2.0), 2.1.1, with SHA-256. */
import { createHash } from 'node:crypto'

const BYTES = 32
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** @param entries [count × 32], each the data of a leaf */
export function merkleRoot(entries: Uint8Array): Uint8Array {
  const count = entries.length / BYTES
  if (count === 0) return sha256()
  // Roots of full subtrees, largest first: entry by entry, as a binary counter carries.
  const peaks: { readonly size: number; readonly root: Uint8Array }[] = []
  for (let i = 0; i < count; i++) {
    let [size, root] = [1, sha256(LEAF, entries.subarray(i * BYTES, (i + 1) * BYTES))]
    while (peaks.at(-1)?.size === size) {
      root = sha256(NODE, peaks.pop()!.root, root)
      size *= 2
    }
    peaks.push({ size, root })
  }
  return peaks.map(({ root }) => root).reduceRight((right, left) => sha256(NODE, left, right))
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
