import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { packageRoot } from '../../src/paths.js'
import { temporaryFolder } from '../temporary-folder.js'
import { digestOf, masking, rewritten, rowsOf } from './rewritten.js'
import { table, WRITERS } from './tables.js'

describe('rows left out of random tables', () => {
  const folder = temporaryFolder()
  for (const [name, write] of Object.entries(WRITERS)) {
    test(`${name}: exactly the others stay, in order, and the input is not touched`, async () => {
      const path = join(folder, name)
      await fc.assert(
        fc.asyncProperty(table, async ({ rows, named, parts }) => {
          writeFileSync(path, write(rows, parts))
          const before = digestOf(path)
          const all = await rowsOf(path)
          const kept = await rewritten(path, { named })
          const removed = await rewritten(path, { named, write: 'named' })
          assert.equal(all.length, rows.length)
          assert.deepEqual([kept.outcome.rows, kept.outcome.kept], [rows.length, rows.length - named.length])
          // A JSON file without rows has no columns to read, and one of JSON Lines neither.
          if (named.length < rows.length)
            assert.deepEqual(
              await rowsOf(kept.path),
              all.filter((_, i) => !named.includes(i)),
            )
          if (named.length > 0)
            assert.deepEqual(
              await rowsOf(removed.path),
              all.filter((_, i) => named.includes(i)),
            )
          assert.equal(digestOf(path), before)
        }),
        { numRuns: 6, seed: 4 },
      )
    })
  }
})

describe('bytes of rows that stay', () => {
  const folder = temporaryFolder()
  const cut = async (name: string, text: string, named: readonly number[]): Promise<string> => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return readFileSync((await rewritten(path, { named })).path, 'utf8')
  }

  test('JSON Lines keep number spelling, key order, spaces, blank lines and a missing last line end', async () => {
    const text = '{"b": 1.50, "a":1e3}\n\n{"b":2}\r\n{ "b" : 3 }\n{"b":12345678901234567890}'
    assert.equal(await cut('a.jsonl', text, [1]), '{"b": 1.50, "a":1e3}\n\n{ "b" : 3 }\n{"b":12345678901234567890}')
    assert.equal(await cut('b.jsonl', text, [0, 2]), '\n{"b":2}\r\n{"b":12345678901234567890}')
  })

  test('JSON arrays lose a comma with each row, first, middle or last', async () => {
    const text = '[\n  {"a": 1},\n  {"a": 2},\n  {"a": 3}\n]\n'
    assert.equal(await cut('a.json', text, [0]), '[\n  {"a": 2},\n  {"a": 3}\n]\n')
    assert.equal(await cut('b.json', text, [1]), '[\n  {"a": 1},\n  {"a": 3}\n]\n')
    assert.equal(await cut('c.json', text, [1, 2]), '[\n  {"a": 1}\n]\n')
    assert.equal(await cut('d.json', text, [0, 1, 2]), '[\n  \n]\n')
  })

  test('CSV keeps byte order mark, header, quoting and line ends', async () => {
    const text = '\ufeffid,"text"\r\n1,"a\r\nb"\r\n2,plain\r\n"3","say ""hi"""'
    assert.equal(await cut('a.csv', text, [1]), '\ufeffid,"text"\r\n1,"a\r\nb"\r\n"3","say ""hi"""')
    assert.equal(await cut('b.csv', text, [0, 1, 2]), '\ufeffid,"text"\r\n')
  })

  test('a packed file of many chunks', async () => {
    const path = join(folder, 'large.csv.gz')
    const records = Array.from({ length: 60_000 }, (_, i) => `${i},${Math.imul(i, 2654435761)} ${'text '.repeat(i % 20)}\n`)
    writeFileSync(path, gzipSync(`id,text\n${records.join('')}`, { level: 1 }))
    const { path: out } = await rewritten(path, { named: [0, 30_000] })
    const kept = records.filter((_, i) => i !== 0 && i !== 30_000)
    assert.ok(gunzipSync(readFileSync(out)).equals(Buffer.from(`id,text\n${kept.join('')}`)))
  })

  test('row groups in which nothing goes are copied, and a removed value is nowhere in the file', async () => {
    const path = join(folder, 'groups.parquet')
    const texts = Array.from({ length: 40 }, (_, i) => (i === 13 ? 'unlucky-secret' : `text ${i}`))
    const columnData = [{ name: 'text', data: texts, type: 'STRING' as const, encoding: 'RLE_DICTIONARY' as const }]
    const kvMetadata = [{ key: 'huggingface', value: '{"info": 1}' }]
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, codec: 'UNCOMPRESSED', rowGroupSize: 10 })))
    const { path: out } = await rewritten(path, { named: [13, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29] })
    const [before, after] = [readFileSync(path), readFileSync(out)]
    const [old, fresh] = [before, after].map((bytes) =>
      parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    )
    assert.deepEqual(
      fresh?.row_groups.map(({ num_rows: rows }) => Number(rows)),
      [10, 9, 10],
    )
    assert.deepEqual(
      [fresh?.schema, fresh?.key_value_metadata, fresh?.created_by],
      [old?.schema, old?.key_value_metadata, old?.created_by],
    )
    const chunk = old!.row_groups[3]!.columns[0]!.meta_data!
    const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset)
    assert.ok(after.includes(before.subarray(start, start + Number(chunk.total_compressed_size))))
    assert.ok(before.includes('unlucky-secret'))
    assert.ok(!after.includes('unlucky-secret'))
  })
})

describe('bundled files of every kind', () => {
  const folder = temporaryFolder()
  const names = [
    ...['chats', 'reviews.lz4', 'reviews.v2', 'reviews.zstd'].map((name) => `parquet/${name}.parquet`),
    ...['chats.stream.arrow', 'reviews.lz4.arrow', 'reviews.zstd.arrow'].map((name) => `arrow/${name}`),
  ]
  for (const name of names) {
    test(name, async () => {
      const path = join(folder, name.replace('/', '-'))
      writeFileSync(path, readFileSync(join(packageRoot, 'fixtures/formats', name)))
      const all = await rowsOf(path)
      const named = all.map((_, i) => i).filter((i) => i % 3 === 1 || i > all.length - 3)
      assert.ok(named.length > 2)
      const { path: out } = await rewritten(path, { named })
      assert.deepEqual(
        await rowsOf(out),
        all.filter((_, i) => !named.includes(i)),
      )
    })
  }
})

describe('secrets masked where they stand', () => {
  const folder = temporaryFolder()
  const edited = (...rows: number[]) => rows.map((row) => ({ row, before: null }))
  const SECRET = 'password = hunter2hunter2'
  const MASKED = 'password = hu****'

  test('JSON: only the span changes, whatever stands around it', async () => {
    const path = join(folder, 'a.jsonl')
    const lines = [
      '{"id":"x", "text" : "caf\\u00e9 \\"q\\" \\ud83d\\ude00 mail ann.lee@example.com now\\n", "n":1.0}',
      '{"text":"mail bob.ray@example.com","id":"cid@example.com"}',
      `{"text":"${SECRET}"}`,
      '{"text":"nothing here"}',
    ]
    writeFileSync(path, lines.join('\n'))
    const { path: out, outcome } = await rewritten(path, masking([0, 2, 3], 'text'))
    assert.deepEqual(outcome.edited, edited(0, 2))
    const expected = [lines[0]!.replace('ann.lee@', 'a****@'), lines[1], lines[2]!.replace(SECRET, MASKED), lines[3]]
    assert.equal(readFileSync(out, 'utf8'), expected.join('\n'))
  })

  test('CSV: a quoted field stays quoted, other columns stay as they are', async () => {
    const path = join(folder, 'a.csv.gz')
    writeFileSync(path, gzipSync('text,mail\n"say ""ann.lee@example.com"", ok",ann.lee@example.com\n'))
    const { path: out } = await rewritten(path, masking([0], 'text'))
    assert.equal(gunzipSync(readFileSync(out)).toString(), 'text,mail\n"say ""a****@example.com"", ok",ann.lee@example.com\n')
  })

  test('Parquet and Arrow: the cells of the rows named, and no others', async () => {
    const text = ['ann.lee@example.com', 'b', 'ann.lee@example.com', SECRET]
    const wanted = ['a****@example.com', 'b', 'ann.lee@example.com', MASKED]
    const files = {
      'a.parquet': new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: text, type: 'STRING' }] })),
      'b.parquet': new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: 'text', data: text, type: 'STRING', encoding: 'RLE_DICTIONARY' }] }),
      ),
      'a.arrow': tableToIPC(new Table({ text: vectorFromArray(text, new Utf8()) }), 'file'),
    }
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(folder, name), bytes)
      const { path: out, outcome } = await rewritten(join(folder, name), masking([0, 1, 3], 'text'))
      assert.deepEqual(
        await rowsOf(out),
        wanted.map((value) => ({ text: value })),
        name,
      )
      assert.deepEqual(outcome.edited, edited(0, 3))
    }
  })
})
