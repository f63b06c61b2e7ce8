import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { provenance } from '../../../scanners/provenance/index.js'
import { random } from '../../../src/math/random.js'
import { instantOf } from '../../../src/model/instant.js'
import { bucketsOf, bucketWidth, countsAt, mergeTimeGrids, timeGrid } from '../../../src/model/time-grid.js'
import { drive } from '../drive.js'

test('moments as cells give them', () => {
  const noon = Date.UTC(2024, 1, 29, 12) / 1000
  const same = [
    '2024-02-29T12:00:00Z',
    '2024-02-29 12:00',
    '2024/02/29 12:00:00.123',
    '2024-02-29T13:30+01:30',
    '2024-02-29T07:00:00-0500',
  ]
  for (const cell of [
    ...same,
    '2024-02-29T12:00:00 UTC',
    String(noon),
    `${noon}.5`,
    `${noon}000`,
    `${noon}000000`,
    `${noon}123456789`,
  ])
    assert.equal(instantOf(cell), noon, cell)
  assert.equal(instantOf('2024-02-29'), noon - 43_200)
  assert.equal(instantOf(' 20240229 '), noon - 43_200)
  const none = [
    '',
    '2024',
    '2024-13-01',
    '2024-02-29T25:00',
    '2024-02-29x',
    '29/02/2024',
    'yesterday',
    '0',
    '1970-01-01',
    '12345',
    '-5',
    '\ud800',
  ]
  for (const cell of [...none, '2024-02-29T12:00+1', '1.7e9', '9'.repeat(30), null])
    assert.equal(instantOf(cell), null, String(cell))
  // Of years: epoch counts of another number of digits are something else.
  fc.assert(
    fc.property(fc.date({ min: new Date('1980-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      assert.equal(instantOf(date.toISOString()), Math.floor(date.getTime() / 1000))
      assert.equal(instantOf(String(date.getTime())), Math.floor(date.getTime() / 1000))
    }),
  )
})

test('a grid has at most 1,024 buckets, loses no row, and does not depend on order or merges', () => {
  const filled = (instants: readonly number[]) => {
    const grid = timeGrid(1)
    for (const instant of instants) countsAt(grid, instant)[0]!++
    return grid
  }
  const instants = fc.array(fc.integer({ min: -3e10, max: 2.5e11 }), { maxLength: 3000, minLength: 0, size: 'max' })
  fc.assert(
    fc.property(instants, fc.nat(3000), (list, cut) => {
      const whole = filled(list)
      const merged = filled(list.slice(cut))
      mergeTimeGrids(merged, filled(list.slice(0, cut)))
      assert.deepEqual([bucketsOf(merged), bucketWidth(merged)], [bucketsOf(whole), bucketWidth(whole)])
      assert.ok(whole.buckets.size <= 1024)
      assert.equal(
        bucketsOf(whole).reduce((sum, { counts }) => sum + counts[0]!, 0),
        list.length,
      )
    }),
    { numRuns: 15 },
  )
})

const DAY = 86_400
const START = 1_700_000_000

/** Rows of five sources and two labels over 100 days, of working hours on working days. */
function ordinary(count: number, seed: number) {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const day = Math.floor(next() * 14) * 7 + Math.floor(next() * 5)
    const timestamp = String(START + day * DAY + Math.floor(next() * 9 * 3600))
    return { cells: { text: `review ${i}`, label: String(i % 2), source: `shop ${i % 5}`, timestamp } }
  })
}

test('a burst with one label and one source, with its rows', () => {
  const rows = ordinary(700, 1)
  for (let i = 100; i < 150; i++)
    rows[i]!.cells = {
      ...rows[i]!.cells,
      label: '1',
      source: 'new shop',
      timestamp: String(START + 40 * DAY + 20 * 3600 + i * 30),
    }
  const { findings } = drive(provenance, rows, { cuts: [120, 300] })
  const bursts = findings.filter(({ message }) => message === 'provenance/burst')
  assert.deepEqual(
    bursts.map(({ severity, rows: listed, evidence }) => [severity, listed.length, evidence['rows']]),
    [
      ['low', 50, 50],
      ['low', 50, 50],
    ],
  )
  assert.match(bursts[0]!.title, /^50 of the 50 rows from 2023-12-2\d .* UTC to .* UTC have the label "1"$/)
  assert.match(bursts[1]!.title, /come from the source "new shop"$/)
})

test('ordinary rhythms, imports source by source, and bursts without anything in common are no finding', () => {
  const said = (rows: ReturnType<typeof ordinary>) =>
    drive(provenance, rows).findings.filter(({ message }) => message === 'provenance/burst')
  for (let seed = 0; seed < 8; seed++) {
    assert.deepEqual(said(ordinary(700, seed)), [])
    const imports = ordinary(700, seed).map(({ cells }, i) => {
      const batch = Math.floor(i / 20)
      return { cells: { ...cells, source: `shop ${batch}`, timestamp: String(START + batch * DAY + (i % 20)) } }
    })
    assert.deepEqual(said(imports), [])
    const busy = ordinary(700, seed)
    for (let i = 100; i < 150; i++) busy[i]!.cells.timestamp = String(START + 40 * DAY + i)
    assert.deepEqual(said(busy), [])
  }
})
