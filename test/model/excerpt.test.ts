import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptAround, LEAD } from '../../src/model/excerpt.js'

const text = `${'.'.repeat(200)}<here>${'.'.repeat(200)}`
const here = { start: 200, end: 206 }
const marked = ({ excerpt, marks }: ReturnType<typeof excerptAround>): string[] =>
  marks.map(([start, end]) => excerpt.slice(start, end))

test('an excerpt begins a little before what matters, or with the text', () => {
  const within = excerptAround(text, 200, 120, [here])
  assert.deepEqual([within.excerpt, within.marks], [text.slice(200 - LEAD, 320 - LEAD), [[LEAD, LEAD + 6]]])
  assert.deepEqual(marked(within), ['<here>'])
  const first = excerptAround('ab<c>', 2, 120, [{ start: 2, end: 5 }])
  assert.deepEqual(first, { excerpt: 'ab<c>', marks: [[2, 5]] })
})

test('marks are cut to what is shown, and left out where nothing is', () => {
  const ranges = [{ start: 0, end: 20 }, { start: 100, end: 125 }, here, { start: 230, end: 400 }, { start: 390, end: 400 }]
  const { excerpt, marks } = excerptAround(text, 200, 120, ranges)
  assert.equal(excerpt.length, 120)
  assert.deepEqual(marks, [
    [0, 5],
    [80, 86],
    [110, 120],
  ])
})

test('half a surrogate pair at either end becomes a whole character', () => {
  const pairs = '😀'.repeat(100)
  const { excerpt } = excerptAround(pairs, 101, 60, [])
  assert.equal(excerpt.length, 60)
  assert.ok(excerpt.isWellFormed())
  assert.equal(excerpt.at(0), '\ufffd')
})
