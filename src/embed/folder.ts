import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import { packageRoot } from '../paths.js'
import { bundled, isBundled, type BundledName } from './manifest.js'
import { readExport } from './sentence-transformers.js'

/** How token vectors become one vector per text; `none` where the graph does it. */
export type Pooling = 'none' | 'mean' | 'cls' | 'max' | 'last'

/** All that decides an encoder's vectors, but the bytes of its weights. */
export interface EncoderSpec {
  readonly name: string
  readonly dim: number
  readonly pooling: Pooling
  /** Tokens of a text that are read, its frame of special tokens included; the rest is cut off. */
  readonly maxTokens: number
  /** Whether the model expects its special tokens around a text. */
  readonly framed: boolean
}

/** An encoder on disk, not opened. */
export interface EncoderFolder {
  readonly spec: EncoderSpec
  readonly folder: string
  readonly model: string
  readonly tokenizer: string
  /** `null` for an encoder that is not ours: nothing to compare with. */
  readonly pinned: BundledName | null
}

const ownConfig = z.strictObject({
  name: z.string(),
  dim: z.number().int().positive(),
  pooling: z.enum(['none', 'mean', 'cls', 'max', 'last']),
  maxTokens: z.number().int().positive(),
  framed: z.boolean(),
})

/**
 * Finds an encoder: `static`, `minilm`, or a folder with a sentence-transformers ONNX export.
 *
 * @throws CredenceError `not-found` for a folder that is not there, `model` for one that is not an encoder.
 */
export function findEncoder(encoder: string, root: string = packageRoot): EncoderFolder {
  if (!isBundled(encoder)) return findExport(encoder)
  const folder = join(root, 'models', encoder)
  const spec = ownConfig.parse(JSON.parse(readPinned(encoder, folder, 'config.json').toString('utf8')))
  return { spec, folder, model: 'model.onnx', tokenizer: 'tokenizer.json', pinned: encoder }
}

function findExport(path: string): EncoderFolder {
  const folder = resolve(path)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new CredenceError('not-found', `${path}: no such encoder: expected static, minilm, auto or a folder`, {
      suggestions: ['Name a folder that holds model.onnx (or onnx/model.onnx) and tokenizer.json.'],
      place: { file: path },
    })
  }
  for (const file of EXPORT_FILES) checkInside(folder, file)
  return readExport(folder)
}

/** Every file that is read of an export. */
const EXPORT_FILES = [
  'model.onnx',
  'onnx/model.onnx',
  'tokenizer.json',
  'tokenizer_config.json',
  'config.json',
  'modules.json',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
]

/**
 * A folder from elsewhere may hold links: what is read through one that leads out of it is not the model, and may be anything.
 * @throws CredenceError `model` for a link that leads out of the folder, and for what is no file
 */
function checkInside(folder: string, file: string): void {
  const path = join(folder, file)
  const refuse = (why: string): CredenceError =>
    new CredenceError('model', `${path}: ${why}`, {
      suggestions: ['Copy the folder with what its links lead to: cp -rL FOLDER COPY'],
      place: { file: path },
    })
  let real: string
  try {
    real = realpathSync(path)
  } catch (error) {
    // Some files may be missing; a link to nothing, or round in a circle, is no file either.
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if ((code === 'ENOENT' && !isLink(path)) || code === 'ENOTDIR') return
    throw refuse('a link that leads nowhere')
  }
  const way = relative(realpathSync(folder), real)
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw refuse('a link that leads out of the model’s folder')
  if (!statSync(real).isFile()) throw refuse('not a file')
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** The bytes of one of an encoder's files, checked against the manifest where it is ours. */
export function readEncoderFile(encoder: EncoderFolder, file: string): Buffer {
  return encoder.pinned === null ? read(join(encoder.folder, file)) : readPinned(encoder.pinned, encoder.folder, file)
}

function readPinned(name: BundledName, folder: string, file: string): Buffer {
  const bytes = read(join(folder, file))
  const expected: string | undefined = (bundled[name] as Record<string, string>)[file]
  const actual = sha256(bytes)
  if (actual !== expected) {
    throw new CredenceError('model', `${join(folder, file)}: sha256 is ${actual}, expected ${expected ?? 'no such file'}`, {
      suggestions: ['The bundled model was changed or is incomplete: install credence again.'],
      place: { file: join(folder, file) },
    })
  }
  return bytes
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CredenceError('model', `${path}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      place: { file: path },
      cause,
    })
  }
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
