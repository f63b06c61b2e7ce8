import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCell } from '../../src/read/cell.js'

test('one text per value, whatever the file format makes of it', () => {
  const cases: [unknown, string | null][] = [
    ['as it is ', 'as it is '],
    ['', null],
    [null, null],
    [undefined, null],
    [Number.NaN, null],
    [1, '1'],
    [1.0, '1'],
    [-0, '0'],
    [0.25, '0.25'],
    [1e21, '1000000000000000000000'],
    [1n, '1'],
    [9007199254740993n, '9007199254740993'],
    [true, 'true'],
    [new Date(Date.UTC(2024, 1, 29, 12)), '2024-02-29T12:00:00.000Z'],
    [new Date(Number.NaN), null],
    [new Uint8Array([0xc3, 0xbc]), 'ü'],
    [['a', 1n, null], '["a",1,null]'],
    [{ b: undefined, a: [new Date(0)] }, '{"b":null,"a":["1970-01-01T00:00:00.000Z"]}'],
    [Int32Array.of(1, 2), '[1,2]'],
    ['\ud800x', '\ufffdx'],
    ['\ufeffmarked', '\ufeffmarked'],
  ]
  for (const [value, expected] of cases) assert.equal(toCell(value), expected)
})

test('nesting deeper than the stack ends in an ellipsis', () => {
  let deep: unknown = 'x'
  for (let i = 0; i < 100_000; i++) deep = [deep]
  assert.match(toCell(deep) ?? '', /^\[+"…"\]+$/)
})
