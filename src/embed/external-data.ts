/**
 * Looks for weights that an ONNX file keeps elsewhere. ONNX Runtime would resolve such a name against the working
 * folder even for a model given as bytes, so a hostile model could read files; it is refused before it gets there.
 */

import { fields, findIn } from './onnx-file.js'

const TENSOR_NAME = 8
const TENSOR_EXTERNAL_DATA = 13
const TENSOR_DATA_LOCATION = 14

/**
 * The name of the first tensor whose data is in another file; `null` if there is none.
 *
 * @throws CredenceError `model` when messages are nested too deeply to look into.
 */
export function externalData(bytes: Uint8Array): string | null {
  return findIn(bytes, (message, own) => (message === 'tensor' ? externalTensor(own) : null))
}

function externalTensor(bytes: Uint8Array): string | null {
  let name = ''
  let external = false
  for (const { field, value, payload } of fields(bytes)) {
    if (field === TENSOR_NAME && payload !== null) name = new TextDecoder().decode(payload)
    if (field === TENSOR_EXTERNAL_DATA || (field === TENSOR_DATA_LOCATION && value !== 0)) external = true
  }
  return external ? name : null
}
