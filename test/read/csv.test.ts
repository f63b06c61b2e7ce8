import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createCsvReader, csvReader, tsvReader } from '../../src/read/csv.js'
import type { FormatReader, SourceFile } from '../../src/read/format.js'
import { failsWith, readWhole, sourceFile } from './text-source.js'

const limits = { maxRecordBytes: 1 << 20, readBytes: 1 << 16 }

async function columnsOf(text: string | Uint8Array, reader = csvReader): Promise<string[]> {
  return (await reader.schema(sourceFile('csv', text))).columns.map(({ name }) => name)
}

test('quoted line ends, doubled quotes, CRLF, CR, byte order mark, blank lines', async () => {
  const text = '\uFEFFa,b\r\n\r\n1,"x\r\ny, ""z"""\r\n\r\n2,\r3,"" \n"4" ,5\0'
  for (const target of [1, 1000]) {
    const { rows, records, log } = await readWhole(csvReader, sourceFile('csv', text), target)
    assert.deepEqual(rows, [0, 1, 2, 3])
    assert.deepEqual(records, [
      { a: '1', b: 'x\r\ny, "z"' },
      { a: '2', b: '' },
      { a: '3', b: ' ' },
      { a: '4 ', b: '5\0' },
    ])
    assert.deepEqual(log, { skipped: 0, truncated: 0, errors: [] })
  }
})

test('a quote inside an unquoted field is an ordinary character', async () => {
  const { records } = await readWhole(csvReader, sourceFile('csv', 'a,b\n5" x,6"\n"q"x"y",z\n,7\n'), 1)
  assert.deepEqual(records, [
    { a: '5" x', b: '6"' },
    { a: 'qx"y"', b: 'z' },
    { a: '', b: '7' },
  ])
})

test('ragged and undecodable records keep their row number and are logged with their line', async () => {
  const text = Buffer.concat([
    Buffer.from('a,b\n0,"two\nlines"\n1\n\n2,x,y\n3,ok\n"4\n",'),
    Buffer.from([0xe9]),
    Buffer.from('\n5,é\n6,x,y,z,w\n'),
  ])
  for (const target of [1, 12, 1000]) {
    const { rows, records, log } = await readWhole(csvReader, sourceFile('csv', text), target)
    assert.deepEqual(rows, [0, 3, 5])
    assert.deepEqual(records, [
      { a: '0', b: 'two\nlines' },
      { a: '3', b: 'ok' },
      { a: '5', b: 'é' },
    ])
    assert.equal(log.skipped, 4)
    assert.deepEqual(
      log.errors.map(({ message, place }) => [place.line, place.row, message.slice(message.indexOf(': ') + 2)]),
      [
        [4, 1, '1 fields where the header has 2'],
        [6, 2, 'more than 2 fields where the header has 2'],
        [8, 4, 'not valid UTF-8'],
        [11, 6, 'more than 2 fields where the header has 2'],
      ],
    )
  }
})

test('only the columns asked for are read, and a column that is not there is null', async () => {
  const { records } = await readWhole(csvReader, sourceFile('csv', 'a,b,c\n1,2,3\n'), 1, 10, ['c', 'x', 'a'])
  assert.deepEqual(records, [{ c: '3', x: null, a: '1' }])
})

test('the delimiter is the one that the first records agree on', async () => {
  const { records } = await readWhole(csvReader, sourceFile('csv', 'text;label\n"good; yes";1\nfine, really, fine;0\n'))
  assert.deepEqual(records, [
    { text: 'good; yes', label: '1' },
    { text: 'fine, really, fine', label: '0' },
  ])
  assert.deepEqual(await columnsOf('a|b|c\n1|2|3\n'), ['a', 'b', 'c'])
  assert.deepEqual(await columnsOf('a\tb\nx, y\tz\n'), ['a', 'b'])
  assert.deepEqual(await columnsOf('id;name,first;label\n1;2;3\n4;5;6\n'), ['id', 'name,first', 'label'])
  assert.deepEqual(await columnsOf('text\nno delimiter; at all\n'), ['text'])
  assert.deepEqual(await columnsOf('a,b\tc\n1,2\tx\n', tsvReader), ['a,b', 'c'])
})

test('names are unique, columns without a name are named by place', async () => {
  assert.deepEqual(await columnsOf(',a,a,a_2,,column_1,a\n'), ['column_1_2', 'a', 'a_3', 'a_2', 'column_5', 'column_1', 'a_4'])
})

test('a file of a header, or of nothing, has no rows', async () => {
  for (const text of ['', '\uFEFF', '\n\r\n', 'a,b', 'a,b\n\n\n'])
    assert.deepEqual(await csvReader.plan(sourceFile('csv', text), 10), [], text)
  assert.deepEqual(await columnsOf('\n\n'), [])
  assert.deepEqual(await columnsOf('a,b'), ['a', 'b'])
})

/** What is read of a file whose last unit ends in an error, row by row, and that error. */
async function readUntilError(reader: FormatReader, file: SourceFile): Promise<[rows: unknown[], error: unknown]> {
  const units = await reader.plan(file, 10)
  const rows: unknown[] = []
  try {
    for (const unit of units) {
      for await (const batch of reader.read(file, unit, ['a'], 100, { skipped: 0, truncated: 0, errors: [] }))
        rows.push(...(batch.columns['a'] ?? []))
    }
  } catch (error) {
    return [rows, error]
  }
  return [rows, null]
}

test('behind what cannot be read on is an error that names the line; the rows before it are read', async () => {
  const open = sourceFile('csv', 'a,b\n1,2\n\n3,4\n5,"x\ny\n')
  const [rows, error] = await readUntilError(csvReader, open)
  assert.deepEqual(rows, ['1', '3'])
  assert.ok(failsWith('format', /line 5: a quote opens in this record and never closes/)(error))
  const packed: SourceFile = { ...sourceFile('csv', gzipSync('a,b\n1,2\n\n3,4\n5,"x\ny\n')), compression: 'gzip' }
  const [packedRows, packedError] = await readUntilError(csvReader, packed)
  assert.deepEqual(packedRows, ['1', '3'])
  assert.ok(failsWith('format', /line 5: a quote opens in this record and never closes/)(packedError))
  const [none, first] = await readUntilError(csvReader, sourceFile('csv', 'a,b\n"1,2\n'))
  assert.deepEqual(none, [])
  assert.ok(failsWith('format', /line 2: a quote opens/)(first))
  await assert.rejects(csvReader.schema(sourceFile('csv', 'a,"b\n1,2\n')), failsWith('format', /a quote opens in the header/))
  await assert.rejects(csvReader.schema(sourceFile('csv', 'a\0,b\n')), failsWith('format', /NUL/))
  await assert.rejects(csvReader.schema(sourceFile('csv', Buffer.from('\uFEFFa,b', 'utf16le'))), failsWith('format', /UTF-16/))
  await assert.rejects(columnsOf(Buffer.from([0x61, 0xff, 0x2c, 0x62])), failsWith('format', /header is not valid UTF-8/))
  await assert.rejects(columnsOf('x,'.repeat(5000)), failsWith('limit', /more than 4096 columns/))
  const small = createCsvReader([','], { maxRecordBytes: 1000, readBytes: 100 })
  const long = sourceFile('csv', `a,b\n1,2\n3,"${'x\n'.repeat(40_000)}"\n`)
  const [before, limit] = await readUntilError(small, long)
  assert.deepEqual(before, ['1'])
  assert.ok(failsWith('limit', /line 3: a record of more than 1000 bytes/)(limit))
})

test('a record longer than what is read at once', async () => {
  const reader = createCsvReader([','], { ...limits, readBytes: 10 })
  const long = 'x"y,\r\n'.repeat(5000)
  const { records } = await readWhole(reader, sourceFile('csv', `a,b\n1,"${long.replaceAll('"', '""')}"\n2,3`))
  assert.deepEqual(records, [
    { a: '1', b: long },
    { a: '2', b: '3' },
  ])
})

const SPECTRUM = [
  'comma_in_quotes',
  'empty',
  'empty_crlf',
  'escaped_quotes',
  'json',
  'newlines',
  'newlines_crlf',
  'quotes_and_newlines',
  'simple',
  'simple_crlf',
  'utf8',
]

test('csv-spectrum', async (t) => {
  const corpora = process.env['CREDENCE_CORPORA']
  if (!corpora) {
    t.skip('CREDENCE_CORPORA not set')
    return
  }
  const csv = (name: string): Buffer => readFileSync(join(corpora, 'csv-spectrum', 'csvs', `${name}.csv`))
  for (const name of SPECTRUM) {
    const expected: unknown = JSON.parse(readFileSync(join(corpora, 'csv-spectrum', 'json', `${name}.json`), 'utf8'))
    const { records, log } = await readWhole(csvReader, sourceFile('csv', csv(name)), 1)
    assert.deepEqual([records, log.skipped], [expected, 0], name)
  }
  // The JSON beside this one has another telephone number, so what its bytes say is written out.
  const { records } = await readWhole(csvReader, sourceFile('csv', csv('location_coordinates')))
  assert.deepEqual(records, [
    {
      'Contact Phone Number': '2095257564',
      'Location Coordinates': '37\uFFFD36\'37.8"N 121\uFFFD2\'17.9"W',
      Cities: 'Modesto',
      Counties: 'Stanislaus',
    },
  ])
})

test('any table reads back the same, however it is cut', async () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', 'é', '\u{1F600}', '\t', ';') }),
    fc.string({ unit: 'grapheme' }),
  )
  const table = fc.array(fc.tuple(cell, cell, fc.boolean()), { maxLength: 30 })
  const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\n')
  await fc.assert(
    fc.asyncProperty(
      table,
      ends,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, end, target, size) => {
        const lines = ['name,"va""l\nue"', ...rows.map(([a, b, always]) => `${field(a, always)},${field(b, !always)}`)]
        const file = sourceFile('csv', lines.join(end) + (target % 2 ? end : ''))
        const read = await readWhole(createCsvReader([','], { ...limits, readBytes: size }), file, target, size)
        assert.deepEqual(read.log.errors, [])
        assert.deepEqual(
          read.rows,
          rows.map((_, i) => i),
        )
        assert.deepEqual(
          read.records,
          rows.map(([a, b]) => ({ name: a, 'va"l\nue': b })),
        )
      },
    ),
    { numRuns: 80 },
  )
})

function field(text: string, always: boolean): string {
  return always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

test('the same rows and the same faults whatever the cut, on arbitrary bytes', async () => {
  const byte = fc.constantFrom(...Buffer.from('",\n\rab'), 0xff, 0xc3)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.array(byte, { maxLength: 80 }), async (noise, tail) => {
      const file = sourceFile('csv', Buffer.from([...Buffer.from('a,b\n'), ...tail, ...noise]))
      const read = async (target: number, readBytes: number): Promise<unknown> => {
        const reader = createCsvReader([','], { ...limits, readBytes })
        return readWhole(reader, file, target).then(
          ({ rows, records, log }) => ({ rows, records, log }),
          (error: unknown) => (error as Error).message,
        )
      }
      const whole = await read(1 << 20, 1 << 16)
      assert.deepEqual(await read(1, 3), whole)
      assert.deepEqual(await read(25, 1), whole)
    }),
    { numRuns: 80 },
  )
})
