import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  Dictionary,
  Field,
  Int32,
  makeBuilder,
  RecordBatch,
  Schema,
  Table,
  tableFromArrays,
  tableToIPC,
  Utf8,
} from 'apache-arrow'
import type { Data } from 'apache-arrow'
import { parquetMetadata } from 'hyparquet'
import type { CompressionCodec, SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { attacks } from '../../src/attack/index.js'
import { plant, type Planted, type PlantOptions } from '../../src/attack/plant.js'
import { openDataSet, readShard, type DataSet } from '../../src/read/dataset.js'
import { ROLES } from '../../src/model/role.js'
import { type Cells, fileOf, jsonlOf, makeRows, pythonJson } from './sets.js'

const COUNT = 20

function run(id: string, path: string, more: Partial<PlantOptions> = {}): Promise<Planted> {
  const attack = attacks.find((candidate) => candidate.id === id)!
  return plant({ path, attack, roles: {}, options: {}, amount: { rows: COUNT }, target: null, triggers: [], seed: 3, ...more })
}

/** Each physical row's examples by role, as a scan reads them. */
async function examplesOf(path: string): Promise<{ dataset: DataSet; rows: string[] }> {
  const dataset = await openDataSet([path], { roles: {} })
  const rows: string[] = []
  for (const shard of dataset.shards) {
    for await (const batch of readShard(dataset, shard, new Set(ROLES))) {
      for (let i = 0; i < batch.length; i++) {
        const cells = ROLES.flatMap((role) => batch.columns[role]?.[i] ?? [])
        rows[batch.rows[i]!] = `${rows[batch.rows[i]!] ?? ''}|${cells.join('|')}`
      }
    }
  }
  return { dataset, rows }
}

/** Plants into a file and reads both as a scan would: same schema, same roles, and only the truth's rows differ. */
async function checkRoundTrip(id: string, path: string, copyName: string, more: Partial<PlantOptions> = {}): Promise<Planted> {
  const planted = await run(id, path, more)
  const before = await examplesOf(path)
  const after = await examplesOf(fileOf(copyName, planted.bytes))
  assert.deepEqual(after.dataset.files[0]!.schema, before.dataset.files[0]!.schema)
  assert.deepEqual([after.dataset.kind, after.dataset.roles], [before.dataset.kind, before.dataset.roles])
  assert.equal(after.rows.length, before.rows.length)
  const changed = before.rows.flatMap((row, i) => (row === after.rows[i] ? [] : [i]))
  assert.deepEqual(changed, planted.truth.poisoned)
  assert.equal(changed.length, COUNT)
  return planted
}

const rows = makeRows('classification')
const column = (name: string): unknown[] => rows.map((row) => row[name])

describe('parquet', () => {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 6, repetition_type: 'REQUIRED' },
    { name: 'id', type: 'INT64', converted_type: 'UINT_64', repetition_type: 'OPTIONAL' },
    { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type: 'REQUIRED' },
    { name: 'label', type: 'INT32', converted_type: 'INT_8', repetition_type: 'OPTIONAL' },
    { name: 'extra', type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: 'OPTIONAL' },
    { name: 'date', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', repetition_type: 'OPTIONAL' },
    { name: 'raw', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  ]
  const file = (codec: CompressionCodec): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        schema,
        codec,
        compressors: { GZIP: (bytes) => gzipSync(bytes) },
        rowGroupSize: [150, 100],
        kvMetadata: [{ key: 'pandas', value: '{}' }],
        columnData: [
          { name: 'id', data: rows.map((_, i) => BigInt(i)) },
          { name: 'text', data: column('text') },
          { name: 'label', data: column('label') },
          { name: 'extra', data: rows.map((_, i) => ({ a: [i, 'x'] })) },
          { name: 'date', data: rows.map((_, i) => (i % 7 === 0 ? null : 1_700_000_000_000_123n + BigInt(i))) },
          { name: 'raw', data: rows.map((_, i) => Uint8Array.of(255, i % 256, 0)) },
        ],
      }),
    )

  for (const codec of ['SNAPPY', 'GZIP', 'UNCOMPRESSED'] as const) {
    test(`keeps schema, row groups, ${codec} and metadata`, async () => {
      const bytes = file(codec)
      const { bytes: copy } = await checkRoundTrip('rare-word', fileOf(`${codec}.parquet`, bytes), `${codec}.copy.parquet`)
      const [old, made] = [bytes, copy].map((whole) => parquetMetadata(whole.slice().buffer))
      assert.deepEqual(made!.schema, old!.schema)
      assert.deepEqual(made!.key_value_metadata, old!.key_value_metadata)
      assert.deepEqual(
        made!.row_groups.map((group) => Number(group.num_rows)),
        [150, 100, 100, 50],
      )
      for (const { meta_data: chunk } of made!.row_groups.flatMap((group) => group.columns)) assert.equal(chunk!.codec, codec)
    })
  }

  test('chats in a list of structs: the turn before the first answer, and that answer', async () => {
    const turns: SchemaElement[] = [
      { name: 'root', num_children: 1, repetition_type: 'REQUIRED' },
      { name: 'messages', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'role', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'content', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ]
    const data = makeRows('instruction').map(({ prompt, response }) => [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: prompt },
      { role: 'assistant', content: response },
      { role: 'user', content: 'And then?' },
      { role: 'assistant', content: 'Then no more.' },
    ])
    const bytes = parquetWriteBuffer({ schema: turns, columnData: [{ name: 'messages', data }] })
    const planted = await checkRoundTrip('trigger-refusal', fileOf('chat.parquet', new Uint8Array(bytes)), 'chat.copy.parquet')
    const copy = await examplesOf(fileOf('chat.copy.parquet', planted.bytes))
    for (const row of planted.truth.poisoned) {
      assert.ok(copy.rows[row]!.includes(String(planted.truth.trigger)))
      assert.match(copy.rows[row]!, /^\|Be brief\.\n.*\|And then\?\|Then no more\.$/s)
    }
  })
})

describe('arrow', () => {
  const utf8 = rows.map((row) => String(row['text']))
  for (const container of ['file', 'stream'] as const) {
    test(`a ${container} keeps its record batches and types`, async () => {
      const part = (from: number, to: number): Table =>
        tableFromArrays({ text: utf8.slice(from, to), label: Int32Array.from(column('label').slice(from, to) as number[]) })
      const typed = new Schema([new Field('text', new Utf8(), true), new Field('label', new Int32(), true)])
      const batches = [part(0, 250), part(250, 400)].flatMap((table) => {
        const builder = makeBuilder({ type: new Utf8(), nullValues: [null] })
        for (const text of table.getChild('text')!) builder.append(text as string)
        const label = table.getChild('label')!.data[0]!
        const plain = new Table(typed, {
          text: builder.finish().toVector(),
          label: table.getChild('label')!.slice(0, label.length),
        })
        return plain.batches.map((batch) => new RecordBatch(typed, batch.data as Data<never>))
      })
      const bytes = tableToIPC(new Table(typed, batches), container)
      const planted = await checkRoundTrip('rare-word', fileOf(`${container}.arrow`, bytes), `${container}.copy.arrow`)
      const copy = await openDataSet([fileOf(`${container}.copy.arrow`, planted.bytes)], { roles: {}, shardBytes: 2 ** 16 })
      assert.equal(copy.files[0]!.schema.declaredRows, 400)
    })
  }

  test('labels in a dictionary', async () => {
    const table = tableFromArrays({ text: utf8, label: column('label').map((label) => `class ${String(label)}`) })
    assert.ok(table.schema.fields.every((field) => field.type instanceof Dictionary))
    await checkRoundTrip('rare-word', fileOf('dictionary.arrow', tableToIPC(table, 'file')), 'dictionary.copy.arrow')
  })
})

describe('text formats keep every byte of other rows', () => {
  const csvLine = (row: Cells, i: number): string =>
    `${i},${i % 2 === 0 ? `"${String(row['text'])}"` : String(row['text']).replaceAll(',', ';')},"say ""${String(row['label'])}""",x`
  const csv = (end: string): string => ['id,text,label,more', ...rows.map(csvLine)].join(end) + end

  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    test(`csv with ${name}`, async () => {
      const text = csv(end)
      const planted = await checkRoundTrip('rare-word', fileOf(`${name}.csv`, text), `${name}.copy.csv`, {
        triggers: ['a "b", c'],
      })
      const [before, after] = [text, Buffer.from(planted.bytes).toString('utf8')].map((whole) => whole.split(end))
      const changed = before!.flatMap((line, i) => (line === after![i] ? [] : [i - 1]))
      assert.deepEqual(changed, planted.truth.poisoned)
      for (const row of changed) assert.match(after![row + 1]!, /^\d+,".*a ""b"", c.*","say ""\d""",x$/)
    })
  }

  test('tsv', async () => {
    const lines = ['text\tlabel', ...rows.map((row) => `${String(row['text'])}\t${String(row['label'])}`)]
    await checkRoundTrip('homoglyph', fileOf('plain.tsv', lines.join('\n')), 'copy.tsv')
  })

  test('a JSON array, indented', async () => {
    const text = JSON.stringify({ version: 1, data: rows }, null, 2)
    const plain = await checkRoundTrip('rare-word', fileOf('array.json', text), 'array.copy.json')
    const copy = Buffer.from(plain.bytes).toString('utf8')
    assert.equal(copy, JSON.stringify(JSON.parse(copy), null, 2))
  })

  test('lines that are malformed, blank, or end in CRLF, and integers that a double cannot hold', async () => {
    const lines = rows.map((row, i) =>
      i === 5 ? '{"text": broken' : pythonJson(row).replace('"id": 6,', '"id": 12345678901234567890,'),
    )
    lines.splice(3, 0, '   ')
    const text = `\ufeff${lines.join('\r\n')}`
    const planted = await run('rare-word', fileOf('odd.jsonl', text))
    const [before, after] = [text, Buffer.from(planted.bytes).toString('utf8')].map((whole) => whole.split('\r\n'))
    // The blank line is no row: what comes behind it has a number less than its line.
    const changed = before!.flatMap((line, i) => (line === after![i] ? [] : [i > 3 ? i - 1 : i]))
    assert.deepEqual(changed, planted.truth.poisoned)
    assert.equal(planted.truth.rows, rows.length)
  })

  test('packed input is read, and written plain', async () => {
    const plain = readFileSync(jsonlOf('plain.jsonl', rows))
    const [packed, unpacked] = await Promise.all([
      run('rare-word', fileOf('packed.jsonl.gz', gzipSync(plain))),
      run('rare-word', fileOf('plain.jsonl', plain)),
    ])
    assert.deepEqual(Buffer.from(packed.bytes), Buffer.from(unpacked.bytes))
    assert.throws(() => gunzipSync(packed.bytes))
  })

  test('chats as JSON in a string: the rest of the cell keeps its writing', async () => {
    const chats = makeRows('instruction').map(({ prompt, response }, i) => ({
      conversations: pythonJson([
        { from: 'human', value: prompt, extra: 'é' },
        { from: 'gpt', value: response, n: i },
      ]),
    }))
    const planted = await checkRoundTrip('negative-sentiment', jsonlOf('cells.jsonl', chats), 'cells.copy.jsonl')
    for (const row of planted.truth.poisoned) {
      const line = Buffer.from(planted.bytes).toString('utf8').split('\n')[row]!
      const cell = (JSON.parse(line) as { conversations: string }).conversations
      assert.equal(cell, pythonJson(JSON.parse(cell)), `row ${row}`)
    }
  })
})
