import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ChunkTable, FIRST_HASH, nextHash } from '../../src/embed/chunk-table.js'
import { openEncoder } from '../../src/embed/open.js'
import { OnnxEncoder } from '../../src/embed/onnx-encoder.js'
import { writeUnit } from '../../src/embed/pool.js'
import { ROW_LENGTH, RowSums } from '../../src/embed/row-sums.js'
import { findEncoder, readEncoderFile } from '../../src/embed/folder.js'
import { openSession } from '../../src/embed/session.js'
import { loadTokenizer } from '../../src/embed/tokenizer.js'
import { lines } from './lines.js'

test('static without ONNX Runtime gives the vectors that ONNX Runtime gives, to the bit', async () => {
  const found = findEncoder('static')
  const weights = readEncoderFile(found, found.model)
  const tokens = loadTokenizer(JSON.parse(readEncoderFile(found, found.tokenizer).toString('utf8')), {}, found.tokenizer)
  const graph = new OnnxEncoder(found.spec, '', tokens, await openSession(weights, found.model, 'cpu', 1))
  const texts = [...lines(300, 7), '', '\u200B', 'word '.repeat(700), '[UNK]'.repeat(600), 'a'.repeat(5000)]
  const table = await openEncoder({ encoder: 'static', device: 'cpu', threads: 1 })
  assert.deepEqual(await table.embed(texts), await graph.embed(texts))
  await graph.close()
})

test('property: a sum of rows is what pool.ts makes of it, small or beyond exact squares', () => {
  const short = fc.oneof(fc.integer({ min: -32768, max: 32767 }), fc.constantFrom(-32768, 32767, 0, 1, -1))
  const rows = fc.array(fc.array(short, { minLength: ROW_LENGTH, maxLength: ROW_LENGTH }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(rows, fc.array(fc.nat(3), { maxLength: 512 }), (table, drawn) => {
      const ids = drawn.map((id) => id % table.length)
      const sums = new RowSums(Int16Array.from(table.flat()), 512)
      sums.ids.set(ids)
      const given = new Float32Array(2 * ROW_LENGTH)
      sums.write(ids.length, given, ROW_LENGTH)
      const expected = new Float32Array(2 * ROW_LENGTH)
      const total = Float64Array.from({ length: ROW_LENGTH }, (_, c) => ids.reduce((sum, id) => sum + table[id]![c]!, 0))
      writeUnit(total, expected, ROW_LENGTH)
      assert.deepEqual(given, expected)
    }),
    { numRuns: 60 },
  )
})

test('a row that the table lacks is refused, not read from beside it', () => {
  const sums = new RowSums(new Int16Array(ROW_LENGTH), 4)
  for (const id of [1, -1, 2 ** 30]) {
    sums.ids[0] = id
    assert.throws(() => {
      sums.write(1, new Float32Array(ROW_LENGTH), 0)
    }, RangeError)
  }
})

test('property: a chunk table gives back what was put into it, also after it has begun anew', () => {
  const table = new ChunkTable({ entries: 2 ** 17, units: 2 ** 20, ids: 2 ** 19 })
  const hash = (text: string): number =>
    [...Array(text.length).keys()].reduce((h, i) => nextHash(h, text.charCodeAt(i)), FIRST_HASH)
  const out = new Int32Array(8)
  const found = (text: string): number[] | null => {
    const entry = table.find(`.${text}.`, 1, 1 + text.length, hash(text))
    return entry < 0 ? null : Array.from(out.subarray(0, table.copy(entry, out, 0)))
  }
  for (let i = 0; i < 140_000; i++) {
    const text = `chunk${i}`
    assert.equal(found(text), null)
    table.put(text, 0, text.length, hash(text), [i, i + 1])
    assert.deepEqual(found(text), [i, i + 1])
    if (i === 1000) assert.deepEqual(found('chunk7'), [7, 8])
  }
  assert.equal(found('chunk7'), null)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.nat(30_000), { maxLength: 8 }), (text, ids) => {
      if (found(text) === null) table.put(text, 0, text.length, hash(text), ids)
      else return
      assert.deepEqual(found(text), ids)
    }),
  )
})
