/** Merkle tree hashes of RFC 9162 (Certificate Transparency 2.0), 2.1.1, with SHA-256. */
import { SHA256_BYTES as BYTES, sha256Into } from '../math/sha256.js'

const LEAF = 0
const NODE = 1

/** @param entries [count × 32], each the data of a leaf */
export function merkleRoot(entries: Uint8Array): Uint8Array {
  return rootOver(leavesOf(entries))
}

/** Roots of each `size` entries, the last of what is left. @param size a power of two */
export function merkleBlocks(entries: Uint8Array, size: number): Uint8Array[] {
  const leaves = leavesOf(entries)
  const step = size * BYTES
  return Array.from({ length: Math.ceil(leaves.length / step) }, (_, i) => rootOver(leaves.subarray(i * step, (i + 1) * step)))
}

/**
 * The root over all entries, from those of their blocks: the tree is split at powers of two, so a block is a subtree of it.
 * @param blocks as {@link merkleBlocks} gives them
 */
export function merkleOverBlocks(blocks: readonly Uint8Array[]): Uint8Array {
  return rootOver(Buffer.concat(blocks))
}

function leavesOf(entries: Uint8Array): Buffer {
  const leaves = Buffer.allocUnsafe(entries.length)
  const leaf = new Uint8Array(1 + BYTES).fill(LEAF)
  for (let at = 0; at < entries.length; at += BYTES) {
    leaf.set(entries.subarray(at, at + BYTES), 1)
    sha256Into(leaf, leaves, at)
  }
  return leaves
}

/** @param level [count × 32] hashes of one level of the tree, which are written over */
function rootOver(level: Uint8Array): Uint8Array {
  const hashes = Buffer.from(level.buffer, level.byteOffset, level.length)
  let count = hashes.length / BYTES
  if (count === 0) {
    const empty = Buffer.allocUnsafe(BYTES)
    sha256Into('', empty, 0)
    return empty
  }
  const node = new Uint8Array(1 + 2 * BYTES).fill(NODE, 0, 1)
  // Level by level: one without a partner goes up as it is.
  for (; count > 1; count = Math.ceil(count / 2)) {
    for (let i = 0; i + 1 < count; i += 2) {
      node.set(hashes.subarray(i * BYTES, (i + 2) * BYTES), 1)
      sha256Into(node, hashes, (i / 2) * BYTES)
    }
    if (count % 2 === 1) hashes.copyWithin(((count - 1) / 2) * BYTES, (count - 1) * BYTES, count * BYTES)
  }
  return Uint8Array.from(hashes.subarray(0, BYTES))
}
