// `clean` beside DuckDB: on the Parquet project's own test files, and on tables that DuckDB writes; and on Arrow's own.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { DuckDBConnection } from '@duckdb/node-api'
import { CredenceError } from '../../src/errors.js'
import { digestOf, relabelling, rewritten, rowsOf, shifted } from '../clean/rewritten.js'
import { temporaryFolder } from '../temporary-folder.js'

const corpora = process.env['CREDENCE_CORPORA']
const data = corpora === undefined ? null : join(corpora, 'parquet-testing', 'data')

async function connect(): Promise<DuckDBConnection | null> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    return await (await DuckDBInstance.create(':memory:')).connect()
  } catch {
    return null // its native part is not built for every platform
  }
}

const duck = await connect()
const withoutDuck = duck === null ? 'DuckDB does not run here' : false

async function query(
  sql: string,
): Promise<{ names: readonly string[]; types: readonly string[]; rows: readonly (readonly unknown[])[] }> {
  const result = await duck!.runAndReadAll(sql)
  return { names: result.columnNames(), types: result.columnTypes().map(String), rows: result.getRowsJson() }
}

/** What DuckDB reads, row numbers left out. */
const table = (path: string, without: readonly number[] = []) =>
  query(
    `SELECT * EXCLUDE (file_row_number) FROM read_parquet('${path}', file_row_number = true)
     WHERE file_row_number NOT IN (${[-1, ...without].join()}) ORDER BY file_row_number`,
  )

/** The schema as the file has it, and what it says of itself. */
const metadata = async (path: string) => [
  await query(`SELECT * EXCLUDE (file_name) FROM parquet_schema('${path}')`),
  await query(`SELECT key, value FROM parquet_kv_metadata('${path}')`),
  await query(`SELECT created_by, format_version FROM parquet_file_metadata('${path}')`),
]

/** None, one, a third, all but one, and all rows. */
const selections = (rows: number): number[][] => {
  const all = Array.from({ length: rows }, (_, i) => i)
  return [[], all.slice(0, 1), thirdOf(rows), all.slice(1), all]
}

describe(
  'the files of parquet-testing',
  { skip: data === null || !existsSync(data) ? 'CREDENCE_CORPORA does not name them' : withoutDuck },
  () => {
    const folder = temporaryFolder()
    const names = data === null || !existsSync(data) ? [] : readdirSync(data).filter((name) => name.endsWith('.parquet'))
    const seen = { compared: 0, byOurReader: [] as string[], unreadable: [] as string[] }
    for (const name of names.sort()) {
      test(name, async (context) => {
        const path = join(folder, name)
        await copyFile(join(data!, name), path)
        const all = await rowsOrNull(path)
        if (all === null) {
          seen.unreadable.push(name)
          await assert.rejects(rewritten(path, { named: [0] }), CredenceError)
          context.diagnostic('cannot be read, and is refused')
          return
        }
        const readsIt = await table(path).then(
          () => true,
          () => false,
        )
        if (!readsIt) seen.byOurReader.push(name)
        const before = digestOf(path)
        for (const named of selections(all.length)) {
          const { path: out, outcome } = await rewritten(path, { named })
          assert.deepEqual([outcome.rows, outcome.kept], [all.length, all.length - named.length])
          const gone = new Set(named)
          assert.deepEqual(
            await rowsOf(out, ['integrity']),
            all.filter((_, i) => !gone.has(i)),
          )
          if (readsIt) {
            assert.deepEqual(await table(out), await table(path, named))
            assert.deepEqual(await metadata(out), await metadata(path))
            seen.compared++
          }
        }
        assert.equal(digestOf(path), before)
      })
    }
    test('most of them were compared by DuckDB, and only those known are not', () => {
      assert.deepEqual(seen.unreadable, ['large_string_map.brotli.parquet', 'repeated_no_annotation.parquet'])
      assert.deepEqual(seen.byOurReader, [
        'byte_stream_split_extended.gzip.parquet',
        'hadoop_lz4_compressed.parquet',
        'hadoop_lz4_compressed_larger.parquet',
        'map_no_value.parquet',
        'non_hadoop_lz4_compressed.parquet',
      ])
      assert.ok(seen.compared >= 280, `${seen.compared} tables were compared`)
    })
  },
)

const integration = corpora === undefined ? '' : join(corpora, 'arrow-testing/data/arrow-ipc-stream/integration')

/** Endings that the Arrow project uses, as ours. */
const ENDINGS: Readonly<Record<string, string>> = { stream: 'arrows', arrow_file: 'arrow' }

describe('the files of arrow-testing', { skip: existsSync(integration) ? false : 'CREDENCE_CORPORA does not name them' }, () => {
  const folder = temporaryFolder()
  const names = existsSync(integration) ? readdirSync(integration, { recursive: true }).map(String).sort() : []
  let compared = 0
  const relabelled = new Map<string, number>()
  for (const name of names.filter((name) => /\.(?:stream|arrow_file)$/.test(name))) {
    test(name, async (context) => {
      const [stem = '', ending = ''] = name.replaceAll(/[\\/]/g, '-').split(/\.(?=[^.]*$)/)
      const path = join(folder, `${stem}.${ENDINGS[ending]}`)
      await copyFile(join(integration, name), path)
      const all = await rowsOrNull(path)
      if (all === null) {
        context.diagnostic('cannot be read')
        return
      }
      const before = digestOf(path)
      for (const named of selections(all.length)) {
        const gone = new Set(named)
        assert.deepEqual(
          await rowsOf((await rewritten(path, { named })).path),
          all.filter((_, i) => !gone.has(i)),
        )
        compared++
      }
      for (const column of scalarColumns(all)) {
        const { labels, expected, edited } = shifted(all, thirdOf(all.length), column)
        const { path: out, outcome } = await rewritten(path, relabelling(labels, column))
        // A column takes all or none: of times, half floats and decimals there are no labels.
        const isTaken = outcome.edited.length > 0
        assert.deepEqual(outcome.edited, isTaken ? edited : [])
        assert.deepEqual(await rowsOf(out), isTaken ? expected : all)
        const type = typeof all.find((row) => row[column] !== null)?.[column]
        if (isTaken) relabelled.set(type, (relabelled.get(type) ?? 0) + 1)
      }
      assert.equal(digestOf(path), before)
    })
  }
  test('most of them were compared', (context) => {
    context.diagnostic(`columns relabelled: ${JSON.stringify([...relabelled])}`)
    for (const type of ['string', 'number', 'bigint', 'boolean']) assert.ok((relabelled.get(type) ?? 0) >= 8, type)
    assert.ok(compared >= 600, `${compared} tables were compared`)
  })
})

const thirdOf = (rows: number): number[] =>
  Array.from({ length: rows }, (_, i) => i).filter((i) => Math.imul(i, 2654435761) >>> 0 < 2 ** 32 / 3)

/** Columns with values that are no lists, structs or dates. */
function scalarColumns(all: readonly Readonly<Record<string, unknown>>[]): string[] {
  const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object'
  return Object.keys(all[0] ?? {}).filter((column) => all.every((row) => isScalar(row[column])))
}

/** Null for a file that the readers refuse. Damage that a checksum shows costs no rows. */
async function rowsOrNull(path: string): Promise<Record<string, unknown>[] | null> {
  return rowsOf(path, ['integrity']).catch((error: unknown) => {
    if (error instanceof CredenceError) return null
    throw error
  })
}

/** Every type that a label may have, with and without nulls. */
const LABELS = `
  SELECT 'text ' || i AS text, ['neg', 'neutral', 'pos'][1 + i % 3] AS word, i % 2 = 0 AS flag, (i % 5)::TINYINT AS i8, (i % 7 * 40)::UTINYINT AS u8,
    (i % 5 - 2)::SMALLINT AS i16, (i % 5 * 10000)::USMALLINT AS u16, i % 3 AS i64, (i % 5 * 900000000)::UINTEGER AS u32, (i % 3)::INTEGER AS i32,
    (i % 3)::UBIGINT * 6000000000000000000 AS u64, (i % 5 / 4)::FLOAT AS f, i % 7 / 3.0::DOUBLE AS d, (['a', 'b', 'c'][1 + i % 3])::ENUM ('a', 'b', 'c') AS e,
    CASE WHEN i % 4 = 0 THEN NULL ELSE i % 9 END AS gaps, (i % 3)::DECIMAL(9, 2) AS price, DATE '2020-01-01' + (i % 3)::INTEGER AS day
  FROM range(5000) t(i)`

const NESTED = `
  SELECT i AS id, 'text ' || (i % 50) AS text, i % 3 = 0 AS flag, (i * 1.5)::FLOAT AS f, CASE WHEN i % 7 = 0 THEN NULL ELSE i / 3.0 END AS d,
    (i * 12345.678)::DECIMAL(18, 3) AS price, DATE '2020-01-01' + (i % 900)::INTEGER AS day, TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS at,
    ('blob' || i)::BLOB AS raw, uuid() AS u, (i % 5)::TINYINT AS tiny, i::HUGEINT AS huge,
    CASE WHEN i % 4 = 0 THEN NULL WHEN i % 4 = 1 THEN [] ELSE [i, NULL, i + 1] END AS list,
    [{'role': 'user', 'content': 'q' || i, 'parts': [['a', NULL], [], NULL]}, {'role': NULL, 'content': 'a', 'parts': NULL}] AS messages,
    MAP {'k' || (i % 9): i, 'z': NULL} AS map
  FROM range(5000) t(i)`

describe('tables that DuckDB writes', { skip: withoutDuck }, () => {
  const folder = temporaryFolder()
  for (const options of [
    'CODEC snappy, ROW_GROUP_SIZE 2048',
    'CODEC zstd, ROW_GROUP_SIZE 2048, PARQUET_VERSION v2',
    'CODEC gzip, ROW_GROUP_SIZE 4096, PARQUET_VERSION v1',
    'CODEC lz4_raw, ROW_GROUP_SIZE 2048, PARQUET_VERSION v2',
    'CODEC uncompressed, ROW_GROUP_SIZE 10000',
  ]) {
    test(options, async () => {
      const path = join(folder, `${options.replaceAll(/\W+/g, '-')}.parquet`)
      await query(
        `COPY (${NESTED}) TO '${path}' (FORMAT parquet, ${options}, KV_METADATA {huggingface: '{"info": {}}', more: 'x'})`,
      )
      for (const named of [...selections(5000), [10, 11, 12], Array.from({ length: 2048 }, (_, i) => 2048 + i)]) {
        const { path: out } = await rewritten(path, { named })
        assert.deepEqual(await table(out), await table(path, named))
        assert.deepEqual(await metadata(out), await metadata(path))
      }
    })
  }

  for (const options of ['CODEC snappy, ROW_GROUP_SIZE 2048', 'CODEC zstd, ROW_GROUP_SIZE 4096, PARQUET_VERSION v2']) {
    test(`labels of every type, ${options}`, async () => {
      const path = join(folder, `labels-${options.replaceAll(/\W+/g, '-')}.parquet`)
      await query(`COPY (${LABELS}) TO '${path}' (FORMAT parquet, ${options})`)
      const all = await rowsOf(path)
      const before = await table(path)
      for (const [place, column] of before.names.entries()) {
        const { labels, edited } = shifted(all, thirdOf(all.length), column)
        const { path: out, outcome } = await rewritten(path, relabelling(labels, column))
        const isTaken = !['price', 'day'].includes(column)
        assert.deepEqual(outcome.edited, isTaken ? edited : [], column)
        const expected = before.rows.map((row, i) =>
          isTaken && labels.has(i) ? row.with(place, before.rows.at(i - 1)![place]) : row,
        )
        assert.deepEqual(await table(out), { ...before, rows: expected }, column)
        assert.deepEqual(await metadata(out), await metadata(path))
      }
    })
  }

  test('bloom filters of groups in which nothing goes still answer', async () => {
    const path = join(folder, 'bloom.parquet')
    await query(`COPY (SELECT 'word' || (i % 100) AS w FROM range(8192) t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`)
    const { path: out } = await rewritten(path, { named: [1] })
    const probe = (file: string, word: string) =>
      query(`SELECT * EXCLUDE (file_name) FROM parquet_bloom_probe('${file}', 'w', '${word}')`)
    const [first, ...others] = (await probe(path, 'no such word')).rows
    assert.ok(JSON.stringify(others).includes('true'), 'DuckDB writes bloom filters')
    const [touched, ...copied] = (await probe(out, 'no such word')).rows
    assert.deepEqual(copied, others)
    assert.notDeepEqual(touched, first)
    assert.ok(!JSON.stringify((await probe(out, 'word7')).rows).includes('true'))
  })
})
