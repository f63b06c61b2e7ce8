import { decompress, Decompress } from 'fzstd'

const FRAME_MAGIC = 0xfd2fb528
/** A frame may ask for more than this to look back into; `zstd -d` allows no more without `--long`. */
const MAX_WINDOW_BYTES = 128 * 2 ** 20
/** Stands last in what is to be filled, where text never has it: if it still does, less may have been written. */
const UNLIKELY = 0xff

/**
 * Unpacks the Zstandard data (RFC 8878) of a page or a buffer, which must come to `length` bytes. By itself the decoder
 * goes on for as long as there are blocks, and 4 bytes of input can be a block of 128 KiB.
 * @throws Error where it is damaged, or comes to another length
 */
export function unpackZstd(packed: Uint8Array, length: number): Uint8Array {
  const { contentSize, windowBytes } = frameHeader(packed)
  if (contentSize !== null && contentSize > length)
    throw new Error(`zstd data of ${contentSize} bytes where ${length} are declared`)
  // Into a buffer of that size the decoder can put no more, and it is several times faster than block by block.
  if (contentSize === length) {
    const filled = decompress(packed, new Uint8Array(length).fill(UNLIKELY, -1))
    if (filled[length - 1] !== UNLIKELY) return filled
  }
  if (contentSize !== length && windowBytes > MAX_WINDOW_BYTES)
    throw new Error(`zstd data asks for a window of ${windowBytes} bytes`)
  const output = new Uint8Array(length)
  let written = 0
  const decoder = new Decompress((chunk) => {
    if (chunk.length > length - written) throw new Error(`zstd data of more than the ${length} bytes declared`)
    output.set(chunk, written)
    written += chunk.length
  })
  decoder.push(packed, true)
  if (written !== length) throw new Error(`zstd data of ${written} bytes where ${length} are declared`)
  return output
}

/** RFC 8878 §3.1.1.1. The content size is null where the frame does not say, or the data begins with a skippable frame. */
function frameHeader(packed: Uint8Array): { contentSize: number | null; windowBytes: number } {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 6 || view.getUint32(0, true) !== FRAME_MAGIC) return { contentSize: null, windowBytes: 0 }
  const descriptor = view.getUint8(4)
  const singleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const at = (singleSegment ? 5 : 6) + ([0, 1, 2, 4][descriptor & 3] ?? 0)
  const contentSize = sizeFlag === 0 ? (singleSegment ? view.getUint8(at) : null) : declaredSize(view, at, 1 << sizeFlag)
  const byte = view.getUint8(5)
  const base = 2 ** (10 + (byte >> 3))
  return { contentSize, windowBytes: singleSegment ? (contentSize ?? 0) : base + (base / 8) * (byte & 7) }
}

function declaredSize(view: DataView, at: number, width: number): number {
  if (width === 2) return view.getUint16(at, true) + 256
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}
