/**
 * Looks for weights that an ONNX file keeps elsewhere. ONNX Runtime would resolve such a name against the working
 * folder even for a model given as bytes, so a hostile model could read files; it is refused before it gets there.
 */

import { CredenceError } from '../errors.js'

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'function' | 'training' | 'sparse' | 'tensor'

/** Fields that lead to tensors, by message and number, from onnx.proto. */
const CHILDREN: Record<Message, Readonly<Record<number, Message>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  training: { 1: 'graph', 2: 'graph' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
}
/** Protobuf's own limit. */
const MAX_DEPTH = 100
const TENSOR_NAME = 8
const TENSOR_EXTERNAL_DATA = 13
const TENSOR_DATA_LOCATION = 14

/**
 * The name of the first tensor whose data is in another file; `null` if there is none. Malformed bytes are ONNX Runtime's to refuse.
 *
 * @throws CredenceError `model` when messages are nested too deeply to look into.
 */
export function externalData(bytes: Uint8Array): string | null {
  return walk(bytes, 'model', 0)
}

function walk(bytes: Uint8Array, message: Message, depth: number): string | null {
  if (depth > MAX_DEPTH) throw new CredenceError('model', `the model is nested over ${MAX_DEPTH} levels deep`)
  let name = ''
  let external = false
  for (const { field, value, payload } of fields(bytes)) {
    if (message === 'tensor') {
      if (field === TENSOR_NAME && payload !== null) name = new TextDecoder().decode(payload)
      if (field === TENSOR_EXTERNAL_DATA || (field === TENSOR_DATA_LOCATION && value !== 0)) external = true
    }
    const child = CHILDREN[message][field]
    const found = child === undefined || payload === null ? null : walk(payload, child, depth + 1)
    if (found !== null) return found
  }
  return external ? name : null
}

interface Field {
  readonly field: number
  readonly value: number
  readonly payload: Uint8Array | null
}

/**
 * The fields of one protobuf message, up to the first byte that protobuf's own reader would refuse. The fields of a
 * group, an unknown one here, are taken for the message's own: too much is looked into, never too little.
 */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) break
    }
    return value
  }
  while (at < bytes.length) {
    // As protobuf reads it, modulo 2^32.
    const key = varint() >>> 0
    const field = Math.floor(key / 8)
    const wire = key % 8
    if (wire === 0) yield { field, value: varint(), payload: null }
    else if (wire === 2) {
      const length = varint()
      if (length > bytes.length - at) return
      yield { field, value: 0, payload: bytes.subarray(at, at + length) }
      at += length
    } else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4
    else if (wire > 5) return
  }
}
