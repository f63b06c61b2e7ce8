import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CredenceError } from '../../src/errors.js'
import { createJsonReader, jsonReader } from '../../src/read/json.js'
import { exactRow, failsWith, readWhole, sourceFile } from './text-source.js'

const NOT_A_DATA_SET = /is valid JSON but not a data set/

test('an array of objects is read element by element', async () => {
  const file = sourceFile('json', '\uFEFF [ {"a": "]},{\\"", "b": [1, {"c": "}"}]} ,\n{"a":"\\\\"}\t, {} ] \n')
  for (const target of [1, 1000]) {
    const { rows, records } = await readWhole(jsonReader, file, target, 100, ['a', 'b'])
    assert.deepEqual(rows, [0, 1, 2])
    assert.deepEqual(records, [
      { a: ']},{"', b: [1, { c: '}' }] },
      { a: '\\', b: null },
      { a: null, b: null },
    ])
  }
})

test('the one array of objects inside an object is read, whatever stands beside it', async () => {
  const file = sourceFile(
    'json',
    '{"version": 1.5, "labels": ["neg", "pos"], "data": [{"a": 1}, {"a": 2}], "meta": {"data": [{"a": 9}]}}',
  )
  const { rows, records } = await readWhole(jsonReader, file, 1)
  assert.deepEqual(
    [rows, records],
    [
      [0, 1],
      [{ a: 1 }, { a: 2 }],
    ],
  )
})

test('JSON that is no data set is refused as such', async () => {
  for (const text of ['{}', '3', '"[{}]"', '{"a": {"b": [{}]}}', '{"text": ["a"], "label": [1]}', 'null', '{"data": []}']) {
    await assert.rejects(jsonReader.plan(sourceFile('json', text), 10), failsWith('format', NOT_A_DATA_SET), text)
  }
  await assert.rejects(jsonReader.schema(sourceFile('json', '[1, [2], "a"]')), failsWith('format', NOT_A_DATA_SET))
  const twice = sourceFile('json', '{"a": [{"x": 1}], "b": [{"x": 2}]}')
  await assert.rejects(jsonReader.plan(twice, 10), failsWith('format', /two arrays of objects, under "a" and "b"/))
})

test('an empty array has no rows; an element that is no object keeps its row number', async () => {
  assert.deepEqual(await jsonReader.plan(sourceFile('json', ' [ ]\n'), 10), [])
  for (const target of [1, 1000]) {
    const { rows, log } = await readWhole(jsonReader, sourceFile('json', '[{"a":1}, 3, null, {"a":2}, [], "x", {"a":3}]'), target)
    assert.deepEqual(rows, [0, 3, 6])
    assert.equal(log.skipped, 4)
    assert.deepEqual(
      log.errors.map(({ place }) => place.row),
      [1, 2, 4, 5],
    )
    assert.match(log.errors[0]?.message ?? '', /row 1: a JSON object expected, a number found$/)
  }
})

test('what is not strict JSON is refused with the byte it goes wrong at', async () => {
  const cases: [string, RegExp][] = [
    ['[{"a":1},]', /at byte 9: a JSON value expected, `\]` found/],
    ['[{"a":1} {"a":2}]', /at byte 9: `,` or `]` after an array element expected, `{` found/],
    ['[{"a":1}]x', /more after the end of its JSON value, at byte 9/],
    ['[{"a":1}', /ends inside an array, at byte 8/],
    ['[{"a":1}, {"a":01}]', /row 1 at byte 10: not valid JSON/],
    ['[{"a":1}, {"b":[}}]', /row 1 at byte 10: not valid JSON/],
    ['{"data": [{"a":1}], }', /at byte 20: a key in double quotes expected, `}` found/],
    ['{"data": [{"a":1}], "x": tru}', /at byte 25: not valid JSON/],
    ['', /ends at byte 0 where a JSON value is expected/],
  ]
  for (const [text, message] of cases)
    await assert.rejects(readWhole(jsonReader, sourceFile('json', text)), failsWith('format', message), text)
  const invalid = sourceFile('json', Buffer.from([...Buffer.from('[{"a":"é"},{"a":"'), 0xe9, ...Buffer.from('"}]')]))
  await assert.rejects(readWhole(jsonReader, invalid), failsWith('format', /row 1 at byte 12: not valid UTF-8/))
  const lines = sourceFile('json', '{"a":1}\n{"a":2}\n')
  await assert.rejects(jsonReader.schema(lines), (error: CredenceError) => /JSON Lines/.test(error.suggestions[0] ?? ''))
})

test('an element over the limit is refused', async () => {
  const reader = createJsonReader({ maxRecordBytes: 1000, readBytes: 100 })
  const file = sourceFile('json', `[{"a":1},{"a":"${'x'.repeat(5000)}"}]`)
  await assert.rejects(reader.plan(file, 10), failsWith('limit', /a value of more than 1000 bytes at byte 9/))
})

test('the schema of the first rows', async () => {
  const file = sourceFile('json', '[{"id": 1, "messages": [{"from": "human", "value": "x"}]}, {"id": "b"}]')
  assert.deepEqual((await jsonReader.schema(file)).columns, [
    { name: 'id', type: 'union<int64, string>' },
    { name: 'messages', type: 'list<struct<from: string, value: string>>' },
  ])
})

/** Of the 35 files that may go either way, those taken: huge numbers, lone surrogates, depth that fits, a byte order mark. */
const TAKEN =
  /^i_(number_|object_key_lone|string_(1st|incomplete|inverted|invalid_(lonely_)?surrogate|lone_second)|structure_(500|UTF-8_BOM))/

test('JSONTestSuite: 95 y_ files are accepted as JSON, 188 n_ files refused, 35 i_ files as pinned', async (t) => {
  const corpora = process.env['CREDENCE_CORPORA']
  if (!corpora) {
    t.skip('CREDENCE_CORPORA not set')
    return
  }
  const folder = join(corpora, 'json-test-suite', 'test_parsing')
  const wrong: string[] = []
  const judged = { y: 0, n: 0, i: 0 }
  for (const name of readdirSync(folder)) {
    const kind = name[0] as 'y' | 'n' | 'i'
    judged[kind]++
    const accepted = await judge(readFileSync(join(folder, name)))
    if (accepted !== (kind === 'y' || (kind === 'i' && TAKEN.test(name)))) wrong.push(name)
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(judged, { y: 95, n: 188, i: 35 })
})

/** Whether the reader takes the bytes for JSON, be it a data set or not. Anything but a typed error fails the test. */
async function judge(content: Buffer): Promise<boolean> {
  try {
    await readWhole(createJsonReader({ maxRecordBytes: 1 << 20, readBytes: 7 }), sourceFile('json', content))
    return true
  } catch (error) {
    const { code, message } = error as CredenceError
    assert.equal(code, 'format', message)
    return NOT_A_DATA_SET.test(message)
  }
}

test('any table reads back the same, however it is cut, spaced or wrapped', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const space = fc.constantFrom('', ' ', '\n', '\r\n\t ')
  const row = fc.tuple(cell, cell, space)
  const wrap = fc.constantFrom(
    ['[', ']'],
    ['{"n": 1, "rows": [', ']}'],
    ['\uFEFF\n[ ', ' ]\n'],
    ['{"a":[1],"rows":[', '],"z":"]"}'],
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      wrap,
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, [open, close], target, size) => {
        const elements = rows.map(([a, b, space]) => space + JSON.stringify({ a, b }, null, space.length) + space)
        const file = sourceFile('json', (open ?? '') + elements.join(',') + (close ?? ''))
        const read = await readWhole(createJsonReader({ maxRecordBytes: 1 << 20, readBytes: size }), file, target, size, [
          'b',
          'a',
        ])
        assert.deepEqual(
          read.rows,
          rows.map((_, i) => i),
        )
        assert.deepEqual(
          read.records.map(({ a, b }) => ({ b, a })),
          rows.map(([a, b]) => exactRow(JSON.parse(JSON.stringify({ b, a })) as Record<string, unknown>)),
        )
      },
    ),
    { numRuns: 60 },
  )
})
