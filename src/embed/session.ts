import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { CredenceError } from '../errors.js'
import type { Batch } from './batches.js'
import type { DeviceName } from './encoder.js'
import { externalData } from './external-data.js'
import type { Hidden } from './pool.js'
import { loadRuntime } from './runtime.js'

/** A graph ready to run. */
export interface Session {
  readonly device: DeviceName
  /** Whether the graph pools by itself: its output is [texts × dim]. */
  readonly pooled: boolean
  run(batch: Batch, ids: readonly (readonly number[])[], padId: number): Promise<Hidden>
  close(): Promise<void>
}

const INPUTS = new Set(['input_ids', 'attention_mask', 'token_type_ids'])
/** Best first: an export that pools by itself knows best how. */
const OUTPUTS = ['sentence_embedding', 'last_hidden_state', 'token_embeddings']
const FATAL_ONLY = 4

/**
 * Opens a graph from its bytes; loaded so, it can reach no other file.
 *
 * @param threads inside one run; 0 lets ONNX Runtime choose.
 * @throws CredenceError `model` when the graph is not an encoder.
 */
export async function openSession(bytes: Uint8Array, where: string, device: DeviceName, threads: number): Promise<Session> {
  const external = externalData(bytes)
  if (external !== null) {
    throw new CredenceError('model', `${where}: keeps weights in another file (${JSON.stringify(external)}), which is not read`, {
      suggestions: ['Save the model as one file: onnx.save(model, path, save_as_external_data=False).'],
      place: { file: where },
    })
  }
  const runtime = await loadRuntime()
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: FATAL_ONLY,
  })
  const output = outputName(session, where)
  return {
    device,
    pooled: output === 'sentence_embedding',
    async run(batch, ids, padId) {
      const feeds = feed(runtime.Tensor, session.inputNames, batch, ids, padId)
      const tensor = (await session.run(feeds, [output]))[output]
      if (!(tensor?.data instanceof Float32Array)) {
        throw new CredenceError('model', `${where}: output ${output} is ${tensor?.type ?? 'absent'}, expected float32`)
      }
      return { data: tensor.data, dims: tensor.dims }
    },
    close: () => session.release(),
  }
}

function outputName(session: InferenceSession, where: string): string {
  const unknown = session.inputNames.filter((name) => !INPUTS.has(name))
  if (unknown.length > 0 || !session.inputNames.includes('input_ids')) {
    const names = session.inputNames.join(', ')
    throw new CredenceError('model', `${where}: inputs are ${names}, expected input_ids, attention_mask, token_type_ids`)
  }
  const output = OUTPUTS.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0]
  if (output === undefined) throw new CredenceError('model', `${where}: the graph has no output`)
  return output
}

/** Whole numbers are written through a 32-bit view of the 64-bit tensors: a `BigInt` for each would cost more than the look-up. */
function feed(
  TensorOf: typeof Tensor,
  inputs: readonly string[],
  { texts, length }: Batch,
  ids: readonly (readonly number[])[],
  padId: number,
): Record<string, Tensor> {
  const size = texts.length * length
  const tokens = new BigInt64Array(size)
  const mask = new BigInt64Array(size)
  const tokenWords = new Int32Array(tokens.buffer)
  const maskWords = new Int32Array(mask.buffer)
  texts.forEach((text, row) => {
    const own = ids[text] ?? []
    for (let t = 0; t < length; t++) {
      const at = 2 * (row * length + t)
      tokenWords[at] = own[t] ?? padId
      if (t < own.length) maskWords[at] = 1
    }
  })
  const dims = [texts.length, length]
  const all: Record<string, BigInt64Array> = { input_ids: tokens, attention_mask: mask }
  if (inputs.includes('token_type_ids')) all['token_type_ids'] = new BigInt64Array(size)
  return Object.fromEntries(inputs.map((name) => [name, new TensorOf('int64', all[name] ?? mask, dims)]))
}
