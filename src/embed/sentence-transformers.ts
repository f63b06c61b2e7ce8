import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import type { EncoderFolder, Pooling } from './folder.js'

const modules = z.array(z.object({ type: z.string() }))
const KNOWN_MODULES = new Set(['Transformer', 'Pooling', 'Normalize'])

const poolingConfig = z.looseObject({ word_embedding_dimension: z.number().int().positive().optional() })
const POOLING_KEYS: readonly (readonly [string, Pooling])[] = [
  ['pooling_mode_mean_tokens', 'mean'],
  // The mean times a constant: the same after L2 normalisation.
  ['pooling_mode_mean_sqrt_len_tokens', 'mean'],
  ['pooling_mode_cls_token', 'cls'],
  ['pooling_mode_max_tokens', 'max'],
  ['pooling_mode_lasttoken', 'last'],
]

const modelConfig = z.looseObject({
  model_type: z.string().optional(),
  hidden_size: z.number().int().positive().optional(),
  max_position_embeddings: z.number().int().positive().optional(),
})
/** Their positions start behind the padding index, so two rows of the position table are never used. */
const OFFSET_POSITIONS = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet', 'xlm-roberta-xl'])

const lengthConfig = z.looseObject({ max_seq_length: z.number().int().positive().nullish() })
const tokenizerConfig = z.looseObject({ model_max_length: z.number().positive().nullish() })
const DEFAULT_TOKENS = 512

/**
 * Reads the layout that sentence-transformers and Optimum write: `model.onnx` or `onnx/model.onnx`, `tokenizer.json`,
 * and, where they are, `modules.json`, `1_Pooling/config.json`, `config.json`, `sentence_bert_config.json`.
 *
 * @throws CredenceError `model` for a missing or malformed file, `unsupported` for modules other than Transformer, Pooling, Normalize.
 */
export function readExport(folder: string): EncoderFolder {
  const model = ['onnx/model.onnx', 'model.onnx'].find((file) => existsSync(join(folder, file)))
  if (model === undefined || !existsSync(join(folder, 'tokenizer.json'))) {
    const missing = model === undefined ? 'model.onnx or onnx/model.onnx' : 'tokenizer.json'
    throw new CredenceError('model', `${folder}: not an encoder: ${missing} is missing`, {
      suggestions: ['Export one with: optimum-cli export onnx --task feature-extraction --model NAME FOLDER'],
      place: { file: folder },
    })
  }
  checkModules(folder)
  const pooling = readJson(folder, '1_Pooling/config.json', poolingConfig)
  const config = readJson(folder, 'config.json', modelConfig)
  const dim = pooling?.word_embedding_dimension ?? config?.hidden_size
  if (dim === undefined) {
    throw new CredenceError('model', `${folder}: neither 1_Pooling/config.json nor config.json says how long a vector is`)
  }
  const spec = { name: folder, dim, pooling: poolingKind(folder, pooling), maxTokens: maxTokens(folder, config), framed: true }
  return { spec, folder, model, tokenizer: 'tokenizer.json', pinned: null }
}

function checkModules(folder: string): void {
  for (const { type } of readJson(folder, 'modules.json', modules) ?? []) {
    const kind = type.split('.').at(-1) ?? type
    if (!KNOWN_MODULES.has(kind)) {
      throw new CredenceError(
        'unsupported',
        `${folder}: modules.json asks for ${kind}; known are ${[...KNOWN_MODULES].join(', ')}`,
      )
    }
  }
}

function poolingKind(folder: string, config: z.infer<typeof poolingConfig> | null): Pooling {
  if (config === null) return 'mean'
  const chosen = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true)
  const kind = POOLING_KEYS.find(([key]) => key === chosen[0])?.[1]
  if (chosen.length === 1 && kind !== undefined) return kind
  const asked = chosen.length === 0 ? 'no pooling mode' : chosen.join(' and ')
  throw new CredenceError(
    'unsupported',
    `${folder}: 1_Pooling/config.json asks for ${asked}; one of mean, cls, max, lasttoken is known`,
  )
}

function maxTokens(folder: string, config: z.infer<typeof modelConfig> | null): number {
  const positions = config?.max_position_embeddings ?? DEFAULT_TOKENS
  const usable = OFFSET_POSITIONS.has(config?.model_type ?? '') ? positions - 2 : positions
  const asked =
    readJson(folder, 'sentence_bert_config.json', lengthConfig)?.max_seq_length ??
    readJson(folder, 'tokenizer_config.json', tokenizerConfig)?.model_max_length ??
    DEFAULT_TOKENS
  return Math.min(asked, usable)
}

/** A file that may be missing; `null` then. */
function readJson<T>(folder: string, file: string, schema: z.ZodType<T>): T | null {
  const path = join(folder, file)
  if (!existsSync(path)) return null
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new CredenceError('model', `${path}: ${why}`, { place: { file: path }, cause })
  }
}
