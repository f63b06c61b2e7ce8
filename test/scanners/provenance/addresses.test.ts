import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf } from '../../../scanners/provenance/address.js'
import { provenance } from '../../../scanners/provenance/index.js'
import { drive } from '../drive.js'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

test('host and kind of an address', () => {
  const kinds: readonly (readonly [string, string, string])[] = [
    ['https://www.Shop.example:8080/a.html', 'shop.example', 'page'],
    ['http://user:word@shop.example/x.JPG?w=1', 'shop.example', 'media'],
    ['shop.example/reviews/1', 'shop.example', 'page'],
    ['https://[::1]:80/x', '[::1]', 'page'],
    [`https://raw.githubusercontent.com/o/r/main/x.txt`, 'raw.githubusercontent.com', 'branch'],
    [`https://raw.githubusercontent.com/o/r/${COMMIT}/x.txt`, 'raw.githubusercontent.com', 'pinned'],
    [`https://github.com/o/r/blob/${COMMIT}/x.py`, 'github.com', 'pinned'],
    ['https://github.com/o/r/blob/main/x.py', 'github.com', 'branch'],
    ['https://github.com/o/r/issues/3', 'github.com', 'page'],
    ['https://huggingface.co/datasets/a/b/resolve/main/x.parquet', 'huggingface.co', 'branch'],
    [`https://forge.example/o/r/-/raw/${COMMIT}/x.txt`, 'forge.example', 'pinned'],
    [`https://forge.example/${COMMIT}/x.txt`, 'forge.example', 'page'],
    ['https://web.archive.org/web/20200101000000/http://shop.example/', 'web.archive.org', 'pinned'],
    ['https://web.archive.org/web/2020/http://shop.example/', 'web.archive.org', 'page'],
    ['https://wiki.example/w/index.php?title=A&oldid=12345', 'wiki.example', 'pinned'],
    ['ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi', '', 'pinned'],
    [`swh:1:cnt:${COMMIT}`, '', 'pinned'],
    [`https://shop.example/f#sha256=${COMMIT}`, 'shop.example', 'pinned'],
  ]
  for (const [cell, host, kind] of kinds) assert.deepEqual({ ...addressOf(cell), cell, plain: 0 }, { host, kind, cell, plain: 0 })
  for (const cell of ['review 12', '/data/a.txt', 'readme.md', 'file:///a', 'mailto:a@shop.example', 'https://', '', '\ud800'])
    assert.equal(addressOf(cell), null, cell)
  assert.equal(addressOf('http://shop.example/')?.plain, true)
})

const rows = (n: number, url: (i: number) => string | null, more: Record<string, string | null> = {}) =>
  Array.from({ length: n }, (_, i) => ({ cells: { text: `review ${i}`, url: url(i), ...more } }))
const said = (list: ReturnType<typeof rows>) =>
  drive(provenance, list, { cuts: [10, 25] }).findings.map(({ message, severity, rows: listed, evidence }) => ({
    message: message.slice('provenance/'.length),
    severity,
    rows: listed.map(({ row }) => row),
    evidence,
  }))

test('content that can change: worth knowing where the text is in the row, low where it is not or where rows stand out', () => {
  const [pages, ...none] = said(rows(60, (i) => `http://shop.example/${i}`))
  assert.deepEqual([pages?.message, pages?.severity, pages?.rows, none], ['mutable-address', 'info', [], []])
  assert.deepEqual([pages?.evidence['rows'], pages?.evidence['unencrypted'], pages?.evidence['elsewhere']], [60, 60, 0])
  assert.equal(said(rows(60, (i) => `https://shop.example/${i}.png`))[0]?.severity, 'low')
  assert.equal(said(rows(60, (i) => `https://shop.example/${i}`, { text: null }))[0]?.severity, 'low')
  const mixed = rows(60, (i) => `https://raw.githubusercontent.com/o/r/${i === 4 || i === 30 ? 'main' : COMMIT}/${i}`)
  assert.deepEqual(
    said(mixed).map(({ severity, rows: listed, evidence }) => [severity, listed, evidence['pinned'], evidence['branches']]),
    [['low', [4, 30], 58, 2]],
  )
})

test('a digest of the row, a fixed address or no address: nothing to say', () => {
  assert.deepEqual(said(rows(60, () => `ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi`)), [])
  assert.deepEqual(said(rows(60, (i) => `review ${i}`)), [])
  const vouched = said(rows(60, (i) => `https://shop.example/${i}`, { hash: 'f'.repeat(64) }))
  assert.deepEqual(
    vouched.map(({ message }) => message),
    ['digest-unknown'],
  )
})

test('hosts that give one row among hosts with many', () => {
  const lone = (list: ReturnType<typeof rows>) => said(list).filter(({ message }) => message === 'lone-host')
  const many = rows(400, (i) => `https://${i === 77 ? 'odd.example' : `shop${i % 5}.example`}/${i}`)
  assert.deepEqual(
    lone(many).map(({ severity, rows: listed }) => [severity, listed]),
    [['info', [77]]],
  )
  // New hosts are the rule.
  assert.deepEqual(lone(rows(400, (i) => `https://${i % 10 === 0 ? `odd${i}` : 'shop'}.example/`)), [])
  assert.deepEqual(lone(rows(400, (i) => `https://shop${i % 5}.example/`)), [])
})
