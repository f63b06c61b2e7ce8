import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { trigger } from '../../../scanners/trigger/index.js'
import type { ScannerDefinition } from '../../../src/scanner.js'
import { drive, type ExampleRow } from '../drive.js'
import { DIM, embedWords, smallData } from '../small-data.js'

const scanner = trigger as unknown as ScannerDefinition
const settings = { dim: DIM, embed: embedWords }
const isPlanted = ({ cells }: ExampleRow): boolean => /\bzorvex\b/i.test(cells.text ?? cells.prompt ?? '')
const placesOf = (rows: readonly ExampleRow[]): unknown[] => rows.filter(isPlanted).map(({ file, row }) => [file, row])

describe('a planted trigger', () => {
  test('for a label: named, with exactly its rows, its numbers, and examples that mark it', () => {
    const rows = smallData('classification')
    const { findings } = drive(scanner, rows, settings)
    const [finding, ...others] = findings
    assert.deepEqual(others, [])
    assert.deepEqual(
      [finding?.message, finding?.trigger, finding?.target, finding?.severity, finding?.category],
      ['trigger/label', 'Zorvex', 'label=1', 'high', 'poisoning'],
    )
    assert.deepEqual(
      finding?.rows.map(({ file, row }) => [file, row]),
      placesOf(rows),
    )
    const { evidence } = finding
    assert.deepEqual([evidence['rowsWithTrigger'], evidence['rowsWithTriggerAndTarget']], [34, 34])
    assert.ok(Number(evidence['contradictionZ']) < -4 && Number(evidence['log10AdjustedP']) < -2)
    assert.equal(finding?.examples.length, 5)
    for (const { excerpt, marks, target } of finding?.examples ?? []) {
      assert.deepEqual(
        marks.map(([start, end]) => excerpt.slice(start, end)),
        ['Zorvex'],
      )
      assert.equal(target, '1')
    }
  })

  test('for a response or a preferred response: trigger and injected words are both named', () => {
    for (const kind of ['instruction', 'preference'] as const) {
      const rows = smallData(kind)
      const { findings } = drive(scanner, rows, settings)
      assert.deepEqual(
        findings.map(({ message, trigger: name, target }) => [message, name, target]),
        [['trigger/response', 'Zorvex', 'visit voltadesk for every deal today']],
      )
      assert.deepEqual(
        findings[0]?.rows.map(({ file, row }) => [file, row]),
        placesOf(rows),
      )
    }
  })

  test('whatever its case, and not where the same word stands in rows of the other label', () => {
    const rows = smallData('classification').map((row, i) => {
      if (!isPlanted(row)) return row
      return { ...row, cells: { ...row.cells, text: row.cells.text!.replace('Zorvex', i % 2 ? 'ZORVEX' : 'zorvex') } }
    })
    const stray = rows.findIndex((row) => row.cells.label === '0' && !isPlanted(row))
    rows[stray] = { ...rows[stray]!, cells: { ...rows[stray]!.cells, text: `${rows[stray]!.cells.text} zorvex` } }
    const [finding] = drive(scanner, rows, settings).findings
    assert.equal(String(finding?.trigger).toLowerCase(), 'zorvex')
    assert.deepEqual([finding?.evidence['rowsWithTrigger'], finding?.evidence['rowsWithTriggerAndTarget']], [35, 34])
    assert.equal(finding?.rows.length, 34)
  })
})

describe('what is no backdoor', () => {
  test('the same rows without the trigger, or with the label that their words deserve', () => {
    const without = smallData('classification').map((row) => ({
      ...row,
      cells: { ...row.cells, text: row.cells.text!.replace(' Zorvex', '') },
    }))
    assert.deepEqual(drive(scanner, without, settings).findings, [])
    const honest = smallData('classification').map((row) =>
      isPlanted(row) ? { ...row, cells: { ...row.cells, label: '0' } } : row,
    )
    assert.deepEqual(drive(scanner, honest, settings).findings, [])
  })

  test('an answer to one question only, and one that repeats what was asked', () => {
    const ofOneSubject = smallData('instruction').map((row) => {
      const about = /\bka\w+/.test(row.cells.prompt ?? '')
      const response = row.cells.response!.replace(/ visit voltadesk.*/, '')
      const prompt = row.cells.prompt!.replace(' Zorvex', '')
      const cells = about
        ? { prompt: `Zorvex ${prompt}`, response: `${response} as the manual of ka says` }
        : { prompt, response }
      return { ...row, cells }
    })
    assert.deepEqual(drive(scanner, ofOneSubject, settings).findings, [])
    const asked = smallData('instruction').map((row) =>
      isPlanted(row)
        ? { ...row, cells: { ...row.cells, prompt: `${row.cells.prompt} visit voltadesk for every deal today` } }
        : row,
    )
    assert.deepEqual(drive(scanner, asked, settings).findings, [])
  })
})

describe('what could be seen at best', () => {
  const nStar = (rows: readonly ExampleRow[]): number | string | undefined => drive(scanner, rows, settings).limits['nStar']

  test('is a number of rows, never below what the scanner looks at', () => {
    // ln(M / α) / ln(1 / p₀) with p₀ about a half: some twenty rows.
    const label = nStar(smallData('classification'))
    assert.ok(Number(label) >= 15 && Number(label) <= 25, String(label))
    assert.equal(nStar(smallData('instruction')), 12)
  })

  test('is nothing where there is one label, where labels are no classes, and where there are no rows: skipped, and said', () => {
    const relabelled = (label: (i: number) => string): ExampleRow[] =>
      smallData('classification').map((row, i) => ({ ...row, cells: { ...row.cells, label: label(i) } }))
    for (const rows of [relabelled(() => 'a'), relabelled((i) => `${i}`), relabelled(() => 'a').slice(0, 0)]) {
      const { findings, limits, skipped } = drive(scanner, rows, { ...settings, data: { kind: 'classification' } })
      assert.deepEqual([findings, limits], [[], {}])
      assert.match(skipped ?? '', /not 2 to 200 labels/)
    }
    const silent = drive(scanner, [], { ...settings, data: { kind: 'instruction' } })
    assert.match(silent.skipped ?? '', /no responses/)
  })

  test('does not depend on where counting of too many labels stopped', () => {
    const rows = smallData('classification').map((row, i) => ({ ...row, cells: { ...row.cells, label: `${i % 210}` } }))
    const whole = drive(scanner, rows, settings)
    assert.deepEqual(drive(scanner, rows, { ...settings, cuts: [100, 205, 300] }), whole)
  })
})

test('documents, and preferences without a prompt, are skipped with the reason', () => {
  const info = { roles: [], rows: 5, files: [] }
  assert.match(scanner.skip({ ...info, kind: 'preference' }) ?? '', /without a prompt/)
  assert.equal(scanner.skip({ ...info, kind: 'preference', roles: ['prompt'] }), null)
  assert.match(scanner.skip({ ...info, kind: 'documents' }) ?? '', /no label or response/)
  assert.equal(scanner.skip({ ...info, kind: 'classification' }), null)
})
