/** The structure of an ONNX file (onnx.proto), as far as it must be looked through before ONNX Runtime is given it. */
import { CredenceError } from '../errors.js'

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'function' | 'training' | 'sparse' | 'tensor'

/** Fields that lead to tensors and nodes, by message and number. */
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

/**
 * The first answer of `look` to a model or a message below it; `null` if there is none. Malformed bytes are ONNX Runtime's to refuse.
 * @throws CredenceError `model` when messages are nested too deeply to look into
 */
export function findIn<T>(model: Uint8Array, look: (message: Message, bytes: Uint8Array) => T | null): T | null {
  return walk(model, 'model', 0, look)
}

function walk<T>(
  bytes: Uint8Array,
  message: Message,
  depth: number,
  look: (message: Message, bytes: Uint8Array) => T | null,
): T | null {
  if (depth > MAX_DEPTH) throw new CredenceError('model', `the model is nested over ${MAX_DEPTH} levels deep`)
  const own = look(message, bytes)
  if (own !== null) return own
  for (const { field, payload } of fields(bytes)) {
    const child = CHILDREN[message][field]
    const found = child === undefined || payload === null ? null : walk(payload, child, depth + 1, look)
    if (found !== null) return found
  }
  return null
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
export function* fields(bytes: Uint8Array): Generator<Field> {
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
