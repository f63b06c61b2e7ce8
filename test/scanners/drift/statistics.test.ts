import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../../src/math/random.js'
import { logBinomialTail } from '../../../src/math/stats.js'
import { eachWord } from '../../../scanners/drift/row-features.js'
import { shapesOf } from '../../../scanners/drift/shape.js'
import { SHAPES } from '../../../scanners/drift/layout.js'
import { mergeSurveys, placeOf, survey, surveyed, surveyState } from '../../../scanners/drift/survey.js'
import { logBound } from '../../../scanners/drift/windows.js'

test('the bound is never below the exact tail, and near it', () => {
  const next = random(3)
  for (let i = 0; i < 500; i++) {
    const n = 5 + Math.floor(next() * 500)
    const p = 0.001 + 0.9 * next()
    const k = Math.min(n, Math.ceil(n * p) + Math.floor(next() * n * 0.5))
    const exact = logBinomialTail(n, k, p)
    assert.ok(logBound(n, k, p) >= exact - 1e-9, `${n} ${k} ${p}`)
    assert.ok(logBound(n, k, p) <= exact + Math.log(n + 2) + 2, `${n} ${k} ${p}`)
  }
})

test('words are those of the head and the tail, up to case', () => {
  const words = (text: string): string[] => {
    const found: string[] = []
    eachWord(text, (_, start, end) => found.push(text.slice(start, end)))
    return found
  }
  assert.deepEqual(words('Ein Wort, zwei-drei 水火'), ['Ein', 'Wort', 'zwei', 'drei', '水', '火'])
  const hashes = (text: string): number[] => {
    const found: number[] = []
    eachWord(text, (hash) => found.push(hash))
    return found
  }
  assert.deepEqual(hashes('CF Là'), hashes('cf là'))
  assert.notDeepEqual(hashes('the'), hashes('t\u200bhe'))
  assert.ok(words('a '.repeat(2 ** 19)).length <= 1024)
})

test('shapes say what a text is mostly made of', () => {
  const shapes = (text: string): string[] => shapesOf(text).map((k) => SHAPES[k]!)
  assert.deepEqual(shapes('a plain line of words'), ['written in Latin letters'])
  assert.deepEqual(shapes('ОБЫЧНАЯ СТРОКА'), ['written in Cyrillic letters', 'in capitals'])
  assert.deepEqual(shapes('12 34 56 78 90'), ['without letters', 'a quarter digits'])
  assert.deepEqual(shapes('今天北京的天气很好'), ['written in Chinese, Japanese or Korean'])
  assert.deepEqual(shapes('short'), [])
})

test('positions go through the files in order, whatever order they came in', () => {
  const batch = (file: number, rows: readonly number[]) => ({
    file,
    length: rows.length,
    rows: Float64Array.from(rows),
    turns: new Uint16Array(rows.length),
    columns: {},
    input: rows.map(() => null),
    output: null,
  })
  const [a, b] = [surveyState(), surveyState()]
  survey(a, batch(1, [3, 4]))
  survey(b, batch(0, [0, 9]))
  survey(b, batch(1, [0]))
  const found = surveyed(mergeSurveys(a, b))
  assert.deepEqual(found.files, [
    { file: 0, rows: 10, offset: 0 },
    { file: 1, rows: 5, offset: 10 },
  ])
  assert.deepEqual(placeOf(found, 9), { file: 0, row: 9 })
  assert.deepEqual(placeOf(found, 14), { file: 1, row: 4 })
  assert.equal(found.cells, 15)
})
