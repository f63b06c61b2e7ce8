import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Dictionary, Float32, Int32, Int8, Table, tableToIPC, Utf8, vectorFromArray, type Vector } from 'apache-arrow'
import { receiptSchema } from '../../src/clean/receipt.js'
import type { Finding } from '../../src/model/finding.js'
import { temporaryFolder } from '../temporary-folder.js'
import { digestOf, relabelling, rewritten, rowsOf, shifted } from './rewritten.js'
import { A, B, found, rows, scanned } from './scene.js'
import { table, WRITERS } from './tables.js'

describe('labels written into random tables', () => {
  const folder = temporaryFolder()
  for (const [name, write] of Object.entries(WRITERS)) {
    test(`${name}: exactly the cells meant, of any type, and what they were`, async () => {
      const path = join(folder, name)
      await fc.assert(
        fc.asyncProperty(table, async ({ rows, named, parts }) => {
          writeFileSync(path, write(rows, parts))
          const before = digestOf(path)
          const all = await rowsOf(path)
          const columns = Object.keys(all[0]!).filter((column) => column !== 'turns')
          const column = columns[rows.length % columns.length]!
          const { labels, expected, edited } = shifted(all, named, column)
          const { path: out, outcome } = await rewritten(path, relabelling(labels, column))
          assert.deepEqual(await rowsOf(out), expected)
          assert.deepEqual(outcome.edited, edited)
          assert.equal(digestOf(path), before)
        }),
        { numRuns: 4, seed: 4 },
      )
    })
  }
})

describe('bytes of a label', () => {
  const folder = temporaryFolder()
  const relabelled = async (name: string, text: string, to: string): Promise<string> => {
    const path = join(folder, name)
    writeFileSync(path, text)
    const labels = new Map([0, 1, 2].map((row) => [row, to]))
    return readFileSync((await rewritten(path, relabelling(labels, 'label'))).path, 'utf8')
  }

  test('JSON: a cell keeps its type, and the record everything else', async () => {
    const cases: readonly (readonly [before: string, to: string, after: string])[] = [
      ['{ "label" : 0.0, "n": 1.50 }', '1', '{ "label" : 1, "n": 1.50 }'],
      ['{"label":"0","a":{"label":0}}', '1', '{"label":"1","a":{"label":0}}'],
      ['{"l\\u0061bel":"caf\\u00e9"}', 'a "b"\n', '{"l\\u0061bel":"a \\"b\\"\\n"}'],
      ['{"label":true}', 'false', '{"label":false}'],
      ['{"a":null,"label":-1e2}', '12345678901234567890', '{"a":null,"label":12345678901234567890}'],
    ]
    for (const [before, to, after] of cases) {
      assert.equal(await relabelled('a.jsonl', `${before}\n`, to), `${after}\n`)
      assert.equal(await relabelled('a.json', `[\n ${before}\n]\n`, to), `[\n ${after}\n]\n`)
    }
  })

  test('JSON: what cannot hold it stays, as does what two readers take differently', async () => {
    const cases: readonly (readonly [before: string, to: string])[] = [
      ['{"label":0}', 'one'],
      ['{"label":0}', '1.0'],
      ['{"label":0}', 'true'],
      ['{"label":true}', '1'],
      ['{"label":null}', '1'],
      ['{"label":["0"]}', '1'],
      ['{"label":{"label":"0"}}', '1'],
      ['{"label":0,"label":0}', '1'],
      ['{"l\\u0061bel":"0","label":"0"}', '1'],
    ]
    for (const [before, to] of cases) assert.equal(await relabelled('a.jsonl', before, to), before)
  })

  test('CSV and TSV: quoted where the file quotes, and where it must', async () => {
    assert.equal(await relabelled('a.csv', 'label,x\n0,"a"\n"0",b\n"0"0,c\n', '1'), 'label,x\n1,"a"\n"1",b\n"1",c\n')
    assert.equal(
      await relabelled('b.csv', 'x,label\r\na,0\r\nb,0', 'no, "never"'),
      'x,label\r\na,"no, ""never"""\r\nb,"no, ""never"""',
    )
    assert.equal(await relabelled('c.tsv', 'x\tlabel\na\t0\n', 'a,b'), 'x\tlabel\na\ta,b\n')
    assert.equal(await relabelled('d.csv', 'x,label\na,\n', '1'), 'x,label\na,\n')
  })

  test('Arrow: what a type or a dictionary cannot hold stays', async () => {
    const columns: readonly (readonly [Vector, to: string, held: boolean])[] = [
      [vectorFromArray([1, 2], new Int8()), '127', true],
      [vectorFromArray([1, 2], new Int8()), '128', false],
      [vectorFromArray([1, 2], new Int8()), '1.5', false],
      [vectorFromArray([0.5, 2], new Float32()), '0.1', false],
      [vectorFromArray([0.5, 2], new Float32()), '0.25', true],
      [vectorFromArray(['a', 'b'], new Dictionary(new Utf8(), new Int32())), 'c', false],
      [vectorFromArray(['a', 'b'], new Dictionary(new Utf8(), new Int32())), 'b', true],
    ]
    for (const [column, to, held] of columns) {
      const path = join(folder, 'a.arrow')
      writeFileSync(path, tableToIPC(new Table({ label: column }), 'stream'))
      const { path: out, outcome } = await rewritten(path, relabelling(new Map([[0, to]]), 'label'))
      assert.equal(outcome.edited.length, held ? 1 : 0, to)
      const [first, second] = await rowsOf(path)
      assert.deepEqual((await rowsOf(out))[1], second)
      assert.equal(String((await rowsOf(out))[0]!['label']), held ? to : String(first!['label']))
    }
  })
})

describe('--mode relabel', () => {
  const suggesting = (label: string, ...places: Finding['rows']): Finding['rows'] =>
    places.map((place) => ({ ...place, suggested: label }))
  const findings = [
    found('label-1', { scanner: 'label', rows: suggesting('b', ...rows(0, 0, 1, 3), ...rows(1, 0)) }),
    found('label-2', { scanner: 'label', rows: suggesting('c', ...rows(0, 1)) }),
    found('trigger-1', { rows: rows(0, 2, 3, 4) }),
  ]
  const numbered = B[1]!.replace('"a"', '1')
  const scene = scanned(findings, { 'data/lang=fr/b.jsonl': numbered + B[1]! + B[2]! })
  const row = (number: number, verdict: string): object => ({
    target: { kind: 'row', file: 'data/lang=en/a.jsonl', row: number },
    verdict,
  })
  scene.decide(row(0, 'poison'), row(4, 'clean'))

  test('rows get their label; those without one, with two, or that cannot hold it go, as does what people call poison', async () => {
    const { cwd, run, read } = scene
    const before = ['lang=en/a.jsonl', 'lang=fr/b.jsonl'].map((name) => digestOf(join(cwd, 'data', name)))
    const { rows: counted, notes } = await run({ mode: 'relabel' })
    assert.deepEqual(counted, { read: 8, kept: 4, removed: 4, redacted: 0, relabelled: 1 })
    assert.equal(read('data/lang=en/a.jsonl'), A[3]!.replace('"a"', '"b"') + A[4]!)
    assert.equal(read('data/lang=fr/b.jsonl'), B[1]! + B[2]!)
    assert.equal(read('quarantine/lang=en/a.jsonl'), A[0]! + A[1]! + A[2]!)
    assert.equal(read('quarantine/lang=fr/b.jsonl'), numbered)
    assert.equal(
      read('relabelled.jsonl'),
      '{"file":"data/lang=en/a.jsonl","row":3,"from":"a","to":"b","findings":["label-1","trigger-1"]}\n',
    )
    const lines = read('quarantine-reasons.jsonl').trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as Record<string, unknown>).map(({ row, note }) => [row, note]),
      [
        [0, undefined],
        [1, 'findings suggest different labels'],
        [2, 'no label is suggested'],
        [0, 'the suggested label cannot be written where the label stands'],
      ],
    )
    assert.deepEqual(notes, [
      'data/lang=en/a.jsonl: in 1 rows findings suggest different labels: they are removed',
      'data/lang=en/a.jsonl: in 1 rows no label is suggested: they are removed',
      'data/lang=fr/b.jsonl: in 1 rows the suggested label cannot be written where the label stands: they are removed',
    ])
    const receipt = receiptSchema.parse(JSON.parse(read('clean.json')))
    assert.equal(receipt.operation.mode, 'relabel')
    assert.deepEqual([receipt.relabelled?.rows, receipt.relabelled?.sha256], [1, digestOf(join(cwd, 'out/relabelled.jsonl'))])
    assert.deepEqual(
      ['lang=en/a.jsonl', 'lang=fr/b.jsonl'].map((name) => digestOf(join(cwd, 'data', name))),
      before,
    )
  })
})
