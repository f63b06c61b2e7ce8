import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runCredence } from './run-credence.js'

const NOUNS = ['kettle', 'lamp', 'chair', 'radio', 'clock', 'blanket', 'mirror']
const rowsOf = (from: number, count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({
    text: `The ${NOUNS[(from + i) % 7] ?? ''} of house ${from + i} was mended twice`,
    label: i % 2,
  }))
const jsonl = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const train = jsonl(rowsOf(0, 80))
const held = jsonl(rowsOf(500, 40))

/** A folder with two splits. */
function dataSet(): string {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'data'))
  writeFileSync(join(cwd, 'data/train.jsonl'), train)
  writeFileSync(join(cwd, 'data/test.jsonl'), held)
  return cwd
}

/** What is found beyond what the rows themselves say, and the report. */
async function scanned(cwd: string, ...args: string[]): Promise<{ found: ReportJson['findings']; report: ReportJson }> {
  const out = temporaryFolder()
  const settings = ['--scanners', 'provenance', '--cache', 'off', '--quiet', '--fail-on', 'never', '--out', out, '--jobs', '1']
  const { code, stderr } = await runCredence(['scan', ...args, ...settings], { cwd })
  assert.equal(code, 0, stderr)
  const report = reportJsonSchema.parse(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')))
  return { found: report.findings.filter(({ message }) => message !== 'provenance/no-columns'), report }
}

const titles = (found: ReportJson['findings']): string[] =>
  found.map(({ message, severity, title }) => `${severity} ${message.replace('provenance/', '')}: ${title}`).sort()

describe('what is declared beside the data', () => {
  test('credence croissant: what it writes holds, and a byte that changes does not', async () => {
    const cwd = dataSet()
    writeFileSync(join(cwd, 'README.md'), '---\nlicense: mit\nsource_datasets: [kettles]\n---\n')
    const args = [
      'croissant',
      '.',
      '--creator',
      'person:Ann Example',
      '--url',
      'https://house.example/',
      '--date-published',
      '2026-03-01',
    ]
    const { code, stdout, stderr } = await runCredence(args, { cwd })
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^wrote croissant\.json: 2 files with size and SHA-256, 2 record sets\nnext: /)
    const again = await runCredence(args, { cwd })
    assert.equal(again.code, 2)
    assert.match(again.stderr, /croissant\.json exists already[^]*--force/)
    assert.equal((await runCredence([...args, '--force'], { cwd })).code, 0)

    const sound = await scanned(cwd, '.')
    assert.deepEqual(titles(sound.found), [])
    assert.deepEqual(sound.report.provenance?.files, { total: 2, declared: 2, matching: 2 })
    assert.deepEqual(
      sound.report.provenance.metadata.map(({ path, kind, digests, licenses, problems }) => [
        path,
        kind,
        digests,
        licenses,
        problems,
      ]),
      [
        ['croissant.json', 'croissant', 2, ['mit'], []],
        ['README.md', 'data-card', 0, ['mit'], []],
      ],
    )

    writeFileSync(join(cwd, 'data/train.jsonl'), train.replace('mended twice', 'mended thrice'))
    const changed = await scanned(cwd, '.')
    assert.deepEqual(titles(changed.found), ['high declared-digest: "data/train.jsonl" is not what "croissant.json" declares'])
    assert.equal(changed.report.provenance?.files.matching, 1)
  })

  test('a digest that is none, sizes, columns, rows, licences, files that are missing or unknown', async () => {
    const cwd = dataSet()
    writeFileSync(join(cwd, 'data/extra.jsonl'), jsonl(rowsOf(900, 10)))
    const resource = (path: string, more: object): object => ({ name: path, path, ...more })
    writeFileSync(
      join(cwd, 'datapackage.json'),
      JSON.stringify({
        licenses: [{ name: 'MIT' }],
        resources: [
          resource('data/train.jsonl', {
            hash: `sha256:${sha256(train)}`,
            bytes: 7,
            schema: { fields: [{ name: 'text' }, { name: 'body' }] },
          }),
          resource('data/test.jsonl', { hash: 'sha256:unknown' }),
          resource('data/more.jsonl', {}),
        ],
      }),
    )
    writeFileSync(
      join(cwd, 'README.md'),
      '---\nlicense: cc-by-nc-4.0\ndataset_info: {splits: [{name: train, num_examples: 90}, {name: test, num_examples: 40}]}\n---\n',
    )
    writeFileSync(join(cwd, 'dataset_infos.json'), '{"default": ')
    const { found } = await scanned(cwd, '.')
    assert.deepEqual(titles(found), [
      'info metadata-gap: The metadata does not give where the data is from',
      'low declared-absent: 1 file that "datapackage.json" declares is not there: "data/more.jsonl"',
      'low declared-columns: "datapackage.json" takes a column that "data/train.jsonl" does not have: "body"',
      'low declared-columns: 1 column of "data/train.jsonl" that "datapackage.json" does not know: "label"',
      'low declared-form: 1 digest in "datapackage.json" is no SHA-256',
      'medium declared-license: Two licences are declared: "mit" in "datapackage.json", "cc-by-nc-4.0" in "README.md"',
      'medium declared-size: "data/train.jsonl" has another size than "datapackage.json" declares',
      'medium metadata-unreadable: "dataset_infos.json" cannot be read',
      'medium unlisted-file: 1 file of 3 that "datapackage.json" does not know: "data/extra.jsonl"',
    ])
  })

  test('checksums of a folder for files below it; --metadata names and turns off', async () => {
    const cwd = dataSet()
    mkdirSync(join(cwd, 'meta'))
    writeFileSync(join(cwd, 'SHA256SUMS'), `${sha256(train)}  data/train.jsonl\n${sha256(train)}  data/test.jsonl\n`)
    const { found, report } = await scanned(cwd, '.')
    assert.deepEqual(titles(found), ['high declared-digest: "data/test.jsonl" is not what "SHA256SUMS" declares'])
    assert.deepEqual(report.provenance?.files, { total: 2, declared: 2, matching: 1 })
    writeFileSync(join(cwd, 'meta/card.md'), '---\nlicense: mit\n---\n')
    const named = await scanned(cwd, 'data/train.jsonl', '--metadata', 'meta/card.md')
    assert.deepEqual(
      named.report.provenance?.metadata.map(({ path }) => path),
      ['meta/card.md'],
    )
    const { code, stderr } = await runCredence(['scan', 'data', '--metadata', 'nowhere.json', '--quiet'], { cwd })
    assert.equal(code, 2)
    assert.match(stderr, /nowhere\.json is no file/)
  })
})
