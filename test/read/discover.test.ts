import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { discoverFiles } from '../../src/read/discover.js'
import { splitOf } from '../../src/read/layout.js'
import { spoolStandardInput } from '../../src/read/standard-input.js'
import { fixture } from './reviews.js'

const root = mkdtempSync(join(tmpdir(), 'credence-discover-'))
after(() => rmSync(root, { recursive: true, force: true }))

const table = tableFromArrays({ text: ['a'] })
const parquet = Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'text', data: ['a'] }] }))
const row = '{"text": "a"}\n'

function put(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), bytes)
}

async function found(paths: string[], split: string | null = null): Promise<string[]> {
  return (await discoverFiles(paths, root, split)).files.map((file) => file.path)
}

test('a folder is searched for known endings; hidden and underscored names are left out', async () => {
  for (const path of ['set/b.jsonl', 'set/a.parquet', 'set/deep/c.CSV', 'set/d.json.gz'])
    put(path, path.endsWith('parquet') ? parquet : row)
  put('set/d.json.gz', gzipSync(`[${row}]`))
  for (const path of [
    'set/.cache/x.jsonl',
    'set/.git/y.jsonl',
    'set/_tmp/z.jsonl',
    'set/_SUCCESS.csv',
    'set/README.md',
    'set/dataset_info.json',
  ])
    put(path, row)
  assert.deepEqual(await found(['set']), ['set/a.parquet', 'set/b.jsonl', 'set/d.json.gz', 'set/deep/c.CSV'])
})

test('several paths and patterns name each file once, in path order', async () => {
  assert.deepEqual(await found(['set/b.jsonl', join(root, 'set/a.parquet'), 'set/../set/b.jsonl']), [
    'set/a.parquet',
    'set/b.jsonl',
  ])
  assert.deepEqual(await found(['set/*.{jsonl,parquet}']), ['set/a.parquet', 'set/b.jsonl'])
  assert.deepEqual(await found(['set/**/[bc].*']), ['set/b.jsonl', 'set/deep/c.CSV'])
})

test('links are followed, as in the Hugging Face cache', async () => {
  put('hub/blobs/abc', parquet)
  mkdirSync(join(root, 'hub/snapshots/1/data'), { recursive: true })
  symlinkSync('../../../blobs/abc', join(root, 'hub/snapshots/1/data/train-00000-of-00001.parquet'))
  const { files } = await discoverFiles(['hub/snapshots'], root, null)
  assert.deepEqual(
    files.map((file) => [file.path, file.split]),
    [['hub/snapshots/1/data/train-00000-of-00001.parquet', 'train']],
  )
})

test('what names nothing is an error', async () => {
  await assert.rejects(found(['nowhere.parquet']), { code: 'not-found', message: /nowhere\.parquet does not exist/ })
  await assert.rejects(found(['set/*.feather']), { code: 'not-found', message: /matches no file/ })
  put('empty/notes.txt', 'x')
  await assert.rejects(found(['empty']), { code: 'not-found', message: /empty holds no data files/ })
  await assert.rejects(found([]), { code: 'usage' })
  await assert.rejects(found(['-', 'set']), { code: 'usage' })
})

test('the first bytes tell what a name does not', async () => {
  const cases: [name: string, bytes: string | Uint8Array, format: string][] = [
    ['file.arrow', tableToIPC(table, 'file'), 'arrow-file'],
    ['stream.arrow', tableToIPC(table, 'stream'), 'arrow-stream'],
    ['two.feather', tableToIPC(table, 'file'), 'arrow-file'],
    ['plain', parquet, 'parquet'],
    ['bare', tableToIPC(table, 'stream'), 'arrow-stream'],
    ['array.json', `\ufeff [${row}]`, 'json'],
    ['lines.json', row + row, 'jsonl'],
    ['one.json', row, 'jsonl'],
    ['document.json', '{"version": 1,\n "data": [{"text": "a"}]}', 'json'],
    ['one-line.json', '{"data": [{"text": "a"}]}', 'json'],
    ['noname', row, 'jsonl'],
    ['lines.json.gz', gzipSync(row + row), 'jsonl'],
    ['packed', gzipSync(`[${row}]`), 'json'],
  ]
  for (const [name, bytes, format] of cases) {
    put(`sniff/${name}`, bytes)
    const { files } = await discoverFiles([`sniff/${name}`], root, null)
    assert.deepEqual([name, files[0]?.format, files[0]?.compression], [name, format, /gz$|packed/.test(name) ? 'gzip' : 'none'])
  }
})

test('what cannot be read is refused with advice', async () => {
  put('bad/pointer.parquet', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n')
  await assert.rejects(found(['bad/pointer.parquet']), {
    code: 'format',
    message: /Git LFS pointer/,
    suggestions: ['run `git lfs pull` in that repository'],
  })
  put('bad/old.feather', readFileSync(fixture('arrow/old.feather', 'arrow-file').absolute))
  await assert.rejects(found(['bad/old.feather']), { code: 'unsupported', message: /Feather version 1/ })
  put('bad/what', 'hello')
  await assert.rejects(found(['bad/what']), { code: 'unsupported', message: /neither its name nor its first bytes/ })
  put('bad/x.parquet.gz', gzipSync(parquet))
  await assert.rejects(found(['bad/x.parquet.gz']), { code: 'unsupported', message: /parquet inside gzip/ })
})

test('splits come from names and folders', () => {
  const cases: [path: string, split: string | null][] = [
    ['data/train-00000-of-00004.parquet', 'train'],
    ['data/train_sft-00000-of-00003.parquet', 'train_sft'],
    ['data/unsupervised-00000-of-00001.parquet', 'unsupervised'],
    ['ag_news-test.arrow', 'test'],
    ['validation.jsonl', 'validation'],
    ['dev.csv', 'validation'],
    ['train/data-00000-of-00001.arrow', 'train'],
    ['default/test/0000.parquet', 'test'],
    ['data/data-00000-of-00002.parquet', null],
    ['sst2.clean.parquet', null],
    ['latest.jsonl', null],
  ]
  for (const [path, split] of cases) assert.equal(splitOf(path, {}), split, path)
  assert.equal(splitOf('x.parquet', { split: 'val' }), 'validation')
})

test('--split keeps the files of a split', async () => {
  for (const name of ['train-00000-of-00002', 'train-00001-of-00002', 'valid-00000-of-00001'])
    put(`hf/data/${name}.parquet`, parquet)
  assert.deepEqual(await found(['hf'], 'train'), ['hf/data/train-00000-of-00002.parquet', 'hf/data/train-00001-of-00002.parquet'])
  assert.deepEqual(await found(['hf'], 'validation'), ['hf/data/valid-00000-of-00001.parquet'])
  await assert.rejects(found(['hf'], 'test'), { code: 'not-found', message: /the splits found: train, validation/ })
})

test('Hive partitions are read from folders', async () => {
  put('hive/lang=en/year=20%2024/x.jsonl', row)
  const { files } = await discoverFiles(['hive'], root, null)
  assert.deepEqual(files[0]?.partitions, { lang: 'en', year: '20 24' })
})

test('standard input is kept in a file that only its owner can read', async () => {
  const { files, temporary } = await spoolStandardInput(Readable.from([Buffer.from(row), Buffer.from(row)]))
  const [file] = files
  assert.ok(file)
  assert.deepEqual([file.path, file.format, file.bytes], ['-', 'jsonl', 28])
  assert.equal(statSync(file.absolute).mode & 0o777, 0o600)
  assert.equal(statSync(temporary).mode & 0o777, 0o700)
  rmSync(temporary, { recursive: true })
  await assert.rejects(spoolStandardInput(Readable.from([])), { code: 'no-rows' })
  await assert.rejects(spoolStandardInput(Readable.from([parquet])), { code: 'unsupported', message: /looks like parquet/ })
  assert.equal(existsSync(file.absolute), false)
})
