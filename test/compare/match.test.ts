import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ADDED, CHANGED, matchRows } from '../../src/compare/match.js'
import { rowsOf, type Line } from './rows.js'

const line = (text: string, key?: string): Line => (key === undefined ? { text } : { text, key })
const lines = (...texts: string[]): Line[] => texts.map((text) => line(text))

describe('rows of two states, matched by content', () => {
  test('what was added, and nothing else, is the contribution', () => {
    const { rows, contributed } = matchRows(rowsOf(lines('a', 'b', 'c')), rowsOf(lines('a', 'x', 'b', 'c', 'y')))
    assert.deepEqual(rows, { base: 3, head: 5, unchanged: 3, moved: 0, added: 2, changed: 0, removed: 0 })
    assert.deepEqual([...contributed[0]!], [0, 1, 0, 0, 1])
  })

  test('a row moved past others is moved, not added: as few as could have been', () => {
    const { rows } = matchRows(rowsOf(lines('a', 'b', 'c', 'd', 'e')), rowsOf(lines('e', 'a', 'b', 'c', 'd')))
    assert.deepEqual([rows.unchanged, rows.moved, rows.added, rows.removed], [5, 1, 0, 0])
  })

  test('the same rows in other files are the same rows', () => {
    const { rows, contributed } = matchRows(rowsOf(lines('a', 'b'), lines('c')), rowsOf(lines('a'), lines('b', 'c'), []))
    assert.deepEqual([rows.unchanged, rows.moved, rows.added, rows.removed], [3, 0, 0, 0])
    assert.deepEqual(
      contributed.map((chosen) => [...chosen]),
      [[0], [0, 0], []],
    )
  })

  test('a copy more is one row added, a copy less one removed', () => {
    assert.deepEqual(matchRows(rowsOf(lines('a', 'a')), rowsOf(lines('a', 'a', 'a'))).rows.added, 1)
    assert.deepEqual(matchRows(rowsOf(lines('a', 'a', 'a')), rowsOf(lines('a'))).rows.removed, 2)
  })

  test('a row with the same key and other content has changed; one without a key is another row', () => {
    const before = rowsOf([line('1 good', 'k1'), line('2 good', 'k2'), line('3 good')])
    const { rows, contributed } = matchRows(before, rowsOf([line('1 good', 'k1'), line('2 bad', 'k2'), line('3 bad')]))
    assert.deepEqual([rows.unchanged, rows.changed, rows.added, rows.removed], [1, 1, 1, 1])
    assert.deepEqual([...contributed[0]!], [0, CHANGED, ADDED])
  })

  test('as counting does, for any rows', () => {
    const some = fc.array(
      fc.record({
        text: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
        key: fc.option(fc.constantFrom('p', 'q', 'r')),
      }),
      {
        maxLength: 40,
      },
    )
    const rowsFor = (drawn: readonly { text: string; key: string | null }[]): Line[] =>
      drawn.map(({ text, key }) => (key === null ? { text: `${text} ` } : { text: text + key, key }))
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [base, head] = [rowsFor(a), rowsFor(b)]
        const { rows, contributed } = matchRows(rowsOf(base), rowsOf(head))
        const left = new Map<string, number>()
        for (const { text } of base) left.set(text, (left.get(text) ?? 0) + 1)
        let unchanged = 0
        for (const { text } of head) {
          const more = left.get(text) ?? 0
          if (more === 0) continue
          left.set(text, more - 1)
          unchanged++
        }
        assert.equal(rows.unchanged, unchanged)
        assert.equal(rows.unchanged + rows.changed + rows.added, head.length)
        assert.equal(rows.unchanged + rows.changed + rows.removed, base.length)
        assert.equal(contributed[0]!.filter((standing) => standing !== 0).length, head.length - unchanged)
        const again = matchRows(rowsOf(base), rowsOf(base)).rows
        assert.deepEqual([again.unchanged, again.moved, again.added, again.removed], [base.length, 0, 0, 0])
      }),
      { numRuns: 300 },
    )
  })

  test('twenty thousand equal rows are matched one by one, not each with each', () => {
    const equal = rowsOf(new Array<Line>(20_000).fill({ text: 'same' }))
    const startedAt = performance.now()
    assert.equal(matchRows(equal, equal).rows.unchanged, 20_000)
    assert.ok(performance.now() - startedAt < 2000)
  })
})
