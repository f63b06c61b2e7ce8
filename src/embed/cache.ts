import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Embedding } from '../model/row-batch.js'
import type { OpenedEncoder } from './open.js'
import { GRID } from './pool.js'

/** Vectors on disk, a file for each request, so that a second pass and a second scan do not pay again. */
export interface VectorCache {
  get(key: string, dim: number, count: number): Float32Array | null
  put(key: string, vectors: Float32Array): void
  /** Removes the oldest files until the rest fit. */
  trim(): void
}

/** Layout of a file: a sha256 of the rest, then the components as little-endian int16, in units of {@link GRID}. */
const DIGEST_BYTES = 32
const SUFFIX = '.vec'
/** A killed process leaves a temporary file, whose name goes on after the suffix: it is evicted like the others. */
const OURS = /^[0-9a-f]{64}\.vec/

/**
 * @param folder made when it is not there; `null` turns the cache off. Several processes may share it.
 * @param maxBytes kept after {@link VectorCache.trim}, which every process also does after writing an eighth of it.
 */
export function openCache(folder: string | null, maxBytes: number): VectorCache | null {
  if (folder === null) return null
  let written = 0
  return {
    get: (key, dim, count) => readVectors(join(folder, key + SUFFIX), dim * count),
    put: (key, vectors) => {
      written += writeVectors(folder, key, vectors)
      if (written <= maxBytes / 8) return
      trim(folder, maxBytes)
      written = 0
    },
    trim: () => {
      trim(folder, maxBytes)
    },
  }
}

/** An encoder that asks the cache first, if that is the cheaper way. Same vectors, to the bit, with and without. */
export function withCache(encoder: OpenedEncoder, cache: VectorCache | null): OpenedEncoder {
  if (cache === null || encoder.isCheap === true) return encoder
  return {
    name: encoder.name,
    sha256: encoder.sha256,
    fingerprint: encoder.fingerprint,
    dim: encoder.dim,
    device: encoder.device,
    notes: encoder.notes,
    async embed(texts): Promise<Embedding> {
      const key = requestKey(encoder.fingerprint, texts)
      const known = cache.get(key, encoder.dim, texts.length)
      if (known !== null) return { dim: encoder.dim, vectors: known }
      const fresh = await encoder.embed(texts)
      cache.put(key, fresh.vectors)
      return fresh
    },
    async close(): Promise<void> {
      cache.trim()
      await encoder.close()
    },
  }
}

/** Each text is preceded by its length, so that no two lists of texts look alike. */
function requestKey(fingerprint: string, texts: readonly string[]): string {
  const hash = createHash('sha256').update(fingerprint)
  for (const text of texts) hash.update(`${text.length}:`).update(Buffer.from(text, 'utf16le'))
  return hash.digest('hex')
}

/** `null` for a file that is absent, of another length, or damaged: it will be written again. */
function readVectors(path: string, count: number): Float32Array | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    return null
  }
  const body = bytes.subarray(DIGEST_BYTES)
  if (body.length !== count * 2 || !digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return null
  const whole = new Int16Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.length))
  // Plain loops here and below: TypedArray.from with a function goes through an iterator, twenty times slower.
  const vectors = new Float32Array(count)
  for (let i = 0; i < count; i++) vectors[i] = whole[i]! * GRID
  return vectors
}

/** @returns bytes written: 0 on a full disk or in a folder that is not ours, which costs time, not the scan. */
function writeVectors(folder: string, key: string, vectors: Float32Array): number {
  const whole = new Int16Array(vectors.length)
  for (let i = 0; i < whole.length; i++) whole[i] = vectors[i]! / GRID
  const body = Buffer.from(whole.buffer)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileAtomic.sync(join(folder, key + SUFFIX), Buffer.concat([digest(body), body]), { fsync: false })
  } catch {
    return 0
  }
  return DIGEST_BYTES + body.length
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function trim(folder: string, maxBytes: number): void {
  const files = list(folder).sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1))
  let total = 0
  for (const { path, bytes } of files) {
    total += bytes
    if (total > maxBytes) rmSync(path, { force: true })
  }
}

function list(folder: string): { path: string; bytes: number; modified: number }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => OURS.test(name))
    .flatMap((name) => {
      const path = join(folder, name)
      const stats = statSync(path, { throwIfNoEntry: false })
      return stats === undefined ? [] : [{ path, bytes: stats.size, modified: stats.mtimeMs }]
    })
}
