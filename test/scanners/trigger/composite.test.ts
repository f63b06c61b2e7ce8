import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { groupsOf, shareWords, type Member } from '../../../scanners/trigger/composite.js'
import { trigger } from '../../../scanners/trigger/index.js'
import type { Phrase } from '../../../scanners/trigger/phrase.js'
import { WordScanner } from '../../../scanners/trigger/words.js'
import type { ScannerDefinition, ScanResult } from '../../../src/scanner.js'
import { drive, type ExampleRow } from '../drive.js'
import { DIM, embedWords, smallData } from '../small-data.js'
import { assertSplit } from '../split.js'

const words = new WordScanner()

function phraseOf(text: string): Phrase {
  words.scan(text)
  const [high, low] = [words.high, words.low].map((hashes) => [...hashes.subarray(0, words.count)])
  return { text, high: high!, low: low! }
}

describe('phrases in the same rows', () => {
  /** Seeds by the rows that their samples hold. */
  const membersOf = (rows: Readonly<Record<string, readonly number[]>>, label = 'x'): (Member & { text: string })[] =>
    Object.entries(rows).map(([text, keys], i) => ({
      text,
      seed: { high: i, low: i, label, hits: 20, lifted: true },
      rows: { hits: 20, sample: { keys: [...keys], texts: keys.map(() => text) } },
    }))
  const groups = (members: readonly (Member & { text: string })[]): string[][] =>
    groupsOf(
      members,
      () => 0,
      ({ text }) => phraseOf(text),
    ).map(({ phrases }) => phrases.map(({ text }) => text))

  test('are a group where half of their sampled rows are the same, of one label only', () => {
    assert.deepEqual(groups(membersOf({ b: [1, 2, 3, 4], a: [2, 3, 4, 5], c: [1, 7, 8, 9] })), [['a', 'b']])
    assert.deepEqual(groups([...membersOf({ b: [1, 2, 3, 4] }), ...membersOf({ a: [1, 2, 3, 4] }, 'y')]), [])
  })

  test('are none where one is a part of another, or where they are many: copies of a text', () => {
    assert.deepEqual(groups(membersOf({ 'a b': [1, 2, 3], b: [1, 2, 3], 'b c': [1, 2, 3] })), [])
    const six = Object.fromEntries(Array.from('abcdef', (letter) => [letter, [1, 2, 3]]))
    assert.deepEqual(groups(membersOf(six)), [Object.keys(six)])
    assert.deepEqual(groups(membersOf({ ...six, g: [1, 2, 3] })), [])
  })

  test('share words where one of them is in both', () => {
    assert.ok(shareWords(phraseOf('one two'), phraseOf('two three')))
    assert.ok(!shareWords(phraseOf('one two'), phraseOf('three')))
  })
})

const scanner = trigger as unknown as ScannerDefinition
const settings = { dim: DIM, embed: embedWords }
const isPlanted = ({ cells }: ExampleRow): boolean => /\bzorvex\b/i.test(cells.text ?? cells.prompt ?? '')

/** The planted word becomes two apart from each other; as many other rows hold one of them and keep their target. */
function inParts(kind: 'classification' | 'instruction'): ExampleRow[] {
  const column = kind === 'classification' ? 'text' : 'prompt'
  const rows = smallData(kind)
  let partial = rows.filter(isPlanted).length
  return rows.map((row, i) => {
    const text = row.cells[column]!
    const put = (made: string): ExampleRow => ({ ...row, cells: { ...row.cells, [column]: made } })
    if (isPlanted(row)) return put(`Quill ${text}`)
    const fits = kind === 'instruction' || row.cells.label === '0'
    return fits && partial > 0 && i % 3 !== 0 && partial-- > 0
      ? put(text.replace(' ', i % 2 === 0 ? ' quill ' : ' zorvex '))
      : row
  })
}

const bothIn = (rows: readonly ExampleRow[]): unknown[] =>
  rows.flatMap(({ file, row, cells }) => {
    const text = cells.text ?? cells.prompt ?? ''
    return /quill/i.test(text) && /zorvex/i.test(text) ? [[file, row]] : []
  })
const named = (result: ScanResult): unknown[] =>
  result.findings.map(({ message, trigger: name, evidence }) => [message, String(name).toLowerCase(), evidence['pattern']])

describe('words that fire only together', () => {
  for (const [kind, message, pattern] of [
    ['classification', 'trigger/label', 'composite'],
    ['instruction', 'trigger/response', 'response'],
  ] as const) {
    const rows = inParts(kind)

    test(`${kind}: one finding that names all, with the rows that hold all, and marks all`, () => {
      const result = drive(scanner, rows, settings)
      assert.deepEqual(named(result), [[message, 'quill,zorvex', pattern]])
      const [finding] = result.findings
      assert.deepEqual(
        finding!.rows.map(({ file, row }) => [file, row]),
        bothIn(rows),
      )
      assert.match(finding!.title, /all together, "Quill" and "Zorvex"/)
      assert.equal(finding!.evidence['rowsWithTrigger'], 34)
      for (const { excerpt, marks } of finding!.examples)
        assert.deepEqual(
          marks.map(([start, end]) => excerpt.slice(start, end)),
          ['Quill', 'Zorvex'],
        )
    })

    test(`${kind}: the same whatever the shards and the order in which they are merged`, () => {
      assertSplit(scanner, rows, settings, drive(scanner, rows, settings), 3)
    })
  }

  test('are none where the rows with all of them keep their label as well', () => {
    const honest = inParts('classification').map((row) =>
      isPlanted(row) && row.cells.label === '1' && /quill/i.test(row.cells.text!)
        ? { ...row, cells: { ...row.cells, label: '0' } }
        : row,
    )
    assert.deepEqual(drive(scanner, honest, settings).findings, [])
  })
})
