import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createJsonlReader, jsonlReader } from '../../src/read/jsonl.js'
import { exactRow, failsWith, readWhole, sourceFile } from './text-source.js'

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

test('blank lines are no rows, CRLF and a byte order mark are tolerated, the last line needs no end', async () => {
  const file = sourceFile('jsonl', '\uFEFF\r\n{"a":1}\r\n\n  \t\r\n{"a":"two"}\n\n{"a":null,"b":[1,{"c":true}]}')
  for (const target of [1, 10, 1000]) {
    const { rows, records, log } = await readWhole(jsonlReader, file, target, 100, ['a', 'b'])
    assert.deepEqual(rows, [0, 1, 2])
    assert.deepEqual(records, [
      { a: 1, b: null },
      { a: 'two', b: null },
      { a: null, b: [1, { c: true }] },
    ])
    assert.deepEqual(log, { skipped: 0, truncated: 0, errors: [] })
  }
})

test('a malformed line keeps its row number and is logged with its line, in whichever unit it lies', async () => {
  const file = sourceFile('jsonl', bytes('{"a":0}\n\n{"a":1,}\n[2]\n{"a":"', [0xc3, 0x28], '"}\n{"a":4}\nnull\n{"a":6}\n{"a":7'))
  for (const target of [1, 20, 1000]) {
    const { rows, records, log } = await readWhole(jsonlReader, file, target)
    assert.deepEqual(rows, [0, 4, 6])
    assert.deepEqual(records, [{ a: 0 }, { a: 4 }, { a: 6 }])
    assert.equal(log.skipped, 5)
    assert.deepEqual(
      log.errors.map(({ code, place }) => [code, place.line, place.row]),
      [
        ['format', 3, 1],
        ['format', 4, 2],
        ['format', 5, 3],
        ['format', 7, 5],
        ['format', 9, 7],
      ],
    )
    const messages = log.errors.map(({ message }) => message.replace(file.path, 'F'))
    assert.equal(messages[1], 'F, line 4, row 2: a JSON object expected, an array found')
    assert.equal(messages[2], 'F, line 5, row 3: not valid UTF-8')
    assert.equal(messages[3], 'F, line 7, row 5: a JSON object expected, null found')
    assert.match(messages[0] ?? '', /^F, line 3, row 1: not valid JSON \(at character 7\)$/)
  }
})

test('an error message never quotes the data', async () => {
  const { log } = await readWhole(jsonlReader, sourceFile('jsonl', '{"a":1}\n\u001b[31mEVIL\n'))
  assert.equal(log.errors.length, 1)
  assert.doesNotMatch(log.errors[0]?.message ?? '', /EVIL|\u001b/)
})

test('only twenty errors are kept, all are counted', async () => {
  const { rows, log } = await readWhole(jsonlReader, sourceFile('jsonl', 'x\n'.repeat(50) + '{"a":1}\n'), 7)
  assert.deepEqual(rows, [50])
  assert.equal(log.skipped, 50)
  assert.equal(log.errors.length, 20)
  assert.deepEqual(log.errors[19]?.place.line, 20)
})

test('a line over the limit is skipped without shifting the rows after it', async () => {
  const reader = createJsonlReader({ maxRecordBytes: 100, readBytes: 1 << 16 })
  const long = `{"a":"${'x'.repeat(3_000_000)}"}`
  const file = sourceFile('jsonl', `{"a":0}\n${long}\n{"a":2}\n{"a":"${'y'.repeat(101)}"}\n{"a":4}\n${long}`)
  for (const target of [1, 1 << 30]) {
    const { rows, log } = await readWhole(reader, file, target)
    assert.deepEqual(rows, [0, 2, 4])
    assert.equal(log.skipped, 3)
    assert.deepEqual(
      log.errors.map(({ code, place }) => [code, place.line, place.row]),
      [
        ['limit', 2, 1],
        ['limit', 4, 3],
        ['limit', 6, 5],
      ],
    )
  }
})

test('hostile keys stay data, the last of two equal keys counts, large integers keep their digits', async () => {
  const file = sourceFile(
    'jsonl',
    '{"__proto__":{"polluted":1},"constructor":2,"id":9007199254740993,"a":1,"a":2}\n' +
      '{"id":-12345678901234567890,"x":1.5e3,"s":"\\"id\\": 1, 99999999999999999999","n":{"id":99999999999999999999}}\n' +
      '{"id":9007199254740993,"id":7}\n{"id":1e25}\n',
  )
  const { records } = await readWhole(jsonlReader, file, 1, 1)
  assert.deepEqual(Object.getOwnPropertyDescriptor(records[0], '__proto__')?.value, { polluted: 1 })
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  assert.equal(records[0]?.['constructor'], 2)
  assert.equal(records[0]?.['a'], 2)
  assert.equal(records[0]?.['id'], 9007199254740993n)
  assert.equal(records[1]?.['id'], -12345678901234567890n)
  assert.equal(records[1]?.['x'], 1500)
  assert.equal(records[1]?.['s'], '"id": 1, 99999999999999999999')
  assert.deepEqual(records[1]?.['n'], { id: '99999999999999999999' })
  assert.equal(records[2]?.['id'], 7)
  assert.equal(records[3]?.['id'], 1e25)
})

test('nesting beyond 256 levels loses the row, not the process', async () => {
  const nest = (levels: number): string => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}\n`
  const { rows, log } = await readWhole(jsonlReader, sourceFile('jsonl', nest(200) + nest(100_000) + nest(1)))
  assert.deepEqual(rows, [0, 2])
  assert.deepEqual(log.errors[0]?.code, 'limit')
})

test('the schema is the union of keys and types', async () => {
  const file = sourceFile(
    'jsonl',
    '{"id":1,"messages":[{"role":"user","content":"a"}],"x":1}\nnot json\n{"id":2.5,"messages":[],"y":null,"x":"s"}\n{"z":true,"m":[{"k":1,"v":[]}]}\n',
  )
  assert.deepEqual(await jsonlReader.schema(file), {
    columns: [
      { name: 'id', type: 'float64' },
      { name: 'messages', type: 'list<struct<role: string, content: string>>' },
      { name: 'x', type: 'union<int64, string>' },
      { name: 'y', type: 'null' },
      { name: 'z', type: 'bool' },
      { name: 'm', type: 'list<struct<k: int64, v: list<null>>>' },
    ],
    declaredRows: null,
  })
  await assert.rejects(
    jsonlReader.schema(sourceFile('jsonl', 'a,b\n1,2\n')),
    failsWith('format', /none of the first 2 lines is a JSON object/),
  )
})

test('empty files have no units; UTF-16, missing files and files that change are refused', async () => {
  assert.deepEqual(await jsonlReader.plan(sourceFile('jsonl', '\uFEFF\n \n'), 10), [])
  assert.deepEqual(await jsonlReader.schema(sourceFile('jsonl', '')), { columns: [], declaredRows: null })
  const wide = sourceFile('jsonl', bytes([0xff, 0xfe], [0x7b, 0, 0x7d, 0]))
  await assert.rejects(jsonlReader.plan(wide, 10), failsWith('format', /UTF-16/))
  const file = sourceFile('jsonl', '{"a":1}\n{"a":2}\n')
  await assert.rejects(jsonlReader.plan({ ...file, absolute: `${file.absolute}.gone` }, 10), failsWith('not-found', /ENOENT/))
  const log = { skipped: 0, truncated: 0, errors: [] }
  const stale = { unit: { kind: 'bytes', start: 0, end: 16 }, firstRow: 0, rows: 3 } as const
  await assert.rejects(
    async () => {
      for await (const batch of jsonlReader.read(file, stale, null, 10, log)) assert.equal(batch.length, 2)
    },
    failsWith('io', /3 rows expected from row 0, 2 found/),
  )
})

test('too many different keys are refused before they fill memory', async () => {
  const lines = Array.from({ length: 100 }, (_, i) => `{${Array.from({ length: 50 }, (_, j) => `"k${i * 50 + j}":1`).join(',')}}`)
  await assert.rejects(
    readWhole(jsonlReader, sourceFile('jsonl', lines.join('\n'))),
    failsWith('limit', /more than 4096 different keys/),
  )
})

test('units tile the file with exact first rows', async () => {
  const lines = Array.from({ length: 1000 }, (_, i) => `{"i":${i},"pad":"${'p'.repeat(i % 37)}"}`)
  const units = await jsonlReader.plan(sourceFile('jsonl', lines.join('\n')), 1000)
  assert.ok(units.length > 20 && units.length < 60, `${units.length} units`)
  let row = 0
  for (const { firstRow, rows } of units) {
    assert.equal(firstRow, row)
    row += rows ?? NaN
  }
  assert.equal(row, 1000)
})

test('any table reads back the same, however it is cut', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  )
  const table = fc.array(fc.tuple(cell, cell, fc.constantFrom('\n', '\r\n', '\n\n \n')), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 9 }), async (rows, target, size) => {
      const reader = createJsonlReader({ maxRecordBytes: 1 << 20, readBytes: size })
      const file = sourceFile('jsonl', rows.map(([a, b, end]) => `${JSON.stringify({ a, b })}${end}`).join(''))
      const read = await readWhole(reader, file, target, size, ['b', 'a'])
      assert.deepEqual(
        read.rows,
        rows.map((_, i) => i),
      )
      const expected = rows.map(([a, b]) => exactRow(JSON.parse(JSON.stringify({ a, b })) as Record<string, unknown>))
      assert.deepEqual(
        read.records.map(({ a, b }) => ({ a, b })),
        expected,
      )
    }),
    { numRuns: 60 },
  )
})
