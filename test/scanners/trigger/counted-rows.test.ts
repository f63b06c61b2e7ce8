import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCounted, rowsForCounted, tableBits } from '../../../scanners/trigger/counted-rows.js'
import { hash32 } from '../../../src/math/random.js'

const ALL = { memory: 1 }
const TENTH = { memory: 0.1 }
const LOAD = 3

const keys = Array.from({ length: 20_000 }, (_, i) => hash32(`row ${i}`))
const shareCounted = (words: number, rows: number | null, budget: { memory: number }): number =>
  keys.filter((key) => isCounted(key, words, rows, LOAD, budget)).length / keys.length

test('tables grow with the rows, to 2^23 counters; a tenth of the memory is at most a tenth', () => {
  assert.deepEqual(
    [10, 7000, 65_536, 10_000_000, null].map((rows) => tableBits(rows, ALL)),
    [18, 20, 23, 23, 23],
  )
  for (const rows of [10, 7000, null]) {
    const share = 2 ** (tableBits(rows, TENTH) - tableBits(rows, ALL))
    assert.ok(share <= 0.1 && share > 0.04, `${share}`)
  }
})

test('every row is counted until their words fill the tables; then as many as fit, however long rows are', () => {
  assert.equal(shareCounted(40, 574_000, ALL), 1)
  assert.equal(shareCounted(40, null, TENTH), 1)
  for (const [words, rows, memory] of [
    [40, 10_000_000, 1],
    [40, 574_000, 0.1],
    [4000, 100_000, 1],
  ] as const) {
    const fit = (LOAD * memory * 2 ** 23) / (rows * words)
    const share = shareCounted(words, rows, { memory })
    assert.ok(Math.abs(share - fit) < 4 * Math.sqrt(fit / keys.length), `${share}, ${fit} fit`)
  }
})

test('the rows that a phrase needs give 8 counted ones nineteen times in twenty', () => {
  assert.equal(rowsForCounted(8, 1), 8)
  for (const rate of [0.5, 0.1, 0.02]) {
    const rows = rowsForCounted(8, rate)
    let found = 0
    const draws = 2000
    for (let draw = 0; draw < draws; draw++) {
      let counted = 0
      for (let r = 0; r < rows; r++) if (hash32(`${draw} ${r}`) < rate * 2 ** 32) counted++
      if (counted >= 8) found++
    }
    assert.ok(found / draws > 0.93 && found / draws < 0.985, `${rate}: ${rows} rows, ${found / draws}`)
  }
})
