import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { rowChanges, type NamedRows } from '../../src/lock/row-changes.js'

function file(path: string, texts: readonly string[]): NamedRows {
  const digests = texts.flatMap((text) => [...createHash('sha256').update(text).digest().subarray(0, 16)])
  return { path, rows: Float64Array.from(texts, (_, row) => row), digests: Uint8Array.from(digests) }
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, i) => `row ${i}`)
const changed = (before: readonly string[], after: readonly string[], most = 100) =>
  rowChanges([file('a', before)], [file('a', after)], most)

const data = fc
  .integer({ min: 3, max: 60 })
  .chain((count) => fc.tuple(fc.constant(texts(count)), fc.nat(count - 1), fc.nat(count - 1)))

describe('rows that changed are named', () => {
  test('a row that was edited', () => {
    fc.assert(
      fc.property(data, ([rows, at]) => {
        const { changes, rows: counts } = changed(rows, rows.with(at, 'another'))
        assert.deepEqual(changes, [{ kind: 'changed', file: 'a', row: at }])
        assert.deepEqual([counts.changed, counts.added, counts.removed, counts.moved], [1, 0, 0, 0])
      }),
    )
  })

  test('a row that was dropped, one that was put in, one that stands there twice', () => {
    fc.assert(
      fc.property(data, ([rows, at, to]) => {
        assert.deepEqual(changed(rows, rows.toSpliced(at, 1)).changes, [{ kind: 'removed', file: 'a', row: at }])
        assert.deepEqual(changed(rows, rows.toSpliced(at, 0, 'new')).changes, [{ kind: 'added', file: 'a', row: at }])
        const { changes, rows: counts } = changed(rows, rows.toSpliced(to, 0, rows[at]!))
        assert.deepEqual([counts.added, counts.removed, counts.changed], [1, 0, 0])
        assert.ok(changes.some(({ kind, row }) => kind === 'added' && (row === to || row === at || row === at + 1)))
      }),
    )
  })

  test('two rows that changed places', () => {
    fc.assert(
      fc.property(data, ([rows, a, b]) => {
        fc.pre(a !== b)
        const { changes, rows: counts } = changed(rows, rows.with(a, rows[b]!).with(b, rows[a]!))
        assert.deepEqual([counts.changed, counts.added, counts.removed], [0, 0, 0])
        assert.ok(changes.length === 1 || changes.length === 2)
        for (const { kind, row, from } of changes) {
          assert.equal(kind, 'moved')
          assert.deepEqual([row, from?.row].sort(), [a, b].sort())
        }
      }),
    )
  })

  test('across files, and no more than are asked for', () => {
    const before = [file('a', ['1', '2']), file('b', ['3', '4'])]
    const after = [file('a', ['1', '2', '3']), file('b', ['4', '5'])]
    const { changes } = rowChanges(before, after, 10)
    assert.deepEqual(changes, [{ kind: 'added', file: 'b', row: 1 }])
    const all = changed(texts(50), [], 7)
    assert.equal(all.changes.length, 7)
    assert.equal(all.rows.removed, 50)
  })
})
