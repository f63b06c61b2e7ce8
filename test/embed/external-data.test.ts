import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { refuseCustomOperators } from '../../src/embed/custom-operators.js'
import { externalData } from '../../src/embed/external-data.js'
import { CredenceError } from '../../src/errors.js'
import { packageRoot } from '../../src/paths.js'

/** A length-delimited protobuf field. */
function field(number: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload)
  return Buffer.concat([varint(number * 8 + 2), varint(body.length), body])
}

function varint(value: number): Buffer {
  return value > 127 ? Buffer.concat([Buffer.of((value & 127) | 128), varint(Math.floor(value / 128))]) : Buffer.of(value)
}

const inside = field(8, 'weights')
/** data_location = EXTERNAL, without the list of files that should come with it. */
const located = Buffer.concat([inside, Buffer.of(14 * 8, 1)])
const listed = Buffer.concat([inside, field(13, 'location')])
const graph = (tensor: Buffer): Buffer => field(5, tensor)
const model = (body: Buffer): Buffer => Buffer.concat([Buffer.of(8, 8), field(7, body)])

test('weights in another file are found in initializers, sparse ones, constants, subgraphs and functions', () => {
  for (const tensor of [located, listed]) {
    const attribute = field(5, tensor)
    const hidden: readonly Buffer[] = [
      model(graph(tensor)),
      model(field(15, field(1, tensor))),
      model(field(1, field(5, attribute))),
      model(field(1, field(5, field(6, graph(tensor))))),
      field(25, field(7, field(5, attribute))),
      field(20, field(2, graph(tensor))),
    ]
    for (const [i, bytes] of hidden.entries()) assert.equal(externalData(bytes), 'weights', `case ${i}`)
  }
})

test('a model that holds its own weights passes, whatever strings it has inside', () => {
  assert.equal(externalData(model(graph(Buffer.concat([inside, field(9, listed)])))), null)
  assert.equal(externalData(readFileSync(join(packageRoot, 'test/embed/encoders/bert/model.onnx'))), null)
  assert.equal(externalData(readFileSync(join(packageRoot, 'test/embed/encoders/external/model.onnx'))), 'table')
})

test('a group or a key beyond 32 bits does not hide what comes after it', () => {
  const group = Buffer.concat([varint(99 * 8 + 3), varint(99 * 8 + 4)])
  assert.equal(externalData(Buffer.concat([group, model(graph(located))])), 'weights')
  const tensor = graph(located)
  const longKey = Buffer.concat([varint(2 ** 32 + 7 * 8 + 2), varint(tensor.length), tensor])
  assert.equal(externalData(longKey), 'weights')
})

test('property: any bytes end in an answer, deep nesting in an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      externalData(bytes)
    }),
  )
  let deep: Buffer = located
  for (let i = 0; i < 2000; i++) deep = field(1, field(5, field(6, deep)))
  assert.throws(() => externalData(model(deep)), /nested over 100 levels deep/)
})

/** A node of an operator; without a domain it is ONNX's own. */
const node = (operator: string, domain = ''): Buffer => field(1, Buffer.concat([field(4, operator), field(7, domain)]))

function refusalOf(bytes: Buffer): string {
  try {
    refuseCustomOperators(bytes, 'm.onnx')
  } catch (error) {
    assert.ok(error instanceof CredenceError && error.code === 'model', String(error))
    return error.message
  }
  return ''
}

test('an operator that ONNX Runtime does not bring itself is refused by name, wherever it stands', () => {
  const custom = node('PyOp', 'ai.onnx.contrib')
  const inSubgraph = field(1, field(5, field(6, custom)))
  const inFunction = field(25, Buffer.concat([field(7, custom.subarray(2)), field(10, 'mine')]))
  for (const bytes of [model(custom), model(Buffer.concat([node('Add'), inSubgraph])), inFunction]) {
    assert.match(refusalOf(bytes), /^m\.onnx: needs the custom operator "ai\.onnx\.contrib\.PyOp"; code for one is not loaded$/)
  }
  assert.match(refusalOf(model(node('a\u001b', 'b"'))), /"b\\"\.a\\u001b"/)
})

test('operators of ONNX, of ONNX Runtime, and functions of the model itself pass', () => {
  const own = Buffer.concat([model(node('Mine', 'mine')), field(25, Buffer.concat([field(1, 'Mine'), field(10, 'mine')]))])
  for (const bytes of [model(node('Add')), model(node('Gelu', 'com.microsoft')), own]) assert.equal(refusalOf(bytes), '')
  for (const encoder of ['test/embed/encoders/bert/model.onnx', 'models/static/model.onnx', 'models/minilm/model.onnx']) {
    assert.equal(refusalOf(readFileSync(join(packageRoot, encoder))), '', encoder)
  }
})

test('the ORT format, which cannot be looked through, is refused', () => {
  assert.match(refusalOf(Buffer.from('....ORTM....')), /is in the ORT format, expected ONNX/)
})
