import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { CredenceError } from '../../src/errors.js'
import { unpackLz4Frame } from '../../src/read/arrow-codecs.js'
import { arrowFileReader, arrowStreamReader } from '../../src/read/arrow.js'
import { fixture, reviews } from './reviews.js'
import { readWhole, sourceFile } from './text-source.js'

const FILES = [
  ['reviews.lz4.arrow', arrowFileReader, 3000],
  ['reviews.zstd.arrow', arrowFileReader, 3000],
  ['reviews.feather', arrowFileReader, 3000],
  ['reviews-300.arrow', arrowFileReader, 300],
  ['reviews.lz4-stream.arrow', arrowStreamReader, 3000],
  ['reviews-300.stream.arrow', arrowStreamReader, 300],
] as const

for (const [name, reader, count] of FILES) {
  test(`reads ${name}, in any units`, async () => {
    const file = fixture(`arrow/${name}`, 'arrow-file')
    assert.equal((await reader.schema(file)).declaredRows, count)
    for (const targetBytes of [1 << 20, 1]) {
      const { rows, records } = await readWhole(reader, file, targetBytes, 64)
      assert.deepEqual(
        rows,
        Array.from({ length: count }, (_, i) => i),
      )
      assert.deepEqual(records, reviews(0, count))
    }
  })
}

test('spells types as Arrow does', async () => {
  const { columns } = await arrowFileReader.schema(fixture('arrow/reviews.zstd.arrow', 'arrow-file'))
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
    [
      'text string',
      'label int64',
      'source dictionary<string>',
      'score float64',
      'kept bool',
      'created timestamp[us]',
      'tags list<string>',
    ],
  )
})

test('plans a stream by its record batches', async () => {
  const file = fixture('arrow/reviews-300.stream.arrow', 'arrow-stream')
  const units = await arrowStreamReader.plan(file, 12_000)
  assert.deepEqual(
    units.map((unit) => [unit.unit, unit.firstRow, unit.rows]),
    [
      [{ kind: 'record-batches', from: 0, to: 1 }, 0, 128],
      [{ kind: 'record-batches', from: 1, to: 2 }, 128, 128],
      [{ kind: 'record-batches', from: 2, to: 3 }, 256, 44],
    ],
  )
})

test('reads chats from a compressed stream, only the column asked for', async () => {
  const { records } = await readWhole(arrowStreamReader, fixture('arrow/chats.stream.arrow', 'arrow-stream'), 1, 30, ['messages'])
  assert.deepEqual(records[4], {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'question 4.0' },
      { role: 'assistant', content: 'answer 4.0' },
      { role: 'user', content: 'question 4.1' },
      { role: 'assistant', content: 'answer 4.1' },
    ],
  })
})

test('reads what apache-arrow writes', async () => {
  const table = tableFromArrays({ text: ['a', 'ü', ''], label: Int32Array.of(1, 2, 3) })
  for (const [form, reader] of [
    ['file', arrowFileReader],
    ['stream', arrowStreamReader],
  ] as const) {
    const { records } = await readWhole(reader, sourceFile('arrow-file', tableToIPC(table, form)))
    assert.deepEqual(records, [
      { text: 'a', label: 1 },
      { text: 'ü', label: 2 },
      { text: '', label: 3 },
    ])
  }
})

test('every cut and every flipped byte reads the same number of rows or ends in a typed error', async () => {
  const table = tableFromArrays({ text: ['a', 'bcd', 'ü'], label: Int32Array.of(1, 2, 3) })
  for (const [form, reader] of [
    ['file', arrowFileReader],
    ['stream', arrowStreamReader],
  ] as const) {
    const whole = Buffer.from(tableToIPC(table, form))
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0x41, at)
      for (const bytes of [flipped, whole.subarray(0, at)]) {
        try {
          const file = sourceFile('arrow-file', bytes)
          assert.equal((await readWhole(reader, file)).rows.length, (await reader.schema(file)).declaredRows)
        } catch (error) {
          assert.ok(
            error instanceof CredenceError,
            `${form}, byte ${at}: ${error instanceof Error ? error.stack : String(error)}`,
          )
          assert.ok(['format', 'unsupported', 'limit'].includes(error.code), `${form}, byte ${at}: ${error.code}`)
        }
      }
    }
  }
})

test('a cut file names itself and what is missing', async () => {
  const bytes = readFileSync(fixture('arrow/reviews-300.arrow', 'arrow-file').absolute).subarray(0, 9000)
  await assert.rejects(arrowFileReader.schema(sourceFile('arrow-file', bytes)), {
    code: 'format',
    message: /does not end in ARROW1/,
  })
  await assert.rejects(arrowStreamReader.schema(sourceFile('arrow-stream', 'hello, this is text')), { code: 'format' })
})

test('LZ4 frames: stored blocks, matches that overlap, and damage', () => {
  const header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]
  const stored = Uint8Array.from([...header, 3, 0, 0, 0x80, 97, 98, 99, 0, 0, 0, 0])
  assert.equal(Buffer.from(unpackLz4Frame(stored, 3)).toString(), 'abc')
  // One literal, then a match at offset 1 of length 4 + 4; the block ends in the literal `z`.
  const block = [0x14, 97, 1, 0, 0x10, 122]
  const repeated = Uint8Array.from([...header, block.length, 0, 0, 0, ...block, 0, 0, 0, 0])
  assert.equal(Buffer.from(unpackLz4Frame(repeated, 10)).toString(), 'aaaaaaaaaz')
  assert.throws(() => unpackLz4Frame(repeated, 5), /runs past its end/)
  const far = Uint8Array.from([...header, 6, 0, 0, 0, 0x14, 97, 9, 0, 0x10, 122, 0, 0, 0, 0])
  assert.throws(() => unpackLz4Frame(far, 10), /reaches back 9 bytes of 1/)
})
