import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { rowDigests } from '../../src/read/row-digest.js'

const digestsOf = (columns: Readonly<Record<string, readonly unknown[]>>, length = 1): string =>
  Buffer.from(rowDigests({ length, rows: Float64Array.from({ length }, (_, row) => row), columns }).bytes).toString('hex')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('a row is its columns that have a value, by name, each as canonical text', () => {
  // Written out: a lock that was made before must hold.
  assert.equal(
    digestsOf({ text: ['A "late" parcel', null], label: [1n, 2], empty: ['', null] }, 2),
    sha256('"label":"1"\n"text":"A \\"late\\" parcel"\n') + sha256('"label":"2"\n'),
  )
  assert.equal(digestsOf({ text: [null] }), sha256(''))
})

test('a row of any text and length has the digest of its whole text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant('é\ud83d'.repeat(300_000)))
  fc.assert(
    fc.property(text, text, (a, b) => {
      const line = (name: string, cell: string): string =>
        cell === '' ? '' : `"${name}":${JSON.stringify(cell.toWellFormed())}\n`
      assert.equal(digestsOf({ b: [b], a: [a] }), sha256(line('a', a) + line('b', b)))
    }),
    { numRuns: 25 },
  )
})
