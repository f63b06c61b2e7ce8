import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originSurvey, type Origins } from '../../src/survey/origins.js'
import { drive, type ExampleRow } from '../scanners/drive.js'
import { assertSplit } from '../scanners/split.js'

const rows: readonly ExampleRow[] = Array.from({ length: 60 }, (_, i) => ({
  cells: {
    text: `row ${i}`,
    source: i % 4 === 0 ? null : `site ${i % 3}`,
    url: i % 5 === 0 ? 'no address' : `https://h${i % 2}.org/${i}`,
  },
}))

test('rows are counted by source and host, the same in any split and order', () => {
  const whole = drive(originSurvey, rows)
  const { source, host, license } = whole.value as Origins
  assert.deepEqual([source?.without, source?.rows?.get('site 0'), host?.without, host?.rows?.size], [15, 15, 12, 2])
  assert.equal(license, undefined)
  assertSplit(originSurvey, rows, {}, whole, 3)
})

test('a column with a name for each row is not listed', () => {
  const many = Array.from({ length: 5001 }, (_, i) => ({ cells: { text: 'x', source: `s${i}` } }))
  assert.equal((drive(originSurvey, many.slice(1)).value as Origins).source?.rows?.size, 5000)
  assert.equal((drive(originSurvey, many, { cuts: [2000] }).value as Origins).source?.rows, null)
})
