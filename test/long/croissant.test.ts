import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { readCroissant } from '../../src/declared/croissant/read.js'
import { packageRoot } from '../../src/paths.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const PYTHON = process.env['CREDENCE_PYTHON'] ?? 'python3'

/** Of each document: whether mlcroissant takes it, and the errors that it tells of. */
const VALIDATE = `
import json, logging, sys
import mlcroissant as mlc
logging.disable(logging.CRITICAL)
told = {}
for path in sys.argv[1:]:
    try:
        mlc.Dataset(path)
        told[path] = []
    except mlc.ValidationError as error:
        errors = str(error).split('warning(s)')[0].split('error(s)')[-1]
        told[path] = [line[5:] for line in errors.split('\\n') if line.startswith('  -  ')]
print(json.dumps(told))
`

function hasCroissant(context: TestContext): boolean {
  if (spawnSync(PYTHON, ['-c', 'import mlcroissant']).status === 0) return true
  context.skip(`no ${PYTHON} with mlcroissant on this machine (CREDENCE_PYTHON names another)`)
  return false
}

function python(code: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, HOME: cwd }
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', code, ...args], { cwd, encoding: 'utf8', env, timeout: 120_000 })
  assert.equal(status, 0, stderr)
  return stdout
}

/** An error of mlcroissant, and the code of our problem that says the same. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/`creators` should have type/, 'type'],
  [/ISO 8601/, 'date'],
  [/croissant\/includes" is mandatory/, 'includes'],
  [/encodingFormat" is mandatory/, 'encodingFormat'],
  [/contentUrl" is mandatory/, 'contentUrl'],
  [/reference to node with UUID/, 'reference'],
  [/wrong `@id`/, 'id'],
  // Two nodes with one identifier are one node to RDF, whose name is then a list.
  [/The name should be a string/, 'id'],
  [/declare a join/, 'join'],
  [/should have an attribute "@type": "http:\/\/mlcommons\.org\/croissant\/Field"/, 'type'],
  [/\['md5', 'sha256'\]/, 'digest'],
  [/does not define `source` or `value`/, 'source'],
  [/defines both `source` and `value`/, 'source'],
  [/does not specify a valid .*dataType/, 'dataType'],
  [/fileProperty can only have values/, 'extract'],
  [/Extract should have one of/, 'extract'],
  [/doesn't have the expected columns/, 'data'],
  [/Too many string transforms/, 'transform'],
  [/should be a valid CroissantVersion/, 'version'],
  // Of a version that it does not know it asks what version 0.8 was like.
  [/Got http:\/\/mlcommons\.org\/croissant\/FileObject instead/, 'version'],
]

describe('Croissant beside mlcroissant', () => {
  test('the mistakes that it finds, we find', (context) => {
    if (!hasCroissant(context)) return
    const folder = join(packageRoot, 'fixtures/croissant')
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const told = JSON.parse(
      python(
        VALIDATE,
        names.map((name) => join(folder, name)),
        temporaryFolder(),
      ),
    ) as Record<string, string[]>
    const counts = { broken: 0, errors: 0 }
    for (const name of names) {
      const theirs = told[join(folder, name)]
      assert.ok(theirs !== undefined, name)
      assert.equal(theirs.length === 0, name === 'sound.json', `${name}: ${theirs.join('\n')}`)
      const ours = readCroissant(readFileSync(join(folder, name), 'utf8')).problems.map(({ code }) => code)
      for (const error of theirs) {
        const code = SAME.find(([text]) => text.test(error))?.[1]
        assert.ok(code !== undefined, `${name}: nothing of ours is like ${error}`)
        assert.ok(ours.includes(code), `${name}: ${error}; ours: ${ours.join(', ')}`)
      }
      if (theirs.length > 0) counts.broken++
      counts.errors += theirs.length
    }
    assert.ok(counts.broken >= 10, `${counts.broken} broken documents`)
    context.diagnostic(`${counts.errors} errors in ${counts.broken} documents, all found`)
  })

  test('what credence croissant writes for Parquet, JSONL, CSV and splits, it takes and reads', async (context) => {
    if (!hasCroissant(context)) return
    const cwd = temporaryFolder()
    const rows = Array.from({ length: 20 }, (_, i) => ({ text: `House ${i}, "mended", twice`, label: i % 2 }))
    const jsonl = rows.map(
      (row) => `${JSON.stringify({ ...row, tags: ['a'], by: { name: 'x' }, turns: [{ role: 'user', text: 'hm' }] })}\n`,
    )
    const columnData = [
      { name: 'text', data: rows.map(({ text }) => text), type: 'STRING' as const },
      { name: 'label', data: rows.map(({ label }) => label), type: 'INT32' as const },
    ]
    const parquet = new Uint8Array(parquetWriteBuffer({ columnData }))
    const sets: Readonly<Record<string, readonly (readonly [string, string | Uint8Array])[]>> = {
      parquet: [['reviews.parquet', parquet]],
      jsonl: [['chats é.jsonl', jsonl.join('')]],
      csv: [['a b.csv', `text,label\n${rows.map(({ text, label }) => `"${text.replaceAll('"', '""')}",${label}\n`).join('')}`]],
      splits: [
        ['train/part-1.jsonl', jsonl.join('')],
        ['test/part-1.jsonl', jsonl.join('')],
      ],
      shards: [
        ['data/train-00000-of-00002.parquet', parquet],
        ['data/train-00001-of-00002.parquet', parquet],
        ['data/validation-00000-of-00001.parquet', parquet],
      ],
      mixed: [
        ['a.csv', 'text\nOne kettle\nTwo kettles\n'],
        ['b.jsonl', jsonl.join('')],
      ],
    }
    for (const [set, files] of Object.entries(sets)) {
      for (const [path, content] of files) {
        mkdirSync(join(cwd, set, path, '..'), { recursive: true })
        writeFileSync(join(cwd, set, path), content)
      }
      const { code, stderr } = await runCredence(['croissant', set, '--license', 'mit'], { cwd })
      assert.equal(code, 0, stderr)
      assert.deepEqual(readCroissant(readFileSync(join(cwd, set, 'croissant.json'), 'utf8')).problems, [], set)
    }
    const documents = Object.keys(sets).map((set) => join(cwd, set, 'croissant.json'))
    const told = JSON.parse(python(VALIDATE, documents, cwd)) as Record<string, string[]>
    assert.deepEqual(told, Object.fromEntries(documents.map((path) => [path, []])))
    const command = spawnSync(PYTHON, ['-m', 'mlcroissant.scripts.validate', '--jsonld', documents[0] ?? ''], {
      encoding: 'utf8',
    })
    assert.equal(command.status, 0, command.stderr)

    const records = `
import json, logging, sys
import mlcroissant as mlc
logging.disable(logging.CRITICAL)
told = {}
for path in sys.argv[1:]:
    records = list(mlc.Dataset(path).records('records'))
    splits = sorted({record['records/split'].decode() for record in records if 'records/split' in record})
    told[path] = [len(records), records[3]['records/text'].decode(), splits]
print(json.dumps(told))
`
    const readable = ['parquet', 'jsonl', 'csv', 'splits', 'shards'].map((set) => join(cwd, set, 'croissant.json'))
    const read = JSON.parse(python(records, readable, cwd)) as Record<string, unknown>
    assert.deepEqual(
      readable.map((path) => read[path]),
      [
        [20, rows[3]?.text, []],
        [20, rows[3]?.text, []],
        [20, rows[3]?.text, []],
        [40, rows[3]?.text, ['test', 'train']],
        [60, rows[3]?.text, ['train', 'validation']],
      ],
    )
  })
})
