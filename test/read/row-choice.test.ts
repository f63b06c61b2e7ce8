import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { holds, rowsAmong } from '../../src/read/row-choice.js'

const ascending = fc.uniqueArray(fc.nat(60)).map((rows) => Float64Array.from(rows).sort())

describe('some rows of a file', () => {
  test('of a batch are those of both lists, with all their cells', () => {
    fc.assert(
      fc.property(ascending, ascending, (inBatch, wanted) => {
        const columns = { a: Array.from(inBatch, (row) => `a${row}`), b: Array.from(inBatch, (row) => row * 2) }
        const { length, rows, columns: kept } = rowsAmong({ length: inBatch.length, rows: inBatch, columns }, wanted)
        const both = [...inBatch].filter((row) => wanted.includes(row))
        assert.deepEqual([...rows], both)
        assert.equal(length, both.length)
        assert.deepEqual(kept, { a: both.map((row) => `a${row}`), b: both.map((row) => row * 2) })
      }),
    )
  })

  test('a unit is left out only where none of them can be in it', () => {
    const unit = { kind: 'row-groups', from: 0, to: 1 } as const
    fc.assert(
      fc.property(ascending, fc.nat(60), fc.option(fc.integer({ min: 1, max: 30 })), (wanted, firstRow, rows) => {
        const end = rows === null ? Infinity : firstRow + rows
        const any = wanted.some((row) => row >= firstRow && row < end)
        assert.equal(holds({ unit, firstRow, rows }, wanted), any)
      }),
    )
  })
})
