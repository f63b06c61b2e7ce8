import { CompressionType, compressionRegistry } from 'apache-arrow'
import { CredenceError } from '../errors.js'
import { unpackZstd } from './zstd-block.js'

/** A buffer that unpacks to more bytes than this is refused before any are unpacked. */
const MAX_BUFFER_BYTES = 512 * 2 ** 20

const LZ4_MAGIC = 0x184d2204

/** Teaches apache-arrow, which brings no codecs of its own, the two of the IPC format. Done once, on import of the reader. */
export function registerArrowCodecs(): void {
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (packed) => unpack(packed, unpackLz4Frame) })
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: (packed) => unpack(packed, unpackZstd),
  })
}

/**
 * @param packed a view that starts 8 bytes into an IPC buffer: apache-arrow keeps the length before it, an int64 that
 *   declares the unpacked size, to itself
 */
function unpack(packed: Uint8Array, decode: (packed: Uint8Array, length: number) => Uint8Array): Uint8Array {
  const declared = Number(new DataView(packed.buffer, packed.byteOffset - 8, 8).getBigInt64(0, true))
  if (declared > MAX_BUFFER_BYTES) {
    throw new CredenceError('limit', `a compressed buffer declares ${declared} bytes, the limit is ${MAX_BUFFER_BYTES}`)
  }
  if (declared < 0) throw new Error(`a compressed buffer declares ${declared} bytes`)
  const bytes = decode(packed, declared)
  if (bytes.length !== declared) throw new Error(`a compressed buffer unpacks to ${bytes.length} bytes and declares ${declared}`)
  return bytes
}

/**
 * An LZ4 frame (LZ4 Frame Format 1.6.4), blocks linked or not. Checksums are skipped, not verified.
 * @param length bytes that it must unpack to
 */
export function unpackLz4Frame(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 7 || view.getUint32(0, true) !== LZ4_MAGIC) throw new Error('not an LZ4 frame')
  const flags = view.getUint8(4)
  if (flags >> 6 !== 1) throw new Error(`LZ4 frame version ${flags >> 6} is not 1`)
  if (flags & 1) throw new Error('an LZ4 frame with a dictionary is not supported')
  const blockChecksum = (flags & 0x10) !== 0
  const output = new Uint8Array(length)
  let written = 0
  for (let at = 7 + (flags & 8 ? 8 : 0); ;) {
    const header = view.getUint32(at, true)
    at += 4
    if (header === 0) return output.subarray(0, written)
    const size = header & 0x7fffffff
    if (size > packed.length - at)
      throw new Error(`an LZ4 block of ${size} bytes does not fit the ${packed.length - at} left of its frame`)
    const block = packed.subarray(at, at + size)
    if (header >>> 31) {
      output.set(block, written)
      written += size
    } else written = unpackLz4Block(block, output, written)
    at += size + (blockChecksum ? 4 : 0)
  }
}

/**
 * An LZ4 block. Matches may reach back into what earlier blocks wrote.
 * @returns the output's new end
 */
function unpackLz4Block(block: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0
  let end = start
  const byte = (): number => {
    const value = block[at++]
    if (value === undefined) throw new Error('an LZ4 block is cut short')
    return value
  }
  const count = (nibble: number): number => {
    let total = nibble
    if (nibble === 15) for (let next = 255; next === 255;) total += next = byte()
    return total
  }
  for (;;) {
    const token = byte()
    const literals = count(token >> 4)
    if (literals > block.length - at || literals > output.length - end) throw new Error('an LZ4 literal runs past its end')
    output.set(block.subarray(at, at + literals), end)
    at += literals
    end += literals
    if (at === block.length) return end
    const offset = byte() | (byte() << 8)
    if (offset === 0 || offset > end) throw new Error(`an LZ4 match reaches back ${offset} bytes of ${end}`)
    const length = count(token & 15) + 4
    if (length > output.length - end) throw new Error('an LZ4 match runs past its end')
    if (offset >= length) output.copyWithin(end, end - offset, end - offset + length)
    else for (let i = end; i < end + length; i++) output[i] = output[i - offset] ?? 0
    end += length
  }
}
