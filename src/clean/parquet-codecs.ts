import { brotliCompressSync, gzipSync } from 'node:zlib'
import * as zlib from 'node:zlib'
import type { CompressionCodec } from 'hyparquet'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'

export interface PageCodec {
  readonly name: CompressionCodec
  /** `CompressionCodec` of parquet.thrift. */
  readonly id: number
  readonly compress: (bytes: Uint8Array) => Uint8Array
}

const SNAPPY: PageCodec = { name: 'SNAPPY', id: 1, compress: snappyCompress }

const CODECS: readonly PageCodec[] = [
  { name: 'UNCOMPRESSED', id: 0, compress: (bytes) => bytes },
  SNAPPY,
  { name: 'GZIP', id: 2, compress: (bytes) => gzipSync(bytes) },
  { name: 'BROTLI', id: 4, compress: (bytes) => brotliCompressSync(bytes) },
  ...zstd(),
]

/** Node has ZSTD from 22.15 on. */
function zstd(): readonly PageCodec[] {
  const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Uint8Array) => Uint8Array }
  return zstdCompressSync === undefined ? [] : [{ name: 'ZSTD', id: 6, compress: (bytes) => zstdCompressSync(bytes) }]
}

/** The codec of that name, or Snappy where we cannot write it. */
export function writableCodec(name: CompressionCodec): PageCodec {
  return CODECS.find((codec) => codec.name === name) ?? SNAPPY
}
