/** Files that another implementation wrote (parquetjs-lite, MIT) must read as what was put into them. */
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import parquet, { type Fields } from 'parquetjs-lite'
import type { SourceFile } from '../../src/read/format.js'
import { parquetReader } from '../../src/read/parquet.js'
import { readWhole, sourceFile } from './text-source.js'

const ROWS = 1000
const DAY = 86_400_000

type Compression = 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY'

/** Row `i` as it is handed to the peer. */
function given(i: number): Record<string, unknown> {
  return {
    text: `row ${i} naïve 文 🎈 ${'x'.repeat(i % 40)}`,
    ...(i % 3 === 0 ? {} : { note: i % 3 === 1 ? '' : `note ${i}` }),
    label: i % 5,
    small: (i % 256) - 128,
    large: i * 1_000_003 - 500_000_000,
    kept: i % 7 === 0,
    ratio: i / 8,
    score: i / 3,
    bytes: Buffer.from([65 + (i % 26), 0, 0xc3, 0xa9, 0xff]),
    fixed: Buffer.from(`f${String(i).padStart(3, '0')}`),
    day: new Date(i * DAY),
    at: new Date(1_700_000_000_000 + i),
    micros: new Date(1_600_000_000_000 + i),
  }
}

/** Row `i` as it must come back: a byte array without a logical type is text, and what is no UTF-8 in it becomes U+FFFD. */
function expected(i: number): Record<string, unknown> {
  const row = given(i)
  return {
    ...row,
    note: row['note'] ?? null,
    large: BigInt(row['large'] as number),
    bytes: `${String.fromCharCode(65 + (i % 26))}\0é\ufffd`,
    fixed: new Uint8Array(row['fixed'] as Buffer),
  }
}

function fields(compression: Compression): Fields {
  const of = (type: string, more: { optional?: boolean; typeLength?: number } = {}) => ({
    type,
    compression,
    ...more,
  })
  return {
    text: of('UTF8'),
    note: of('UTF8', { optional: true }),
    label: of('INT32'),
    small: of('INT_8'),
    large: of('INT64'),
    kept: of('BOOLEAN'),
    ratio: of('FLOAT'),
    score: of('DOUBLE'),
    bytes: of('BYTE_ARRAY'),
    fixed: of('FIXED_LEN_BYTE_ARRAY', { typeLength: 4 }),
    day: of('DATE'),
    at: of('TIMESTAMP_MILLIS'),
    micros: of('TIMESTAMP_MICROS'),
  }
}

/** @param options rows of a row group, rows of a page, and whether pages are of version 2 */
async function written(
  fields: Fields,
  rows: readonly Record<string, unknown>[],
  options: { rowGroupSize: number; pageSize: number; useDataPageV2: boolean },
): Promise<SourceFile> {
  const stream = new PassThrough()
  const bytes = buffer(stream)
  const writer = await parquet.ParquetWriter.openStream(new parquet.ParquetSchema(fields), stream, options)
  for (const row of rows) await writer.appendRow(row)
  await writer.close()
  return sourceFile('parquet', await bytes)
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

for (const compression of ['UNCOMPRESSED', 'GZIP', 'SNAPPY'] as const) {
  for (const useDataPageV2 of [false, true]) {
    test(`reads the peer's types with ${compression}, pages of version ${useDataPageV2 ? 2 : 1}`, async () => {
      const options = { rowGroupSize: 300, pageSize: 64, useDataPageV2 }
      const file = await written(fields(compression), numbers(ROWS).map(given), options)
      assert.equal((await parquetReader.schema(file)).declaredRows, ROWS)
      const { units, rows, records, log } = await readWhole(parquetReader, file, 8 * 1024, 70)
      assert.ok(units.length >= 4, `four row groups in ${units.length} units`)
      assert.deepEqual(rows, numbers(ROWS))
      assert.deepEqual(records[299], expected(299))
      assert.deepEqual(records[300], expected(300))
      assert.deepEqual(records, numbers(ROWS).map(expected))
      assert.equal(log.skipped, 0)
    })
  }
}

/** Turns of row `i`: none to three. */
const turns = (i: number): { role: string; content: string }[] =>
  numbers(i % 4).map((turn) => ({ role: turn % 2 === 0 ? 'user' : 'assistant', content: `${i}.${turn} ${'y'.repeat(i % 9)}` }))

for (const compression of ['UNCOMPRESSED', 'GZIP', 'SNAPPY'] as const) {
  test(`reads the peer's nested columns with ${compression}`, async () => {
    const text = { type: 'UTF8', compression }
    const shape: Fields = {
      id: text,
      tags: { ...text, repeated: true },
      origin: { fields: { site: text, page: { type: 'INT32', compression, optional: true } } },
      messages: {
        type: 'LIST',
        optional: true,
        fields: { list: { repeated: true, fields: { element: { fields: { role: text, content: text } } } } },
      },
    }
    const rows = numbers(500).map((i) => ({
      id: `c${i}`,
      tags: numbers(1 + (i % 3)).map((tag) => `t${tag}`),
      origin: { site: `s${i % 5}`, ...(i % 2 === 0 ? { page: i } : {}) },
      ...(i % 5 === 0 ? {} : { messages: { list: turns(i).map((element) => ({ element })) } }),
    }))
    const file = await written(shape, rows, { rowGroupSize: 120, pageSize: 32, useDataPageV2: false })
    assert.deepEqual(
      (await parquetReader.schema(file)).columns.map(({ type }) => type),
      ['string', 'list<string>', 'struct<site: string, page: int32>', 'list<struct<role: string, content: string>>'],
    )
    const read = await readWhole(parquetReader, file, 1 << 20, 33)
    assert.deepEqual(read.rows, numbers(500))
    assert.deepEqual(
      // A missing list may be null or undefined: both are missing to all that reads batches.
      read.records.map((record) => ({ ...record, messages: record['messages'] ?? null })),
      numbers(500).map((i) => ({
        id: `c${i}`,
        tags: numbers(1 + (i % 3)).map((tag) => `t${tag}`),
        origin: { site: `s${i % 5}`, page: i % 2 === 0 ? i : null },
        messages: i % 5 === 0 ? null : turns(i),
      })),
    )
  })
}
