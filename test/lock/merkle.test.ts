import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { merkleBlocks, merkleOverBlocks, merkleRoot } from '../../src/lock/merkle.js'

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

/** As RFC 9162, 2.1.1 defines it: split at the largest power of two below the number of entries. */
function defined(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return sha256()
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0]!)
  const half = 2 ** Math.ceil(Math.log2(entries.length) - 1)
  return sha256(Uint8Array.of(1), defined(entries.slice(0, half)), defined(entries.slice(half)))
}

test('the Merkle tree hash is that of RFC 9162', () => {
  assert.equal(
    Buffer.from(merkleRoot(new Uint8Array())).toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
  for (let count = 1; count <= 70; count++) {
    const entries = Array.from({ length: count }, (_, i) => sha256(Buffer.from(`entry ${i}`)))
    assert.deepEqual(Buffer.from(merkleRoot(Buffer.concat(entries))), Buffer.from(defined(entries)), String(count))
  }
})

test('any change of an entry, their order or their number changes it', () => {
  const entry = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const root = (entries: readonly Uint8Array[]): string => Buffer.from(merkleRoot(Buffer.concat(entries))).toString('hex')
  const listed = fc.array(entry, { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(listed, listed, (a, b) => {
      const same = Buffer.concat(a).equals(Buffer.concat(b))
      assert.equal(root(a) === root(b), same)
      assert.notEqual(root(a), root([...a, a.at(-1)!]))
    }),
  )
})

test('the root over all entries is that over their blocks, whose roots are their own', () => {
  const [size, counts] = [8, Array.from({ length: 70 }, (_, count) => count)]
  for (const count of counts) {
    const entries = Array.from({ length: count }, (_, i) => sha256(Buffer.from(`entry ${i}`)))
    const blocks = merkleBlocks(Buffer.concat(entries), size)
    const own = Array.from({ length: Math.ceil(count / size) }, (_, i) => defined(entries.slice(i * size, (i + 1) * size)))
    assert.deepEqual(Buffer.concat(blocks), Buffer.concat(own), String(count))
    assert.deepEqual(Buffer.from(merkleOverBlocks(blocks)), Buffer.from(defined(entries)), String(count))
  }
})
