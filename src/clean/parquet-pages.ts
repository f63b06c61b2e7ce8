/** Version 1 pages (parquet-format, README and Encodings.md) of physical values. */
import { crc32 } from 'node:zlib'
import type { ParquetType } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import type { PageCodec } from './parquet-codecs.js'
import { i32, structOf, T, writeStruct } from './thrift.js'

/** `Encoding` of parquet.thrift. */
export const PLAIN = 0
export const RLE = 3
export const RLE_DICTIONARY = 8

/** `PageType`, and the field of its own header. */
const DATA_PAGE = { type: 0, field: 5 }
const DICTIONARY_PAGE = { type: 2, field: 7 }

/** As read, without what the bits mean: FLOAT comes as INT32, DOUBLE as INT64 and INT96 as 12 bytes, so that no bit is lost. */
export type PhysicalValue = boolean | number | bigint | Uint8Array

export interface Levels {
  readonly values: readonly number[]
  /** 0: no levels are written. */
  readonly most: number
}

export interface EncodedPage {
  readonly bytes: Uint8Array
  /** Header and body before compression. */
  readonly unpackedBytes: number
}

/** @param count of levels: values, nulls and empty lists */
export function dataPage(
  count: number,
  repetition: Levels,
  definition: Levels,
  values: { readonly encoding: number; readonly bytes: Uint8Array },
  codec: PageCodec,
): EncodedPage {
  const body = Buffer.concat([encodeLevels(repetition), encodeLevels(definition), values.bytes])
  const header = structOf({ 1: i32(count), 2: i32(values.encoding), 3: i32(RLE), 4: i32(RLE) })
  return page(DATA_PAGE, header, body, codec)
}

export function dictionaryPage(count: number, bytes: Uint8Array, codec: PageCodec): EncodedPage {
  return page(DICTIONARY_PAGE, structOf({ 1: i32(count), 2: i32(PLAIN) }), bytes, codec)
}

function page(kind: typeof DATA_PAGE, own: ReturnType<typeof structOf>, body: Uint8Array, codec: PageCodec): EncodedPage {
  const packed = codec.compress(body)
  const header = writeStruct(
    structOf({
      1: i32(kind.type),
      2: i32(body.length),
      3: i32(packed.length),
      4: i32(crc32(packed) | 0),
      [kind.field]: { type: T.struct, value: own },
    }),
  )
  return { bytes: Buffer.concat([header, packed]), unpackedBytes: header.length + body.length }
}

function encodeLevels({ values, most }: Levels): Uint8Array {
  if (most === 0) return new Uint8Array(0)
  const writer = new ByteWriter()
  writeRleBitPackedHybrid(writer, [...values], bitWidth(most))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(writer.offset)
  return Buffer.concat([length, writer.getBytes()])
}

/** @param entries of the dictionary */
export function encodeIndices(indices: readonly number[], entries: number): Uint8Array {
  const width = bitWidth(Math.max(0, entries - 1))
  const writer = new ByteWriter()
  writer.appendUint8(width)
  writeRleBitPackedHybrid(writer, [...indices], width)
  return writer.getBytes()
}

function bitWidth(most: number): number {
  return 32 - Math.clz32(most)
}

/** PLAIN encoding. */
export function encodePlain(values: readonly PhysicalValue[], type: ParquetType): Uint8Array {
  if (type === 'BOOLEAN') return packBits(values)
  if (type === 'INT32') return new Uint8Array(Int32Array.from(values as readonly number[]).buffer)
  if (type === 'INT64') return new Uint8Array(BigInt64Array.from(values as readonly bigint[]).buffer)
  const parts = values as readonly Uint8Array[]
  if (type !== 'BYTE_ARRAY') return Buffer.concat(parts)
  const out = Buffer.allocUnsafe(parts.reduce((total, part) => total + 4 + part.length, 0))
  let at = 0
  for (const part of parts) {
    at = out.writeUInt32LE(part.length, at)
    out.set(part, at)
    at += part.length
  }
  return out
}

function packBits(values: readonly PhysicalValue[]): Uint8Array {
  const out = new Uint8Array((values.length + 7) >> 3)
  values.forEach((value, i) => {
    if (value === true) out[i >> 3]! |= 1 << (i & 7)
  })
  return out
}
