import assert from 'node:assert/strict'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { registryUrl } from '../../scanners/index.js'
import { receiptSchema } from '../../src/clean/receipt.js'
import { digestOf } from './rewritten.js'
import { A, B, found, line, refuses, rows, scanned, TRIGGER, UNTOUCHED } from './scene.js'

describe('what is written', () => {
  test('a dry run counts and writes nothing', async () => {
    const { run, names } = scanned([TRIGGER])
    const { rows, receipt, files } = await run({ write: false })
    assert.deepEqual(rows, { read: 8, kept: 5, removed: 3, redacted: 0, relabelled: 0 })
    assert.deepEqual(
      files.map(({ path, kept }) => [path, kept]),
      [
        ['data/lang=en/a.jsonl', 3],
        ['data/lang=fr/b.jsonl', 2],
      ],
    )
    assert.equal(receipt, null)
    assert.deepEqual(names(), UNTOUCHED)
  })

  test('kept and removed rows in the layout of the data, reasons, and a receipt with the digests of all', async () => {
    const { cwd, run, read } = scanned([TRIGGER])
    const inputs = ['lang=en/a.jsonl', 'lang=fr/b.jsonl']
    const before = inputs.map((name) => digestOf(join(cwd, 'data', name)))
    await run()
    assert.equal(read('data/lang=en/a.jsonl'), A[0]! + A[3]! + A[4]!)
    assert.equal(read('data/lang=fr/b.jsonl'), B[1]! + B[2]!)
    assert.equal(read('quarantine/lang=en/a.jsonl'), A[1]! + A[2]!)
    assert.equal(read('quarantine/lang=fr/b.jsonl'), B[0]!)
    const reasons = read('quarantine-reasons.jsonl').trimEnd().split('\n')
    const parsed = reasons.map(
      (reason) => JSON.parse(reason) as { file: string; row: number; findings: { id: string; score: number }[] },
    )
    assert.deepEqual(
      parsed.map(({ file, row, findings }) => [file, row, findings[0]?.id, findings[0]?.score]),
      [
        ['data/lang=en/a.jsonl', 1, 'trigger-1', 0.5],
        ['data/lang=en/a.jsonl', 2, 'trigger-1', 0.5],
        ['data/lang=fr/b.jsonl', 0, 'trigger-1', 0.5],
      ],
    )
    const receipt = receiptSchema.parse(JSON.parse(read('clean.json')))
    assert.deepEqual(receipt.operation.findings, ['trigger-1'])
    assert.equal(receipt.report.reportSha256, digestOf(join(cwd, 'report/report.json')))
    const outputs = [...receipt.wasDerivedFrom.flatMap(({ kept, quarantined }) => [kept, quarantined!]), receipt.reasons!]
    assert.equal(outputs.length, 5)
    for (const { path, sha256, bytes } of outputs) {
      assert.deepEqual([sha256, bytes], [digestOf(join(cwd, 'out', path)), statSync(join(cwd, 'out', path)).size])
    }
    assert.deepEqual(
      receipt.wasDerivedFrom.map(({ sha256 }) => sha256),
      before,
    )
    assert.deepEqual(
      inputs.map((name) => digestOf(join(cwd, 'data', name))),
      before,
    )
  })

  test('redact masks what it can, and puts the other rows that privacy findings name into quarantine', async () => {
    const leak = found('privacy-1', { scanner: 'privacy', category: 'privacy', rows: rows(0, 2, 3) })
    const { cwd, run, read } = scanned([TRIGGER, leak])
    const { rows: counted, notes, receipt } = await run({ mode: 'redact' })
    assert.deepEqual(counted, { read: 8, kept: 7, removed: 1, redacted: 1, relabelled: 0 })
    assert.match(notes.join(), /in 1 rows nothing could be masked/)
    assert.equal(read('data/lang=en/a.jsonl'), A[0]! + A[1]! + line('key ghp_****') + A[4]!)
    assert.equal(read('quarantine/lang=en/a.jsonl'), A[2])
    // A file in which nothing changes is the same file.
    assert.equal(receipt?.wasDerivedFrom[1]?.kept.sha256, digestOf(join(cwd, 'data/lang=fr/b.jsonl')))
  })
})

test('redact masks personal data of every kind that the scanner of privacy finds, beside what reports mask', async () => {
  const texts = ['ring +49 30 901820 or ann.lee@example.com, from 81.2.69.142', 'nothing of the kind']
  const leak = found('privacy-1', { scanner: 'privacy', category: 'privacy', rows: rows(1, 0) })
  const { run, read } = scanned([leak], { 'data/lang=fr/b.jsonl': [...texts.map(line), B[2]!].join('') })
  await run({ mode: 'redact', registry: registryUrl })
  const [masked, ...others] = read('data/lang=fr/b.jsonl').trimEnd().split('\n')
  assert.equal(`${masked}\n`, line('ring **** or a****@example.com, from ****'))
  assert.deepEqual(
    others,
    [line(texts[1]!), B[2]!].map((one) => one.trimEnd()),
  )
})

describe('what is refused, with nothing left behind', () => {
  test('rows that are not there, labels that are not there, a folder that is taken', async () => {
    await refuses(
      scanned([found('trigger-1', { rows: rows(0, 99) })]),
      'usage',
      /has 5 rows, the report or a decision names row 99/,
    )
    const unlabelled = scanned([TRIGGER], {}, { roles: [], kind: 'documents' })
    await refuses(unlabelled, 'usage', /needs a column of labels: the scan of this documents data found none/, {
      mode: 'relabel',
    })
    const taken = scanned([TRIGGER])
    mkdirSync(join(taken.cwd, 'out'))
    writeFileSync(join(taken.cwd, 'out/mine'), '')
    await refuses(taken, 'usage', /exists already and is not empty/, {}, ['data', 'out', 'report'])
  })

  test('a broken file, before anything is written', async () => {
    await refuses(scanned([TRIGGER], { 'data/broken.parquet': 'PAR1 this is no Parquet PAR1' }), 'format', /broken\.parquet/)
  })
})
