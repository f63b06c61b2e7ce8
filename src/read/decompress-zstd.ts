import { Decompress } from 'fzstd'
import { CredenceError } from '../errors.js'
import { ByteWindow } from './byte-window.js'

const FRAME_MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a50
/** RFC 8878 §3.1.1.2.4: no block holds or makes more. */
const MAX_BLOCK_BYTES = 128 * 1024
/** What `zstd -d` allows without `--long`. A header may claim gigabytes, and the decoder would set them aside. */
const MAX_WINDOW_BYTES = 128 * 2 ** 20

interface FrameHeader {
  readonly length: number
  readonly hasChecksum: boolean
  /** Unpacked bytes that the frame declares; null where it does not. */
  readonly contentSize: number | null
}

/**
 * Unpacks Zstandard data (RFC 8878): any number of frames, skippable ones among them.
 *
 * The framing is walked here and the decoder is given one block at a time, so that no input makes it hold more than
 * a window and a block. Node's own decoder is not used where there is one: it silently drops all frames after the first
 * (nodejs/node#64741). Content checksums are not verified, as fzstd has no XXH64; lengths are.
 * @throws CredenceError `format` for damage, `limit` for too large a window, `unsupported` for a dictionary
 */
export async function* zstdChunks(packed: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const window = new ByteWindow(packed)
  try {
    while (await window.ensure(0, 1)) {
      await need(window, 4, path)
      const magic = window.bytes.readUInt32LE(0)
      if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) await skipFrame(window, path)
      else if (magic === FRAME_MAGIC) yield* frameChunks(window, path)
      else throw damaged(path, `has no zstd frame at byte ${window.offset}`)
    }
  } finally {
    await window.close()
  }
}

async function* frameChunks(window: ByteWindow, path: string): AsyncGenerator<Buffer> {
  const header = await readHeader(window, path)
  let out: Uint8Array[] = []
  const decoder = new Decompress((chunk) => out.push(chunk))
  let position = header.length
  push(decoder, window, 0, position, false, path)
  let unpacked = 0
  for (let last = false; !last;) {
    if (position > MAX_BLOCK_BYTES) position = await drop(window, position)
    await need(window, position + 3, path)
    const block = window.bytes.readUIntLE(position, 3)
    last = (block & 1) === 1
    const type = (block >> 1) & 3
    const size = block >> 3
    if (type === 3 || size > MAX_BLOCK_BYTES) throw damaged(path, `has an invalid zstd block at byte ${window.offset + position}`)
    // The decoder wants the checksum with the last block, and holds frames of less than 18 bytes back until told of their end.
    const end = position + 3 + (type === 1 ? 1 : size) + (last && header.hasChecksum ? 4 : 0)
    await need(window, end, path)
    push(decoder, window, position, end, last, path)
    position = end
    for (const chunk of out) {
      unpacked += chunk.length
      if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    }
    out = []
  }
  if (header.contentSize !== null && header.contentSize !== unpacked) {
    throw damaged(path, `has a zstd frame of ${unpacked} bytes that declares ${header.contentSize}`)
  }
  await drop(window, position)
}

/** RFC 8878 §3.1.1.1. */
async function readHeader(window: ByteWindow, path: string): Promise<FrameHeader> {
  await need(window, 6, path)
  const descriptor = window.bytes.readUInt8(4)
  const singleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const sizeBytes = sizeFlag > 0 ? 1 << sizeFlag : singleSegment ? 1 : 0
  if ((descriptor & 8) !== 0) throw damaged(path, 'has a reserved bit set in a zstd frame header')
  if ((descriptor & 3) !== 0) {
    throw new CredenceError('unsupported', `${path} needs a zstd dictionary, which is not supported`, { place: { file: path } })
  }
  const sizeAt = singleSegment ? 5 : 6
  await need(window, sizeAt + sizeBytes, path)
  const contentSize = sizeBytes === 0 ? null : readSize(window.bytes, sizeAt, sizeBytes)
  const windowBytes = singleSegment ? (contentSize ?? 0) : windowSize(window.bytes.readUInt8(5))
  if (windowBytes > MAX_WINDOW_BYTES) {
    throw new CredenceError(
      'limit',
      `${path} asks for a zstd window of ${windowBytes} bytes; at most ${MAX_WINDOW_BYTES} are allowed`,
      {
        place: { file: path },
        suggestions: ['Pack it again without --long or --ultra, or unpack it first.'],
      },
    )
  }
  return { length: sizeAt + sizeBytes, hasChecksum: (descriptor & 4) !== 0, contentSize }
}

function readSize(bytes: Buffer, at: number, width: number): number {
  if (width === 8) return Number(bytes.readBigUInt64LE(at))
  return bytes.readUIntLE(at, width) + (width === 2 ? 256 : 0)
}

function windowSize(byte: number): number {
  const base = 2 ** (10 + (byte >> 3))
  return base + (base / 8) * (byte & 7)
}

function push(decoder: Decompress, window: ByteWindow, start: number, end: number, final: boolean, path: string): void {
  try {
    // A copy: the decoder may keep what it is given.
    decoder.push(new Uint8Array(window.bytes.subarray(start, end)), final)
  } catch (error) {
    throw damaged(path, `is not intact zstd data near byte ${window.offset + start}`, error)
  }
}

async function skipFrame(window: ByteWindow, path: string): Promise<void> {
  await need(window, 8, path)
  let left = window.bytes.readUInt32LE(4) + 8
  while (left > 0) {
    await need(window, 1, path)
    const step = Math.min(left, window.bytes.length)
    await drop(window, step)
    left -= step
  }
}

/** Lets go of what was taken; the rest starts at 0 then. */
async function drop(window: ByteWindow, count: number): Promise<number> {
  if (count < window.bytes.length) {
    window.bytes = window.bytes.subarray(count)
    window.offset += count
  } else await window.more(count)
  return 0
}

async function need(window: ByteWindow, count: number, path: string): Promise<void> {
  if (!(await window.ensure(0, count))) throw damaged(path, 'is cut short: its zstd data has no end')
}

function damaged(path: string, what: string, cause?: unknown): CredenceError {
  return new CredenceError('format', `${path} ${what}`, { place: { file: path }, cause })
}
