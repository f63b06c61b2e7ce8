import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CredenceError } from '../errors.js'
import { refuseCustomOperators } from './custom-operators.js'
import { candidates, whyNot } from './device.js'
import type { DeviceName, Encoder } from './encoder.js'
import { findEncoder, readEncoderFile, sha256, type EncoderFolder } from './folder.js'
import { OnnxEncoder } from './onnx-encoder.js'
import { loadRuntime } from './runtime.js'
import { openSession, type Session } from './session.js'
import { TableEncoder } from './table-encoder.js'
import { loadTokenizer, type FramedTokenizer } from './tokenizer.js'

export interface EncoderOptions {
  /** `static`, `minilm`, `auto`, or a folder with a sentence-transformers ONNX export. */
  readonly encoder: string
  readonly device: 'auto' | DeviceName
  /** Inside one run of the graph; 0 lets ONNX Runtime choose. */
  readonly threads: number
  /** The folder that holds `models`. */
  readonly packageRoot?: string
}

export interface EncoderDescription {
  readonly name: string
  readonly dim: number
  /** Of the model's bytes, hex. */
  readonly sha256: string
  readonly maxTokens: number
}

export interface OpenedEncoder extends Encoder {
  /** Choices made for the user, a line each. */
  readonly notes: readonly string[]
  /** Hex digest of all that decides the vectors: weights, tokenizer, settings, runtime, device. */
  readonly fingerprint: string
  /** Set where computing a vector takes less time than finding it on the disk, by the hash of its text. */
  readonly isCheap?: boolean
}

/** What `auto` stands for; docs/adr/0002-encoders.md has the figures. */
const AUTO = 'static'

function locate(options: Pick<EncoderOptions, 'encoder' | 'packageRoot'>): EncoderFolder {
  return findEncoder(options.encoder === 'auto' ? AUTO : options.encoder, options.packageRoot)
}

/**
 * What an encoder is, without opening it: cheap enough for a process that only plans.
 *
 * @throws CredenceError as {@link openEncoder}, `device` apart.
 */
export function describeEncoder(options: Pick<EncoderOptions, 'encoder' | 'packageRoot'>): EncoderDescription {
  const found = locate(options)
  const { name, dim, maxTokens } = found.spec
  return { name, dim, maxTokens, sha256: sha256(readEncoderFile(found, found.model)) }
}

/**
 * Opens an encoder on a device.
 *
 * @throws CredenceError `not-found` or `model` when it is not an encoder, or not the one that was shipped; `unsupported`
 *   for a kind that this version cannot run; `device` when a device asked for by name is not there.
 */
export async function openEncoder(options: EncoderOptions): Promise<OpenedEncoder> {
  const found = locate(options)
  const weights = readEncoderFile(found, found.model)
  const tokenizer = readEncoderFile(found, found.tokenizer)
  const tokens = openTokenizer(found, tokenizer)
  const digest = sha256(weights)
  if (found.pinned === 'static' && (options.device === 'auto' || options.device === 'cpu')) {
    const parts = [digest, sha256(tokenizer), { ...found.spec, name: '' }, 'table']
    const encoder = new TableEncoder(found.spec, digest, tokens.tokenizer, weights)
    return Object.assign(encoder, { notes: [], fingerprint: sha256(JSON.stringify(parts)), isCheap: true })
  }
  const { session, notes, runtime } = await openOn(found, weights, options)
  const parts = [digest, sha256(tokenizer), { ...found.spec, name: '' }, runtime, session.device]
  return Object.assign(new OnnxEncoder(found.spec, digest, tokens, session), {
    notes,
    fingerprint: sha256(JSON.stringify(parts)),
  })
}

function openTokenizer(found: EncoderFolder, bytes: Buffer): FramedTokenizer {
  const where = join(found.folder, found.tokenizer)
  const config = join(found.folder, 'tokenizer_config.json')
  return loadTokenizer(parse(bytes, where), existsSync(config) ? parse(readFileSync(config), config) : {}, where)
}

function parse(bytes: Buffer, where: string): object {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw new CredenceError('model', `${where}: not JSON: ${String(cause)}`, { place: { file: where }, cause })
  }
  throw new CredenceError('model', `${where}: not a JSON object`, { place: { file: where } })
}

interface Opened {
  readonly session: Session
  readonly notes: string[]
  readonly runtime: string
}

async function openOn(found: EncoderFolder, weights: Uint8Array, options: EncoderOptions): Promise<Opened> {
  const where = join(found.folder, found.model)
  refuseCustomOperators(weights, where)
  const { env, listSupportedBackends } = await loadRuntime()
  const runtime = env.versions.common
  const backends = listSupportedBackends().map((backend) => backend.name)
  const open = (device: DeviceName): Promise<Session> => openSession(weights, where, device, options.threads)
  if (options.device !== 'auto') return { session: await openNamed(options.device, backends, open), notes: [], runtime }
  const failures: string[] = []
  for (const device of candidates(backends)) {
    try {
      return { session: await open(device), notes: [], runtime }
    } catch (error) {
      if (error instanceof CredenceError) throw error
      failures.push(`${device}: ${firstLine(error)}`)
    }
  }
  const why = failures.length === 0 ? 'no accelerator is there' : failures.join('; ')
  return { session: await openCpu(open, where), notes: [`device: the encoder runs on the CPU (${why})`], runtime }
}

async function openNamed(
  device: DeviceName,
  backends: readonly string[],
  open: (d: DeviceName) => Promise<Session>,
): Promise<Session> {
  if (device === 'cpu') return openCpu(open, 'the model')
  const refuse = (why: string, cause?: unknown): CredenceError =>
    new CredenceError('device', `device ${device} cannot be used: ${why}`, {
      suggestions: ['Use --device auto or --device cpu.'],
      cause,
    })
  const why = whyNot(device, backends)
  if (why !== null) throw refuse(why)
  try {
    return await open(device)
  } catch (error) {
    throw error instanceof CredenceError ? error : refuse(firstLine(error), error)
  }
}

/** On the CPU only the model can be at fault. */
async function openCpu(open: (d: DeviceName) => Promise<Session>, where: string): Promise<Session> {
  try {
    return await open('cpu')
  } catch (cause) {
    if (cause instanceof CredenceError) throw cause
    throw new CredenceError('model', `${where}: ONNX Runtime cannot load it: ${firstLine(cause)}`, { cause })
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
