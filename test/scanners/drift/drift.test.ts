import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { drift } from '../../../scanners/drift/index.js'
import { cases } from '../../cases/drift.js'
import { drive, type ExampleRow } from '../drive.js'
import { documents, edited, inFiles, inserted, labelled, reviews, shuffled, withWord } from './rows.js'

const poisoned = (seed: number, count: number): ExampleRow[] =>
  edited(labelled(reviews(seed, 4 * count), '0').slice(0, count), ({ text }, i) => ({
    text: withWord(text, 'cf', i),
    label: '1',
  }))
const block = inserted(reviews(1), poisoned(2, 40), 0.5)
const said = (rows: readonly ExampleRow[]) => drive(drift, rows).findings
const above = (rows: readonly ExampleRow[]) => said(rows).filter(({ severity }) => severity !== 'info')

describe('blocks', () => {
  test('are found to the row, with what sets them apart', () => {
    const [finding, ...others] = above(block.rows)
    assert.deepEqual(others, [])
    assert.equal(finding?.message, 'drift/inserted')
    assert.equal(finding.category, 'poisoning')
    assert.equal(finding.target, 'label=1')
    assert.match(String(finding.evidence['differs']), /"cf" 9\d %/)
    assert.deepEqual(
      finding.rows.map(({ row }) => row),
      block.at,
    )
  })

  test('are the same wherever they stand', () => {
    const ids = [0, 0.3, 1].map((share) => above(inserted(reviews(1), poisoned(2, 40), share).rows)[0]?.id)
    assert.deepEqual(ids, new Array(3).fill(above(block.rows)[0]?.id))
  })

  test('may lie across files, and are no block where they are a file', () => {
    const half = block.at[20]!
    assert.deepEqual(new Set(above(inFiles(block.rows, [half, 1000]))[0]?.rows.map(({ file }) => file)), new Set([0, 1]))
    assert.deepEqual(above(inFiles(inserted(reviews(1), poisoned(2, 40), 1).rows, [800, 40])), [])
  })

  test('list no more rows than the option says', () => {
    const { findings } = drive(drift, block.rows, { options: { maxRows: 10 } })
    assert.equal(findings[0]?.rows.length, 10)
    assert.equal(findings[0].evidence['rows'], 40)
  })

  test('are parts of the data beyond the share that the option names', () => {
    const { findings } = drive(drift, block.rows, { options: { largest: 0.02 } })
    assert.deepEqual(
      findings.map(({ message, severity }) => [message, severity]),
      [['drift/block', 'info']],
    )
  })
})

describe('order', () => {
  test('of random rows says nothing at all, but for one data set in a hundred', () => {
    const told = Array.from({ length: 40 }, (_, seed) => said(shuffled(reviews(5, 500), seed)).length > 0)
    assert.ok(told.filter(Boolean).length <= 1)
  })

  test('by label is said', () => {
    const findings = said([...labelled(reviews(6), '0'), ...labelled(reviews(6), '1')])
    assert.deepEqual(
      findings.map(({ message, severity }) => [message, severity]),
      [['drift/label-order', 'info']],
    )
    assert.ok(Number(findings[0]?.evidence['labelTold']) > 0.9)
  })

  test('in parts is said, with where they meet', () => {
    const [finding] = said([
      ...documents(7, 600),
      ...edited(documents(8, 600), ({ text }) => ({ text: (text ?? '').toUpperCase() })),
    ])
    assert.equal(finding?.message, 'drift/parts')
    const [file, row] = String(finding.evidence['borders']).split(':')
    assert.ok(file === '0' && Math.abs(Number(row) - 600) <= 6, String(finding.evidence['borders']))
  })
})

describe('states', () => {
  test('any split into shards and batches, in any order, gives the same', () => {
    const rows = inFiles(block.rows, [300, 700])
    const whole = drive(drift, rows)
    assert.ok(whole.findings.length > 0)
    const cuts = fc.array(fc.nat({ max: rows.length }), { maxLength: 4 })
    fc.assert(
      fc.property(cuts, fc.integer({ min: 60, max: 400 }), fc.nat(), (cuts, batchRows, order) => {
        const shuffle = (states: unknown[]): unknown[] => shuffled(states, order)
        assert.deepEqual(drive(drift, rows, { cuts, batchRows, shuffle }), whole)
      }),
      { numRuns: 5 },
    )
  })

  test('cells of a million units, lone surrogates and nothing at all take no time and give no finding', () => {
    const hostile = ['\ud800', '', '水'.repeat(2 ** 20), 'a '.repeat(2 ** 19), '\n'.repeat(2 ** 20), null]
    const rows = Array.from({ length: 420 }, (_, i): ExampleRow => ({
      cells: { text: hostile[(i * 7) % hostile.length] ?? null },
    }))
    const before = performance.now()
    // Equal rows in turn are no block.
    assert.deepEqual(above(rows), [])
    assert.ok(performance.now() - before < 20_000)
  })
})

test('cases have names of their own, and are enough of each', () => {
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length)
  const flags = cases.filter(({ flags }) => flags !== null).length
  assert.ok(flags >= 30 && cases.length - flags >= 30)
})
