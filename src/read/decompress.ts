import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CredenceError, asCredenceError } from '../errors.js'
import { byteChunks } from './byte-stream.js'
import type { SourceFile } from './format.js'
import { zstdChunks } from './decompress-zstd.js'
import { DEFAULT_READ_LIMITS, type ReadLimits } from '../model/read-limits.js'

/** Bounds on what a packed file may unpack to. */
export interface InflateLimits {
  /** Unpacked bytes in all. */
  readonly maxBytes: number
  /** Unpacked bytes per packed byte, asked of what comes after the first `ratioFrom` bytes. */
  readonly maxRatio: number
  readonly ratioFrom: number
}

/** Small files may unpack to this much whatever the ratio: a few repeated lines are no bomb. */
const RATIO_FROM_BYTES = 64 * 2 ** 20

export function inflateLimits({ unpackedBytes, unpackRatio }: ReadLimits): InflateLimits {
  return { maxBytes: unpackedBytes, maxRatio: unpackRatio, ratioFrom: RATIO_FROM_BYTES }
}

export const DEFAULT_INFLATE_LIMITS: InflateLimits = inflateLimits(DEFAULT_READ_LIMITS)

/** Half-open [start, end) in bytes of the file on disk. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface OpenOptions {
  /** Half-open, of an uncompressed file; the whole file where absent. */
  readonly range?: ByteRange | null
  /** Bytes read at once from an uncompressed file. */
  readonly readBytes?: number
  readonly inflate?: InflateLimits | undefined
}

type TextSource = Pick<SourceFile, 'path' | 'absolute' | 'compression' | 'stamp'>

export const READ_BYTES = 1 << 20
/** Small, so that the packed count never runs far ahead of what was unpacked. */
const PACKED_READ_BYTES = 1 << 16

/**
 * The unpacked bytes of a file, or those of a range of an uncompressed one.
 * @throws CredenceError `not-found` or `io` from the system, `format` where an archive is cut short or corrupt,
 *   `integrity` behind bytes that are not those of their checksum, `limit` where it unpacks to more than the limits allow
 */
export async function* openBytes(file: TextSource, options: OpenOptions = {}): AsyncGenerator<Buffer> {
  if (file.compression === 'none') yield* plainChunks(file, options.range ?? null, options.readBytes ?? READ_BYTES)
  else yield* bounded(file, options.inflate ?? DEFAULT_INFLATE_LIMITS)
}

async function* plainChunks(file: TextSource, range: ByteRange | null, readBytes: number): AsyncGenerator<Buffer> {
  if (range && range.end <= range.start) return
  try {
    yield* byteChunks(file, readBytes, range?.start, range?.end)
  } catch (error) {
    throw systemError(error, file.path)
  }
}

/** How many packed bytes have been taken so far. */
interface Meter {
  packed: number
}

async function* bounded(file: TextSource, limits: InflateLimits): AsyncGenerator<Buffer> {
  const meter: Meter = { packed: 0 }
  const chunks = file.compression === 'gzip' ? gunzipChunks(file, meter) : zstdChunks(packedChunks(file, meter), file.path)
  let unpacked = 0
  for await (const chunk of chunks) {
    unpacked += chunk.length
    if (unpacked > limits.maxBytes) {
      throw tooLarge(file.path, `unpacks to more than ${limits.maxBytes} bytes`)
    }
    if (unpacked > limits.ratioFrom && unpacked - limits.ratioFrom > limits.maxRatio * meter.packed) {
      throw tooLarge(
        file.path,
        `unpacks to more than ${limits.maxRatio} bytes for each packed byte (${unpacked} from ${meter.packed})`,
      )
    }
    yield chunk
  }
}

function tooLarge(path: string, what: string): CredenceError {
  return new CredenceError('limit', `${path} ${what}`, {
    place: { file: path },
    suggestions: ['if you trust where it comes from, raise --max-unpacked-bytes or --max-unpack-ratio'],
  })
}

async function* packedChunks(file: TextSource, meter: Meter): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of byteChunks(file, PACKED_READ_BYTES)) {
      for (let at = 0; at < chunk.length; at += PACKED_READ_BYTES) {
        const part = chunk.subarray(at, at + PACKED_READ_BYTES)
        meter.packed += part.length
        yield part
      }
    }
  } catch (error) {
    throw systemError(error, file.path)
  }
}

async function* gunzipChunks(file: TextSource, meter: Meter): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  // The callback is for pipeline's contract alone: the same error ends the loop below.
  pipeline(Readable.from(packedChunks(file, meter)), gunzip, () => undefined)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    throw gunzipError(error, file.path)
  }
  await refuseTrailer(file, gunzip.bytesWritten)
}

/** zlib stops without a word where what follows a member does not look like another; padding with zeros is customary, all else is damage. */
async function refuseTrailer(file: TextSource, consumed: number): Promise<void> {
  for await (const chunk of plainChunks(file, { start: consumed, end: Infinity }, PACKED_READ_BYTES)) {
    if (chunk.some((byte) => byte !== 0)) {
      throw new CredenceError('format', `${file.path} has bytes after the end of its gzip data, from byte ${consumed} on`, {
        place: { file: file.path },
      })
    }
  }
}

function gunzipError(error: unknown, path: string): CredenceError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (!code.startsWith('Z_')) return systemError(error, path)
  if ((error as Error).message === 'incorrect data check') {
    return new CredenceError('integrity', `${path} unpacks to bytes that are not those of its gzip checksum`, {
      place: { file: path },
      cause: error,
    })
  }
  const what = code === 'Z_BUF_ERROR' ? 'is cut short: its gzip data has no end' : 'is not intact gzip data'
  return new CredenceError('format', `${path} ${what}`, { place: { file: path }, cause: error })
}

function systemError(error: unknown, path: string): CredenceError {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  return asCredenceError(error, missing ? 'not-found' : 'io', { file: path })
}
