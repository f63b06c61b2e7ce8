/**
 * Looks for operators that ONNX Runtime does not bring itself. Their code would have to come from a library that the model's
 * author names; none is loaded, and the model is refused with that reason rather than with the runtime's.
 */

import { CredenceError } from '../errors.js'
import { fields, findIn } from './onnx-file.js'

/** ONNX's own, and those that ONNX Runtime adds and writes into optimised models. */
const BUILT_IN = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft', 'com.microsoft.nchwc'])

const NODE_OP_TYPE = 4
const NODE_DOMAIN = 7
const FUNCTION_DOMAIN = 10
/** ONNX Runtime's own format, a FlatBuffer, bears this behind its first four bytes. */
const ORT_FORMAT = Buffer.from('ORTM')

/**
 * @throws CredenceError `model` for an operator that is neither built in nor a function of the model, and for a file in a
 *   format of ONNX Runtime's own, which cannot be looked through.
 */
export function refuseCustomOperators(bytes: Uint8Array, where: string): void {
  if (ORT_FORMAT.equals(bytes.subarray(4, 8))) {
    throw new CredenceError('model', `${where}: is in the ORT format, expected ONNX`, { place: { file: where } })
  }
  const defined = new Set<string>()
  findIn(bytes, (message, own) => {
    if (message === 'function') defined.add(textOf(own, FUNCTION_DOMAIN))
    return null
  })
  const custom = findIn(bytes, (message, own) => {
    if (message !== 'node') return null
    const domain = textOf(own, NODE_DOMAIN)
    return BUILT_IN.has(domain) || defined.has(domain) ? null : `${domain}.${textOf(own, NODE_OP_TYPE)}`
  })
  if (custom === null) return
  throw new CredenceError('model', `${where}: needs the custom operator ${JSON.stringify(custom)}; code for one is not loaded`, {
    suggestions: ['Export the model with the operators of ONNX alone.'],
    place: { file: where },
  })
}

/** Of a field that is given twice the last counts, as protobuf has it. */
function textOf(bytes: Uint8Array, wanted: number): string {
  let text = ''
  for (const { field, payload } of fields(bytes)) {
    if (field === wanted && payload !== null) text = new TextDecoder().decode(payload)
  }
  return text
}
