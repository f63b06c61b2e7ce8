import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parquetMetadata, type FileMetaData, type SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { decompressors } from '../../src/read/parquet-codecs.js'
import { checkChunks, checkNesting } from '../../src/read/parquet-counts.js'
import { parquetReader } from '../../src/read/parquet.js'
import { planUnits } from '../../src/read/units.js'
import { unpackZstd } from '../../src/read/zstd-block.js'
import { failsWith, readWhole, sourceFile } from './text-source.js'

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
