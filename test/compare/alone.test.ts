import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { contributedRows, shownAlone } from '../../src/compare/alone.js'
import { matchRows } from '../../src/compare/match.js'
import { sampleFinding } from '../report/sample-report.js'
import { rowsOf, type Line } from './rows.js'

const lines = (from: number, to: number): Line[] => Array.from({ length: to - from }, (_, i) => ({ text: `row ${from + i}` }))
const places = (...rows: number[]) => rows.map((row) => ({ file: 0, row, score: 0.5 }))

describe('a contribution looked at alone', () => {
  test('its rows, file by file, where they are many enough and a small share of the data', () => {
    const base = rowsOf(lines(0, 1000), lines(1000, 1100))
    const head = rowsOf(lines(0, 1000), [...lines(5000, 5120), ...lines(1000, 1100)])
    const rows = contributedRows(head, matchRows(base, head))
    assert.deepEqual(
      rows?.map((file) => [...file]),
      [[], Array.from({ length: 120 }, (_, i) => i)],
    )
    const few = rowsOf(lines(0, 1000), [...lines(5000, 5099), ...lines(1000, 1100)])
    assert.equal(contributedRows(few, matchRows(base, few)), null)
    const most = rowsOf([...lines(0, 1000), ...lines(5000, 6000)], lines(1000, 1100))
    assert.equal(contributedRows(most, matchRows(base, most)), null)
  })

  test('counts for what neither state of the whole shows, and says where it was seen', () => {
    const alone = [
      sampleFinding({ id: 'trigger-new', scanner: 'trigger', rows: places(1, 2, 3) }),
      sampleFinding({ id: 'trigger-head', scanner: 'trigger', rows: places(4, 5) }),
      sampleFinding({ id: 'trigger-base', scanner: 'trigger', rows: places(6, 7) }),
      sampleFinding({ id: 'trigger-other-name', scanner: 'trigger', rows: places(8, 9, 10) }),
      sampleFinding({ id: 'style-same-rows', scanner: 'style', rows: places(8, 9, 10) }),
    ]
    const whole = [
      sampleFinding({ id: 'trigger-head', scanner: 'trigger', rows: places(4, 5) }),
      sampleFinding({ id: 'trigger-wider', scanner: 'trigger', rows: places(9, 10, 11, 12, 13) }),
    ]
    const base = new Map([['trigger-base', sampleFinding({ id: 'trigger-base' })]])
    const shown = shownAlone(alone, whole, base)
    assert.deepEqual(
      shown.map(({ id, change, contributed }) => [id, change, contributed]),
      [
        ['trigger-new', 'new', 3],
        ['style-same-rows', 'new', 3],
      ],
    )
    assert.match(shown[0]?.why ?? '', / Seen in the contribution alone/)
  })
})
