import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { ChildOpener } from '../../src/engine/child-opener.js'
import type { CredenceError } from '../../src/errors.js'
import { openDataSet, readShard } from '../../src/read/dataset.js'
import { discoverFiles } from '../../src/read/discover.js'
import { checkColumnNames } from '../../src/read/column-names.js'
import { remarkOn } from '../../src/read/json-remark.js'
import { jsonReader } from '../../src/read/json.js'
import { jsonlReader } from '../../src/read/jsonl.js'
import { DEFAULT_READ_LIMITS } from '../../src/model/read-limits.js'
import { readersWithin } from '../../src/read/readers.js'
import { failsWith, readWhole, sourceFile } from './text-source.js'

const root = mkdtempSync(join(tmpdir(), 'credence-hostile-'))
after(() => rmSync(root, { recursive: true, force: true }))

function put(name: string, bytes: string | Uint8Array): string {
  writeFileSync(join(root, name), bytes)
  return name
}
const open = (path: string, more: Partial<Parameters<typeof openDataSet>[1]> = {}) =>
  openDataSet([path], { roles: {}, cwd: root, ...more })

test('names that every object has are names of files, splits and columns like any other', async () => {
  const line = JSON.stringify({ constructor: 'a text', toString: 'x', label: 1 })
  put('constructor.jsonl', `${line}\n`)
  put('data.constructor', `${line}\n{"constructor":"b"}\n`)
  for (const [path, rows] of [
    ['constructor.jsonl', 1],
    ['data.constructor', 2],
  ] as const) {
    const dataset = structuredClone(await open(path, { roles: { text: 'constructor' } }))
    assert.equal(dataset.files[0]?.split, null)
    assert.equal(dataset.files[0]?.format, 'jsonl')
    const cells: unknown[] = []
    for (const shard of dataset.shards)
      for await (const batch of readShard(dataset, shard, new Set(['text']))) cells.push(...batch.input)
    assert.deepEqual(cells, ['a text', 'b'].slice(0, rows))
  }
})

test('a pipe is refused, not waited for', async (t) => {
  if (process.platform === 'win32') {
    t.skip('no pipes with names')
    return
  }
  execFileSync('mkfifo', [join(root, 'pipe.jsonl')])
  await assert.rejects(discoverFiles(['pipe.jsonl'], root, null), failsWith('unsupported', /^pipe\.jsonl is no regular file/))
})

/** Strings in a column each; the length before the value `damaged` is made to run past its page. */
function withStrings(columns: Readonly<Record<string, readonly string[]>>, damaged: string): Uint8Array {
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data: [...data], type: 'STRING' as const }))
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED' }))
  const at = Buffer.from(bytes).indexOf(damaged)
  if (at >= 0) bytes.fill(0xff, at - 4, at)
  return bytes
}

const numbered = (word: string): string[] => Array.from({ length: 50 }, (_, i) => `${word} ${i}`)

test('damage is reported in a column that no scanner reads too, and the rows are read all the same', async () => {
  const columns = { text: numbered('some words'), label: numbered('a').map((_, i) => `${i % 2}`), note: numbered('note') }
  assert.equal((await open(put('sound.parquet', withStrings(columns, 'nothing')))).files[0]?.error, null)
  const dataset = await open(put('damaged.parquet', withStrings(columns, 'note 3')))
  assert.equal(dataset.files[0]?.error?.code, 'format')
  assert.match(dataset.files[0].error.message, /^damaged\.parquet: row group 0: column "note": cannot be decoded/)
  assert.deepEqual([dataset.roles.map(({ column }) => column), dataset.shards.length], [['text', 'label'], 1])
})

test('a file that cannot be sampled says so, rather than that no column holds text', async () => {
  const bytes = withStrings({ n: numbered('some words') }, 'some words 3')
  await assert.rejects(open(put('broken.parquet', bytes)), failsWith('format', /broken\.parquet: row group 0: column "n": /))
  const numbers = parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2, 3], type: 'INT32' }] })
  await assert.rejects(
    open(put('numbers.parquet', new Uint8Array(numbers))),
    failsWith('roles', /^numbers\.parquet: no column holds text/),
  )
})

test('corrupt checksums of parquet-testing are named, their sound siblings are not', async (t) => {
  const corpora = process.env['CREDENCE_CORPORA']
  if (!corpora) {
    t.skip('CREDENCE_CORPORA not set')
    return
  }
  const of = (name: string) => open(join(corpora, 'parquet-testing', 'data', name))
  for (const name of ['datapage_v1-corrupt-checksum.parquet', 'rle-dict-uncompressed-corrupt-checksum.parquet'])
    await assert.rejects(
      of(name).then((dataset) => Promise.reject(new Error(dataset.files[0]?.error?.message))),
      /CRC 0x\w{8}, its header declares 0x\w{8}/,
    )
  for (const name of ['datapage_v1-uncompressed-checksum.parquet', 'datapage_v1-snappy-compressed-checksum.parquet'])
    await assert.rejects(of(name), failsWith('roles', /no column holds text/))
  for (const name of ['plain-dict-uncompressed-checksum.parquet', 'rle-dict-snappy-checksum.parquet'])
    assert.equal((await of(name)).files[0]?.error, null)
})

test('what readers of JSON may take differently is said of the row, which is read', async () => {
  const lines = [
    '{"text":"one","text":"two"}',
    '{"text":"a \\ud800 b"}',
    '{"text":"\\ud83d\\ude00 {\\"a\\":1,\\"a\\":2}"}',
    '{"messages":[{"role":"user","content":"x","content":"y"}]}',
  ]
  for (const [reader, file] of [
    [jsonlReader, sourceFile('jsonl', lines.join('\n'))],
    [jsonReader, sourceFile('json', `[${lines.join(',\n')}]`)],
  ] as const) {
    for (const target of [1, 1000]) {
      const { rows, records, log } = await readWhole(reader, file, target)
      assert.deepEqual(rows, [0, 1, 2, 3])
      assert.equal(records[0]?.['text'], 'two')
      assert.equal(log.skipped, 0)
      assert.deepEqual(
        log.errors.map(({ code, place, message }) => [code, place.row, message.replace(/^.*?: /, '').slice(0, 18)]),
        [
          ['format', 0, 'a key occurs twice'],
          ['format', 1, 'half a surrogate p'],
          ['format', 3, 'a key occurs twice'],
        ],
      )
    }
  }
})

test('no JSON that has each key once and whole characters is remarked on', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      assert.equal(remarkOn(JSON.parse(text), text), null)
    }),
  )
})

test('a quoted cell of 100 MB ends at the record limit, or is cut where the limit is raised', async () => {
  const cell = Buffer.alloc(100 * 2 ** 20, 'a, b\n')
  const file = sourceFile('csv', Buffer.concat([Buffer.from('text,label\nsmall,1\n"'), cell, Buffer.from('",2\nlast,3\n')]))
  const error = failsWith('limit', /\.csv, line 3: a record of more than 67108864 bytes/)
  const cut = await openDataSet([file.absolute], { roles: {} })
  assert.deepEqual(
    cut.shards.map(({ planned }) => planned.rows),
    [1, null],
  )
  const read: (string | null)[] = []
  await assert.rejects(async () => {
    for (const shard of cut.shards) for await (const { input } of readShard(cut, shard, new Set(['text']))) read.push(...input)
  }, error)
  assert.deepEqual(read, ['small'])
  const limits = { ...DEFAULT_READ_LIMITS, recordBytes: 128 * 2 ** 20 }
  assert.deepEqual(
    (await readersWithin(limits).csv.plan(file, 1 << 20)).map(({ rows }) => rows),
    [2, 1],
  )
  const dataset = await openDataSet([file.absolute], { roles: {}, limits })
  const log = { skipped: 0, truncated: 0, errors: [] }
  const lengths: number[] = []
  for (const shard of dataset.shards)
    for await (const batch of readShard(dataset, shard, new Set(['text']), 100, log))
      lengths.push(...batch.input.map((text) => text?.length ?? 0))
  assert.deepEqual(lengths, [5, 2 ** 20, 4])
  assert.deepEqual(log, { read: 3, skipped: 0, truncated: 1, errors: [] })
})

test('a file is opened in a process that may be lost: the error says which file, and why', async () => {
  const path = put('rows.jsonl', '{"text":"x","label":1}\n'.repeat(1000))
  const bounds = { deadlineMs: 60_000, memoryBytes: 2 ** 30 }
  const within = async (change: Partial<typeof bounds>) => {
    const opener = new ChildOpener({ ...bounds, ...change })
    return open(path, { opener }).finally(() => {
      opener.close()
    })
  }
  assert.equal((await within({})).files[0]?.error, null)
  await assert.rejects(
    within({ deadlineMs: 5 }),
    failsWith('worker', /^rows\.jsonl: looking into the file took longer than 0\.005 s/),
  )
  if (process.platform === 'linux')
    await assert.rejects(
      within({ memoryBytes: 10 * 2 ** 20 }),
      failsWith('limit', /^rows\.jsonl: a process took \d+ MiB of memory, the limit is 10 MiB/),
    )
  const controller = new AbortController()
  const opener = new ChildOpener(bounds, controller.signal)
  const opening = open(path, { opener })
  setTimeout(() => controller.abort(), 5)
  await assert.rejects(opening, (error: CredenceError) => error.name === 'AbortError')
})

test('a column without a name is refused', () => {
  const file = sourceFile('csv', '')
  assert.throws(
    () => {
      checkColumnNames(file, ['text', null])
    },
    failsWith('format', /^\d+\.csv has a column without a name/),
  )
})
