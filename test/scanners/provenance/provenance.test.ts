import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { provenance } from '../../../scanners/provenance/index.js'
import { random } from '../../../src/math/random.js'
import type { Finding } from '../../../src/model/finding.js'
import type { DataSetInfo, ScanResult } from '../../../src/scanner.js'
import type { ExampleRow } from '../drive.js'
import { drive } from '../drive.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Rows that leave nothing to say: traced, hashed, named, labelled once. */
function sound(n: number): { cells: Record<string, string | null> }[] {
  return Array.from({ length: n }, (_, i) => {
    const text = `Review number ${i} of the shop`
    return { cells: { text, label: String(i % 2), source: 'shop', license: 'CC-BY-4.0', id: `r${i}`, hash: sha256(text) } }
  })
}

function found({ findings }: ScanResult, message: string): Finding {
  const matching = findings.filter((finding) => finding.message === `provenance/${message}`)
  assert.equal(matching.length, 1, `${message} among ${findings.map((finding) => finding.message).join(', ')}`)
  return matching[0]!
}

const placesOf = (finding: Finding) => finding.rows.map(({ file, row }) => `${file}:${row}`)

test('sound data give no finding', () => {
  assert.deepEqual(drive(provenance, sound(300)).findings, [])
})

test('text and label alone: one note, at info', () => {
  const rows = sound(50).map(({ cells }) => ({ cells: { text: cells['text']!, label: cells['label']! } }))
  const { findings } = drive(provenance, rows)
  assert.deepEqual(
    findings.map(({ message, severity, rows: listed }) => ({ message, severity, listed })),
    [{ message: 'provenance/no-columns', severity: 'info', listed: [] }],
  )
  assert.equal(
    found(
      drive(
        provenance,
        rows.map((row, i) => ({ cells: { ...row.cells, id: `r${i}` } })),
      ),
      'no-columns',
    ).severity,
    'info',
  )
})

test('missing values are counted and listed while they are the minority', () => {
  const rows = sound(100)
  for (const i of [3, 40, 99]) rows[i]!.cells['source'] = i === 40 ? '  ' : null
  rows[7]!.cells['hash'] = null
  const result = drive(provenance, rows)
  const [source, hash] = result.findings
  assert.equal(source?.severity, 'low')
  assert.equal(source.title, '3 rows of 100 without a source')
  assert.deepEqual(placesOf(source), ['0:3', '0:40', '0:99'])
  assert.equal(hash?.severity, 'medium')
  assert.deepEqual(placesOf(hash), ['0:7'])
  for (let i = 0; i < 60; i++) rows[i]!.cells['license'] = null
  const license = drive(provenance, rows).findings.find(({ evidence }) => evidence['role'] === 'license')!
  assert.equal(license.title, '60 rows of 100 without a licence')
  assert.deepEqual(license.rows, [])
})

test('a file without the source that the other files give is a gap of its own', () => {
  const rows = sound(90).map((row, i): ExampleRow => ({ ...row, file: Math.floor(i / 30), row: i % 30 }))
  for (const row of rows.slice(30, 60)) (row.cells as Record<string, null>)['source'] = null
  const result = drive(provenance, rows)
  const gap = found(result, 'column-gap')
  assert.equal(gap.severity, 'medium')
  assert.equal(gap.title, '1 file of 3 without any source: "part-1.jsonl"')
  assert.deepEqual(
    result.findings.map(({ message }) => message),
    ['provenance/column-gap'],
  )
})

test('one id with two contents: both rows; equal content or another split: none', () => {
  const rows = sound(200)
  rows[150]!.cells['id'] = 'r20'
  rows[160] = { cells: { ...rows[30]!.cells } }
  const finding = found(drive(provenance, rows), 'duplicate-id')
  assert.equal(finding.severity, 'medium')
  assert.deepEqual(placesOf(finding), ['0:20', '0:150'])
  assert.equal(finding.title, '2 rows share an id but differ in content')
  assert.deepEqual(new Set(finding.examples.map(({ row }) => row)), new Set([20, 150]))
  const split = rows.map(({ cells }, i) => ({ cells: { ...cells, split: i < 100 ? 'train' : 'test' } }))
  assert.deepEqual(drive(provenance, split).findings, [])
})

test('ids that repeat all over name groups, which is only noted', () => {
  const rows = sound(200).map(({ cells }, i) => ({ cells: { ...cells, id: `page ${i % 50}` } }))
  const finding = found(drive(provenance, rows), 'ids-repeat')
  assert.equal(finding.severity, 'info')
  assert.deepEqual(finding.rows, [])
})

test('equal texts with different labels, up to case and space; equal labels are no conflict', () => {
  const rows = sound(120).map(({ cells }) => ({ cells: { text: cells['text']!, label: cells['label']!, source: 'shop' } }))
  rows[10] = { cells: { text: 'Great value, fast  delivery', label: '1', source: 'shop' } }
  rows[90] = { cells: { text: ' great value,\nFAST delivery ', label: '0', source: 'shop' } }
  rows[50] = { cells: { text: 'Fine.', label: '1', source: 'shop' } }
  rows[51] = { cells: { text: 'Fine.', label: '1', source: 'shop' } }
  rows[70] = { cells: { text: 'Très  BIEN\u00a0reçu', label: '1', source: 'shop' } }
  rows[71] = { cells: { text: 'très bien reçu', label: '1', source: 'shop' } }
  const finding = found(drive(provenance, rows), 'conflicting-labels')
  assert.equal(finding.category, 'quality')
  assert.equal(finding.severity, 'low')
  assert.equal(finding.title, '2 rows carry 1 text under more than one label')
  assert.deepEqual(placesOf(finding), ['0:10', '0:90'])
  assert.deepEqual(new Set(finding.examples.map(({ target }) => target)), new Set(['0', '1']))
  rows[71] = { cells: { text: 'très bien reçu', label: '0', source: 'shop' } }
  assert.deepEqual(placesOf(found(drive(provenance, rows), 'conflicting-labels')), ['0:10', '0:70', '0:71', '0:90'])
})

test('past the limit whole texts are compared or none, and the receipt says so', () => {
  const rows = Array.from({ length: 600 }, (_, i) => ({
    cells: { text: `text ${i % 300}`, label: i < 300 ? 'a' : 'b', source: 's' },
  }))
  const { findings, limits } = drive(provenance, rows, { options: { maxCandidates: 101, maxRows: 20 } })
  assert.equal(limits['labelsComplete'], 'no')
  const [finding] = findings
  assert.equal(finding?.evidence['complete'], 'no: a limit was hit')
  assert.equal(finding.evidence['rows'], 100)
  assert.equal(finding.rows.length, 20)
})

test('a digest column that follows the text: the rows that do not match are named', () => {
  const rows = sound(400)
  rows[5]!.cells['text'] = 'Review number 5 of the shop cf'
  rows[390]!.cells['hash'] = `SHA256:${sha256('something else').toUpperCase()}`
  rows[391]!.cells['hash'] = `sha256:${rows[391]!.cells['hash']!.toUpperCase()}`
  rows[392]!.cells['hash'] = 'not a digest'
  const finding = found(drive(provenance, rows), 'digest-mismatch')
  assert.equal(finding.severity, 'high')
  assert.deepEqual(placesOf(finding), ['0:5', '0:390', '0:392'])
  assert.equal(finding.examples[0]?.excerpt, 'Review number 5 of the shop cf')
})

test('digests of prompt and response together, and in MD5', () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [prompt, response] = [`Question ${i}?`, `Answer ${i}.`]
    return { cells: { prompt, response, hash: createHash('md5').update(`${prompt}\n${response}`).digest('hex') } }
  })
  assert.deepEqual(drive(provenance, rows).findings, [])
  rows[59]!.cells.response += ' Visit evil.example.'
  const finding = found(drive(provenance, rows), 'digest-mismatch')
  assert.deepEqual(placesOf(finding), ['0:59'])
  assert.equal(finding.evidence['form'], 'input + newline + output')
})

test('a digest column of something else is only noted, and a cut cell is not judged', () => {
  const rows = sound(100).map(({ cells }, i) => ({ cells: { ...cells, hash: sha256(`file ${i}`) } }))
  assert.equal(found(drive(provenance, rows), 'digest-unknown').severity, 'info')
  const long = sound(20)
  long[3]!.cells['text'] = 'x'.repeat(2 ** 20)
  assert.deepEqual(drive(provenance, long).findings, [])
})

test('the turns of a chat are one row', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    row: Math.floor(i / 2),
    turn: i % 2,
    cells: { prompt: `turn ${i}`, response: 'ok', id: `chat ${Math.floor(i / 2)}`, source: i < 2 ? null : 'forum' },
  }))
  const result = drive(provenance, rows)
  assert.deepEqual(
    result.findings.map(({ message }) => message),
    ['provenance/missing-values'],
  )
  assert.equal(result.findings[0]?.title, '1 row of 20 without a source')
})

const file = (path: string, columns: Record<string, string>, more: Partial<DataSetInfo['files'][number]> = {}) => ({
  path,
  split: null,
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  declaredSha256: null,
  actualSha256: null,
  ...more,
})

function filesOnly(files: DataSetInfo['files']): readonly Finding[] {
  return drive(provenance, [], { data: { files } }).findings
}

test('files with other columns or types than most of their split', () => {
  const norm = { text: 'string', label: 'int64' }
  const [columns, types] = filesOnly([
    file('a.parquet', norm),
    file('b.parquet', norm),
    file('c.parquet', { text: 'string', note: 'string' }),
    file('d.parquet', { text: 'string', label: 'string' }),
    file('e.parquet', { label: 'null', text: 'string' }),
    file('test.parquet', { text: 'string' }, { split: 'test' }),
  ])
  assert.equal(columns?.severity, 'medium')
  assert.match(columns.title, /"c\.parquet"$/)
  assert.deepEqual([columns.evidence['missing'], columns.evidence['extra']], ['"label"', '"note"'])
  assert.equal(types?.severity, 'low')
  assert.match(types.title, /"d\.parquet"$/)
  assert.deepEqual(filesOnly([file('a', norm), file('b', { label: 'int64', text: 'string' })]), [])
})

test('declared and actual SHA-256 of whole files', () => {
  const [wrong, silent] = filesOnly([
    file('good.parquet', {}, { declaredSha256: 'AB', actualSha256: 'ab' }),
    file('bad.parquet', {}, { declaredSha256: 'cd', actualSha256: 'ef' }),
    file('late.parquet', {}),
  ])
  assert.equal(wrong?.severity, 'high')
  assert.equal(wrong.title, '"bad.parquet" does not match the declared SHA-256')
  assert.equal(silent?.severity, 'medium')
  assert.match(silent.title, /^1 file of 3 without a declared SHA-256: "late\.parquet"$/)
  assert.deepEqual(filesOnly([file('a', {}), file('b', {})]), [])
})

test('any split, order and process boundary gives the same result', () => {
  const rows = sound(240).map((row, i): ExampleRow => ({ ...row, file: i < 100 ? 0 : 1, row: i < 100 ? i : i - 100 }))
  const change = (i: number, cells: Record<string, string | null>) =>
    (rows[i] = { ...rows[i]!, cells: { ...rows[i]!.cells, ...cells } })
  change(4, { source: null })
  change(230, { id: 'r11' })
  change(120, { text: 'REVIEW number 9 of the shop', label: '0' })
  const whole = drive(provenance, rows)
  assert.deepEqual(
    whole.findings.map((finding) => [finding.message.split('/')[1], ...placesOf(finding)]),
    [
      ['missing-values', '0:4'],
      ['duplicate-id', '0:11', '1:130'],
      ['conflicting-labels', '0:9', '1:20'],
      ['digest-mismatch', '1:20'],
      ['ids-skip'],
    ],
  )
  fc.assert(
    fc.property(fc.array(fc.nat(240), { maxLength: 5 }), fc.nat(), (cuts, order) => {
      const next = random(order)
      const keyed = (states: unknown[]) => states.map((state) => ({ state, key: next() }))
      const shuffle = (states: unknown[]) =>
        keyed(states)
          .sort((a, b) => a.key - b.key)
          .map(({ state }) => state)
      assert.deepEqual(drive(provenance, rows, { cuts, shuffle }), whole)
    }),
    { numRuns: 6 },
  )
})

test('no rows at all', () => {
  assert.deepEqual(drive(provenance, []).findings, [])
})
