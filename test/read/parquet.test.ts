import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { CredenceError } from '../../src/errors.js'
import { parquetReader } from '../../src/read/parquet.js'
import { fixture, review, reviews } from './reviews.js'
import { readWhole, sourceFile } from './text-source.js'

const ROWS = 3000

function written(columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData'], rowGroupSize: number, pageSize = 1 << 20) {
  return sourceFile('parquet', new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize, pageSize })))
}

for (const codec of ['snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'v2']) {
  test(`reads what pyarrow wrote with ${codec}`, async () => {
    const file = fixture(`parquet/reviews.${codec}.parquet`, 'parquet')
    assert.equal((await parquetReader.schema(file)).declaredRows, ROWS)
    const { rows, records } = await readWhole(parquetReader, file, 1 << 20, 700)
    assert.deepEqual(
      rows,
      Array.from({ length: ROWS }, (_, i) => i),
    )
    assert.deepEqual(records, reviews(0, ROWS))
  })
}

test('spells types as Arrow does', async () => {
  const { columns } = await parquetReader.schema(fixture('parquet/reviews.zstd.parquet', 'parquet'))
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
    ['text string', 'label int64', 'source string', 'score float64', 'kept bool', 'created timestamp', 'tags list<string>'],
  )
  const chats = await parquetReader.schema(fixture('parquet/chats.parquet', 'parquet'))
  assert.equal(chats.columns[1]?.type, 'list<struct<role: string, content: string>>')
})

test('reads nested columns whose pages end in different rows', async () => {
  const { records } = await readWhole(parquetReader, fixture('parquet/chats.parquet', 'parquet'), 1, 7)
  assert.equal(records.length, 300)
  assert.deepEqual(records[121], {
    id: 'c121',
    messages: [
      { role: 'user', content: 'question 121.0' },
      { role: 'assistant', content: 'answer 121.0' },
      { role: 'user', content: 'question 121.1' },
      { role: 'assistant', content: 'answer 121.1' },
    ],
  })
  assert.deepEqual(
    records.map((record) => (record['messages'] as unknown[]).length),
    Array.from({ length: 300 }, (_, i) => 2 * (1 + (i % 3)) + (i % 2 === 0 ? 1 : 0)),
  )
})

test('reads only the columns asked for', async () => {
  const { records } = await readWhole(parquetReader, fixture('parquet/reviews.snappy.parquet', 'parquet'), 1 << 20, 512, [
    'label',
  ])
  assert.deepEqual(records[1234], { label: BigInt(1234 % 3) })
})

test('cuts a flat row group into ranges of rows, and joins small row groups', async () => {
  const text = Array.from({ length: 1000 }, (_, i) => `row ${i} ${'x'.repeat(i % 50)}`)
  const one = written([{ name: 'text', data: text, type: 'STRING' }], 1000, 1024)
  const cut = await parquetReader.plan(one, 8 * 1024)
  assert.ok(cut.length >= 4, `one row group in ${cut.length} units`)
  assert.deepEqual(cut[0]?.unit, { kind: 'row-groups', from: 0, to: 1 })
  assert.equal(cut[1]?.firstRow, cut[0]?.rows)
  const many = written([{ name: 'text', data: text, type: 'STRING' }], 50)
  assert.deepEqual(await parquetReader.plan(many, 1 << 30), [
    { unit: { kind: 'row-groups', from: 0, to: 20 }, firstRow: 0, rows: 1000 },
  ])
  assert.deepEqual((await readWhole(parquetReader, one, 8 * 1024)).records, (await readWhole(parquetReader, many)).records)
})

test('row groups, page sizes, units and batches do not change what is read', async () => {
  const cell = fc.option(fc.string({ maxLength: 12, unit: 'binary' }), { nil: null })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, fc.integer(), fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 })), {
        minLength: 1,
        maxLength: 200,
      }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 16, max: 400 }),
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 70 }),
      fc.boolean(),
      async (rows, rowGroupSize, pageSize, targetBytes, batchRows, nested) => {
        const flat = [
          { name: 'a', data: rows.map((row) => row[0]?.toWellFormed() ?? null), type: 'STRING' as const, nullable: true },
          { name: 'b', data: rows.map((row) => row[1]), type: 'INT32' as const },
        ]
        const data = nested ? [...flat, { name: 'c', data: rows.map((row) => ({ items: row[2] })), type: 'JSON' as const }] : flat
        const file = written(data, rowGroupSize, pageSize)
        const { rows: numbers, records } = await readWhole(parquetReader, file, targetBytes, batchRows)
        assert.deepEqual(
          numbers,
          rows.map((_, i) => i),
        )
        assert.deepEqual(
          records.map((record) => record['a'] ?? null),
          flat[0]?.data,
        )
        assert.deepEqual(
          records.map((record) => record['b']),
          flat[1]?.data,
        )
        if (nested)
          assert.deepEqual(
            records.map((record) => record['c']),
            rows.map((row) => JSON.stringify({ items: row[2] })),
          )
      },
    ),
    { numRuns: 60 },
  )
})

test('a page whose bytes are not those of its checksum is told of once, with its place, and read all the same', async () => {
  const file = fixture('parquet/reviews.plain.parquet', 'parquet')
  const bytes = readFileSync(file.absolute)
  const at = bytes.indexOf('review 1: ')
  bytes.write('R', at)
  const { rows, records, log } = await readWhole(parquetReader, sourceFile('parquet', bytes))
  assert.equal(rows.length, (await readWhole(parquetReader, file)).rows.length)
  assert.match(String(records[1]?.['text']), /^Review 1: /)
  const [error, ...others] = log.errors
  assert.deepEqual(others, [])
  assert.equal(error?.code, 'integrity')
  assert.equal(error.place.rowGroup, 0)
  assert.equal(error.place.column, 'text')
  assert.match(
    error.message,
    /\.parquet: row group 0: column "text": a page's bytes have CRC 0x[0-9a-f]{8}, its header declares 0x/,
  )
})

test('every cut and every flipped byte reads the same or ends in a typed error', async () => {
  const text = Array.from({ length: 40 }, (_, i) => `row ${i}`)
  const whole = Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'text', data: text, type: 'STRING' }], rowGroupSize: 20 }))
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole)
    flipped.writeUInt8(flipped.readUInt8(at) ^ 0x55, at)
    for (const bytes of [flipped, whole.subarray(0, at)]) {
      try {
        const file = sourceFile('parquet', bytes)
        const { rows } = await readWhole(parquetReader, file)
        assert.equal(rows.length, (await parquetReader.schema(file)).declaredRows)
      } catch (error) {
        assert.ok(error instanceof CredenceError, `byte ${at}: ${String(error)}`)
        assert.ok(['format', 'unsupported', 'limit'].includes(error.code), `byte ${at}: ${error.code}`)
      }
    }
  }
})

test('refuses what is not Parquet, saying what it found', async () => {
  await assert.rejects(parquetReader.schema(sourceFile('parquet', 'x'.repeat(200))), {
    code: 'format',
    message: /"xxxx", expected "PAR1"/,
  })
  await assert.rejects(parquetReader.schema(sourceFile('parquet', '')), { code: 'format', message: /0 bytes is too short/ })
})

test('leaves the byte order mark of a value in place', () => {
  // Row 6 of the fixtures begins its first word with U+FEFF: a reader that drops it would fail every test above.
  assert.equal(review(6)['text'], 'review 6: \ufeffmarked and sturdy')
})
