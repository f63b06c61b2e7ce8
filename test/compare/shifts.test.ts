import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { matchRows } from '../../src/compare/match.js'
import { shiftsOf } from '../../src/compare/shifts.js'
import { random } from '../../src/math/random.js'
import type { Shift } from '../../src/model/report.js'
import { rowsOf, type Line } from './rows.js'

const ALPHA = 0.01

/** Rows with a label drawn by its share, and texts of a length about the one given. */
function drawn(seed: number, count: number, positive: number, length = 40, source?: string): Line[] {
  const uniform = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const text = `${seed} ${i} ${'x'.repeat(Math.round(length * (0.5 + uniform())))}`
    const label = uniform() < positive ? 'good' : 'bad'
    return source === undefined ? { text, label } : { text, label, source }
  })
}

function shifts(base: readonly Line[], more: readonly Line[]): Shift[] {
  const [before, after] = [rowsOf(base), rowsOf([...base, ...more])]
  return shiftsOf(before, after, matchRows(before, after).contributed, ALPHA)
}

describe('how a contribution is unlike what was there', () => {
  test('nothing is said of one that is drawn like the rest, but for about one in a hundred', () => {
    const said = Array.from({ length: 200 }, (_, seed) => shifts(drawn(seed, 500, 0.5), drawn(1000 + seed, 200, 0.5)).length)
    assert.ok(said.filter((count) => count > 0).length <= 6, `${said.filter((count) => count > 0).length} of 200`)
  })

  test('labels: the one that has most changed is named with both shares', () => {
    const [shift, ...others] = shifts(drawn(1, 1000, 0.5), drawn(2, 200, 0.9))
    assert.deepEqual(others, [])
    assert.equal(shift?.what, 'label')
    assert.match(
      shift.text,
      /^label "(good|bad)" in \d+(\.\d)? % of the 200 rows that were added or changed, in \d\d % of those before$/,
    )
    assert.ok(shift.p < 1e-10)
  })

  test('lengths, by their whole distribution', () => {
    const [shift] = shifts(drawn(1, 1000, 0.5, 40), drawn(2, 200, 0.5, 80))
    assert.equal(shift?.what, 'length of the input')
    assert.match(shift.text, /has \d+ characters in the median, that of those before \d+$/)
  })

  test('labels and sources that no row had before', () => {
    const base = drawn(1, 300, 0.5, 40, 'forum')
    const more = [...drawn(2, 30, 0.5, 40, 'forum'), { text: 'new', label: 'good', source: 'crawl "x"' }]
    assert.deepEqual(
      shifts(base, more).map(({ what, text }) => `${what}: ${text}`),
      ['new source: source "crawl \\"x\\"" of one row, which no row had before'],
    )
  })

  test('too few rows show nothing', () => {
    assert.deepEqual(shifts(drawn(1, 1000, 0.1), drawn(2, 10, 1)), [])
  })
})
