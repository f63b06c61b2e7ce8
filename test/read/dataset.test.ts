import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { ROLES } from '../../src/model/role.js'
import type { Role } from '../../src/model/role.js'
import type { Cell } from '../../src/model/row-batch.js'
import { dataSetInfo, openDataSet, readShard } from '../../src/read/dataset.js'
import type { DataSet } from '../../src/read/dataset.js'
import { inspectDataSet } from '../../src/read/inspect.js'
import type { DataSetInfo } from '../../src/scanner.js'

const root = mkdtempSync(join(tmpdir(), 'credence-dataset-'))
after(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, bytes: string | Uint8Array): string {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), bytes)
  return path
}

interface Example {
  readonly row: number
  readonly turn: number
  readonly cells: Partial<Record<Role, Cell>>
  readonly input: Cell
  readonly output: Cell
}

async function examples(dataset: DataSet, roles: readonly Role[] = ROLES, batchRows = 50): Promise<Example[]> {
  const all: Example[] = []
  for (const shard of dataset.shards) {
    // Shards are read in other processes.
    for await (const batch of readShard(structuredClone(dataset), structuredClone(shard), new Set(roles), batchRows)) {
      for (let i = 0; i < batch.length; i++) {
        const cells = Object.fromEntries(Object.entries(batch.columns).map(([role, column]) => [role, column[i] ?? null]))
        all.push({
          row: batch.rows[i] ?? -1,
          turn: batch.turns[i] ?? -1,
          cells,
          input: batch.input[i] ?? null,
          output: batch.output?.[i] ?? null,
        })
      }
    }
  }
  return all
}

const open = (paths: string[], options: Partial<Parameters<typeof openDataSet>[1]> = {}) =>
  openDataSet(paths, { roles: {}, cwd: root, ...options })

const COUNT = 500
const texts = Array.from({ length: COUNT }, (_, i) => (i === 7 ? '' : `text ${i}, "quoted" über\n🙂${'x'.repeat(i % 40)}`))
const labels = Array.from({ length: COUNT }, (_, i) => i % 4)

function parquetOf(rowGroupSize: number): Uint8Array {
  const columnData = [
    { name: 'text', data: texts, type: 'STRING' as const },
    { name: 'label', data: labels.map(BigInt), type: 'INT64' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }))
}

test('every file format gives the same examples with the same row numbers', async () => {
  const table = tableFromArrays({ text: texts, label: Float64Array.from(labels) })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const files = [
    put('same/one.parquet', parquetOf(COUNT)),
    put('same/twenty.parquet', parquetOf(COUNT / 20)),
    put('same/file.arrow', tableToIPC(table, 'file')),
    put('same/stream.arrow', tableToIPC(table, 'stream')),
    put('same/lines.jsonl', texts.map((text, i) => `${JSON.stringify({ text, label: labels[i] })}\n`).join('')),
    put('same/array.json', JSON.stringify(texts.map((text, i) => ({ text, label: labels[i] })))),
    put('same/table.csv', `text,label\n${texts.map((text, i) => `${quoted(text)},${labels[i]}\n`).join('')}`),
  ]
  const expected = texts.map((text, row) => {
    const cell = text === '' ? null : text
    return { row, turn: 0, cells: { text: cell, label: String(labels[row]) }, input: cell, output: null }
  })
  for (const path of files) {
    for (const shardBytes of [1 << 20, 4096]) {
      const dataset = await open([path], { shardBytes })
      assert.equal(dataset.kind, 'classification', path)
      assert.deepEqual(await examples(dataset), expected, `${path} in shards of ${shardBytes}`)
    }
  }
})

test('small files are cut all the same, so that every process has work', async () => {
  const text = Array.from({ length: 40_000 }, (_, i) => `row ${i} ${Math.sin(i)}`)
  put('cut/x.parquet', new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: text }], pageSize: 1 << 15 })))
  assert.ok((await open(['cut'])).shards.length >= 4)
})

test('only what is needed is read; input is empty where its role is not', async () => {
  const dataset = await open([put('same/one.parquet', parquetOf(COUNT))])
  const [first] = await examples(dataset, ['label'])
  assert.deepEqual(first, { row: 0, turn: 0, cells: { label: '0' }, input: null, output: null })
})

test('chats give one example per assistant turn and keep physical rows', async () => {
  const chat = (...turns: string[]) => turns.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }))
  const lines = [chat('a?', 'a!', 'b?', 'b!'), chat('c?'), 'not a chat', chat('d?', 'd!')].map((messages, id) =>
    JSON.stringify({ id, messages }),
  )
  const dataset = await open([put('chat.jsonl', lines.join('\n'))])
  assert.deepEqual(dataset.chat, { column: 'messages', shape: 'messages' })
  const flat = (await examples(dataset, ROLES, 2)).map(({ row, turn, cells, input, output }) => [
    row,
    turn,
    cells.id,
    input,
    output,
  ])
  assert.deepEqual(flat, [
    [0, 0, '0', 'a?', 'a!'],
    [0, 1, '0', 'b?', 'b!'],
    [1, 0, '1', 'c?', null],
    [2, 0, '2', 'not a chat', null],
    [3, 0, '3', 'd?', 'd!'],
  ])
})

test('instruction and input are joined; chosen and rejected chats give their last answer', async () => {
  const alpaca = await open([
    put(
      'alpaca.jsonl',
      '{"instruction": "Add", "input": "1 2", "output": "3"}\n{"instruction": "Say hi", "input": "", "output": "hi"}\n',
    ),
  ])
  assert.deepEqual(
    (await examples(alpaca)).map(({ input, output }) => [input, output]),
    [
      ['Add\n1 2', '3'],
      ['Say hi', 'hi'],
    ],
  )
  const turns = (answer: string) => [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: answer },
  ]
  const pairs = await open([put('pairs.jsonl', JSON.stringify({ prompt: 'q', chosen: turns('good'), rejected: turns('bad') }))])
  assert.equal(pairs.kind, 'preference')
  const [pair] = await examples(pairs)
  assert.deepEqual(pair?.cells, { prompt: 'q', chosen: 'good', rejected: 'bad' })
  assert.equal(pair.output, 'good')
})

test('partitions are columns, and files may differ in columns that are not the input', async () => {
  put('mixed/source=web/a.jsonl', '{"text": "one", "label": 1}\n')
  put('mixed/source=book/b.jsonl', '{"text": "two", "extra": true}\n')
  const dataset = await open(['mixed'])
  assert.deepEqual(
    dataset.files.map((file) => file.path),
    ['mixed/source=book/b.jsonl', 'mixed/source=web/a.jsonl'],
  )
  assert.deepEqual(dataset.schemaDifferences, [{ file: 1, missing: ['extra'], extra: ['label'], changed: [] }])
  assert.deepEqual(
    (await examples(dataset)).map(({ cells }) => cells),
    [
      { text: 'two', label: null, source: 'book' },
      { text: 'one', label: '1', source: 'web' },
    ],
  )
  put('mixed/source=web/c.jsonl', '{"body": "three"}\n')
  await assert.rejects(open(['mixed']), { code: 'roles', message: /c\.jsonl has no column "text"/ })
})

test('a file that cannot be opened is kept with its error, as long as another one can', async () => {
  put('half/a.parquet', parquetOf(100))
  put('half/b.parquet', Buffer.from(parquetOf(100)).subarray(0, 4000))
  const dataset = await open(['half'])
  assert.deepEqual(
    dataset.files.map((file) => file.error?.code ?? null),
    [null, 'format'],
  )
  assert.equal((await examples(dataset, ['label'])).length, COUNT)
  await assert.rejects(open(['half/b.parquet']), { code: 'format', message: /half\/b\.parquet: the last four bytes are/ })
})

test('a data set without rows is an error', async () => {
  await assert.rejects(open([put('none.csv', 'text,label\n')]), { code: 'no-rows' })
})

test('a checksum beside a file is compared with its bytes', async () => {
  const bytes = '{"text": "a"}\n'
  const digest = createHash('sha256').update(bytes).digest('hex')
  put('sums/a.jsonl', bytes)
  put('sums/b.jsonl', bytes)
  put('sums/c.jsonl', bytes)
  put('sums/a.jsonl.sha256', `${'0'.repeat(64)}\n`)
  put('sums/SHA256SUMS', `${digest}  ./b.jsonl\n${digest} *other.jsonl\n`)
  const info: DataSetInfo = dataSetInfo(await open(['sums']))
  assert.deepEqual(
    info.files.map((file) => [file.path, file.declaredSha256, file.actualSha256]),
    [
      ['sums/a.jsonl', '0'.repeat(64), digest],
      ['sums/b.jsonl', digest, digest],
      ['sums/c.jsonl', null, null],
    ],
  )
})

test('inspection tells formats, rows, shards, roles and the first rows', async () => {
  const inspection = await inspectDataSet([put('seen/train-00000-of-00001.parquet', parquetOf(250))], {
    roles: {},
    cwd: root,
    shardBytes: 1 << 20,
  })
  const [file] = inspection.files
  assert.deepEqual(
    [file?.format, file?.compression, file?.split, file?.rows, file?.shards, file?.columns],
    [
      'parquet',
      'none',
      'train',
      COUNT,
      1,
      [
        { name: 'text', type: 'string' },
        { name: 'label', type: 'int64' },
      ],
    ],
  )
  assert.deepEqual(
    inspection.roles.map((choice) => `${choice.role} = ${choice.column}: ${choice.why}`),
    ['text = text: named "text"', 'label = label: named "label"'],
  )
  assert.deepEqual(
    inspection.rows.map((row) => row['label']),
    [0n, 1n, 2n, 3n, 0n],
  )
})
