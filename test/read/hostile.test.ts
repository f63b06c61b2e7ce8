import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { parquetMetadata, type FileMetaData, type SchemaElement } from 'hyparquet'
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
import { decompressors } from '../../src/read/parquet-codecs.js'
import { checkChunks, checkNesting } from '../../src/read/parquet-counts.js'
import { parquetReader } from '../../src/read/parquet.js'
import { readersWithin } from '../../src/read/readers.js'
import { planUnits } from '../../src/read/units.js'
import { unpackZstd } from '../../src/read/zstd-block.js'
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

const PAGE = 200 * 2 ** 20

/** A frame of run-length blocks: 4 bytes for each 128 KiB. */
function zstdOf(bytes: number): Buffer {
  const block = 128 * 1024
  const blocks = Math.ceil(bytes / block)
  const body = Array.from({ length: blocks }, (_, i) => {
    const header = Buffer.alloc(4, 'x')
    header.writeUIntLE((block << 3) | 2 | (i === blocks - 1 ? 1 : 0), 0, 3)
    return header
  })
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38]), ...body])
}

/** One literal, then copies of 64 bytes. */
function snappyOf(bytes: number, declared: number): Buffer {
  const length: number[] = []
  for (let left = declared; ; left = Math.floor(left / 128)) {
    length.push(left > 127 ? (left % 128) | 128 : left)
    if (left <= 127) break
  }
  return Buffer.concat([Buffer.from([...length, 0, 0x61]), Buffer.alloc(3 * Math.ceil(bytes / 64), Buffer.from([0xfe, 1, 0]))])
}

/** One literal, then one match as long as it takes. */
function lz4Of(bytes: number): Buffer {
  const more = Math.floor((bytes - 19) / 255)
  return Buffer.concat([Buffer.from([0x1f, 0x61, 1, 0]), Buffer.alloc(more, 255), Buffer.from([0, 0x10, 0x61])])
}

for (const [codec, bomb] of [
  ['ZSTD', zstdOf(PAGE)],
  ['GZIP', gzipSync(Buffer.alloc(PAGE / 4))],
  ['BROTLI', brotliCompressSync(Buffer.alloc(PAGE / 4))],
  ['SNAPPY', snappyOf(PAGE / 4, PAGE / 4)],
  ['SNAPPY', snappyOf(PAGE / 4, 1000)],
  ['LZ4', lz4Of(PAGE / 16)],
  ['LZ4_RAW', lz4Of(PAGE / 16)],
] as const) {
  test(`a ${codec} page of ${bomb.length} bytes that unpacks to more than it declares is refused in bounded memory`, () => {
    const before = process.memoryUsage().arrayBuffers
    assert.throws(() => decompressors[codec]?.(new Uint8Array(bomb), 1000))
    const taken = process.memoryUsage().arrayBuffers - before
    assert.ok(taken < 32 * 2 ** 20, `${taken} bytes`)
  })
}

test('zstd data must come to the declared length, whatever its frame says', () => {
  const packed = zstdOf(128 * 1024)
  assert.equal(unpackZstd(packed, 128 * 1024).length, 128 * 1024)
  for (const length of [0, 1, 128 * 1024 - 1, 128 * 1024 + 1]) assert.throws(() => unpackZstd(packed, length), /zstd data of/)
  // Its header says 8 bytes: single segment, one byte of content size, a raw block.
  const small = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 8, 0x41, 0, 0, ...Buffer.from('abcdefgh')])
  assert.equal(Buffer.from(unpackZstd(small, 8)).toString(), 'abcdefgh')
  assert.throws(() => unpackZstd(small, 7), /zstd data of 8 bytes where 7 are declared/)
  assert.throws(() => unpackZstd(small, 9), /zstd data of 8 bytes where 9 are declared/)
  // It declares 9, and its blocks make 8.
  small.writeUInt8(9, 5)
  assert.throws(() => unpackZstd(small, 9), /zstd data of 8 bytes where 9 are declared/)
  const highest = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 2, 0x11, 0, 0, 0x41, 0xff])
  assert.deepEqual([...unpackZstd(highest, 2)], [0x41, 0xff])
})

test('counts of a footer must agree, column by column', async () => {
  const data = Array.from({ length: 30 }, (_, i) => `row ${i}`)
  const written = parquetWriteBuffer({
    columnData: [
      { name: 'text', data, type: 'STRING' },
      { name: 'other', data, type: 'STRING' },
    ],
    rowGroupSize: 10,
  })
  const file = sourceFile('parquet', new Uint8Array(written))
  assert.equal((await readWhole(parquetReader, file)).rows.length, 30)
  const metadata: FileMetaData = parquetMetadata(written)
  const element = (name: string): SchemaElement => ({ name, type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' })
  const columns = ['text', 'other'].map((name) => ({ count: 1, element: element(name), children: [], path: [name] }))
  checkChunks(columns, metadata.row_groups, file)
  const third = metadata.row_groups[2]?.columns
  const meta = third?.[1]?.meta_data
  assert.ok(third && meta)
  meta.num_values = 9n
  assert.throws(
    () => checkChunks(columns, metadata.row_groups, file),
    failsWith('format', /row group 2: column "other": the chunk declares 9 values for the 10 rows of its group/),
  )
  third.pop()
  assert.throws(
    () => checkChunks(columns, metadata.row_groups, file),
    failsWith('format', /row group 2: it has 1 column chunks, the schema has 2/),
  )
})

test('two columns of one name, a schema nested too deep and a row group that lies about its size', async () => {
  const twice = parquetWriteBuffer({
    columnData: ['text', 'text'].map((name) => ({ name, data: ['x'], type: 'STRING' as const })),
  })
  await assert.rejects(
    Promise.resolve(parquetReader.schema(sourceFile('parquet', new Uint8Array(twice)))),
    failsWith('unsupported', /two columns called "text"/),
  )
  const deep = Array.from({ length: 100_000 }, (): SchemaElement => ({ name: 'x', num_children: 1 }))
  assert.throws(() => checkNesting(deep, sourceFile('parquet', 'x')), failsWith('limit', /nested more than 64 levels/))
  const units = planUnits('row-groups', [{ rows: 2 ** 40, bytes: 2 ** 60 }], 2 ** 20, 5000 * 1000, true)
  assert.equal(units.length, 5)
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
