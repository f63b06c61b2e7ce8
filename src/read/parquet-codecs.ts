import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { compressors } from 'hyparquet-compressors'
import { unpackZstd } from './zstd-block.js'

type Unpack = (packed: Uint8Array, length: number) => Uint8Array

/** A page of nulls may hold no bytes at all, which not every decompressor takes for an empty page. */
const allowEmpty =
  (unpack: Unpack): Unpack =>
  (packed, length) =>
    length === 0 ? new Uint8Array(0) : unpack(packed, length)

/** Copied, so that the buffer ends where the page does: decoders look at the whole of it. */
const exactly = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)

/**
 * Every codec that hyparquet-compressors knows; Node's own for those that Node has, which are several times faster, and our
 * bound on ZSTD. None makes more than the declared length: the others write into a buffer of that size.
 */
export const decompressors: Readonly<Record<string, Unpack>> = {
  ...Object.fromEntries(Object.entries(compressors).map(([codec, unpack]) => [codec, allowEmpty(unpack)])),
  ZSTD: allowEmpty(unpackZstd),
  GZIP: allowEmpty((packed, length) => exactly(gunzipSync(packed, { maxOutputLength: length }))),
  BROTLI: allowEmpty((packed, length) => exactly(brotliDecompressSync(packed, { maxOutputLength: length }))),
}
