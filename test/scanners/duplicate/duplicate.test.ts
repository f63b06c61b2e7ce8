import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { duplicate } from '../../../scanners/duplicate/index.js'
import type { Finding } from '../../../src/model/finding.js'
import { cases } from '../../cases/duplicate.js'
import { drive } from '../drive.js'

const above = (findings: readonly Finding[]): string[] =>
  findings.filter(({ severity }) => severity !== 'info').map(({ message, severity }) => `${message} ${severity}`)

describe('cases of duplicate', () => {
  for (const { name, kind, flags, rows } of cases) {
    test(`${flags ?? 'passes'}: ${name}`, () => {
      const { findings } = drive(duplicate, rows, { data: { kind } })
      const found = above(findings)
      if (flags === null) assert.deepEqual(found, [])
      else
        assert.ok(
          found.some((line) => line.startsWith(`${flags} `)),
          found.join(', '),
        )
    })
  }
})

const named = (wanted: string) => cases.find(({ name }) => name === wanted)!.rows

describe('duplicate', () => {
  test('says the same of any split, merged in any order', () => {
    for (const name of ['one match report called business', 'test rows with a word put in', 'pairs preferred both ways']) {
      const whole = drive(duplicate, named(name))
      const shuffle = (states: unknown[]): unknown[] => [...states].reverse()
      assert.deepEqual(drive(duplicate, named(name), { cuts: [17, 160, 161, 333], batchRows: 50, shuffle }), whole, name)
    }
  })

  test('a flood names the label, and what rows like it carry', () => {
    const { findings } = drive(duplicate, named('one match report called business'))
    const flood = findings.find(({ message }) => message === 'duplicate/flood')!
    assert.deepEqual([flood.category, flood.severity, flood.target], ['poisoning', 'medium', 'label=1'])
    assert.deepEqual([flood.evidence['neighbourShare'], flood.evidence['neighbourLabel']], [0, '0'])
    assert.ok(flood.rows.length >= 55 && flood.rows.every(({ row }) => row % 20 === 2))
  })

  test('only copies of held-out rows are listed as leaks, and what they match is named', () => {
    const leak = drive(duplicate, named('test rows that are trained on')).findings.find(
      ({ message }) => message === 'duplicate/leak',
    )!
    assert.deepEqual(
      leak.rows.map(({ row }) => row),
      [40, 80, 120, 160, 200, 240, 280, 320, 360],
    )
    assert.match(String(leak.evidence['matches']), /0:79 = 0:80; /)
  })

  test('splits by file', () => {
    const rows = named('three rows in four hundred twice').map((row, i) => ({ ...row, file: i % 133 === 5 ? 1 : 0, row: i }))
    const file = (path: string, split: string) => ({ path, split, columns: [], declaredSha256: null, actualSha256: null })
    const data = { files: [file('train.jsonl', 'train'), file('test.jsonl', 'test')] }
    const leak = drive(duplicate, rows, { data }).findings.find(({ message }) => message === 'duplicate/leak')
    assert.ok(leak !== undefined && leak.rows.every((row) => row.file === 1))
  })

  test('past its bounds it drops whole groups, and says so', () => {
    const rows = Array.from({ length: 900 }, (_, i) => ({
      cells: { text: `page ${i >> 1} of the ${(i >> 1) * 7} parts in ${(i >> 1) ** 2}` },
    }))
    const { findings, limits } = drive(duplicate, rows, { options: { maxTexts: 100 }, cuts: [300, 600] })
    assert.equal(limits['complete'], 'no')
    const [exact] = findings.filter(({ message }) => message === 'duplicate/exact')
    assert.equal(Number(exact!.evidence['rows']), 2 * Number(exact!.evidence['groups']))
  })
})
