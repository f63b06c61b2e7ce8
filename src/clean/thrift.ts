/**
 * A lossless tree of the Thrift compact protocol: a footer that is read and written again keeps every field, those included
 * that this version has no name for. Formats: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

/** Compact type ids. */
export const T = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
}

/** Integers are `bigint` where they are i64; doubles are their 8 bytes. */
export type Value = boolean | number | bigint | Uint8Array | ThriftList | ThriftMap | Struct

interface Field {
  readonly type: number
  readonly value: Value
}

/** By field id. */
export type Struct = Map<number, Field>

export interface ThriftList {
  readonly of: number
  readonly items: readonly Value[]
}

interface ThriftMap {
  readonly keys: ThriftList
  readonly values: ThriftList
}

/** Deeper than any footer; what is deeper is hostile. */
const MAX_DEPTH = 100
const STOP = 0

/**
 * @param bytes a struct, and whatever follows it
 * @throws Error where it is cut short or nested too deep
 */
export function readStruct(bytes: Uint8Array): Struct {
  return new Reader(bytes).struct(0)
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  struct(depth: number): Struct {
    if (depth > MAX_DEPTH) throw new Error('thrift structs are nested too deep')
    const fields: Struct = new Map()
    for (let id = 0; ;) {
      const head = this.#byte()
      if (head === STOP) return fields
      const type = head & 15
      id = head >> 4 === 0 ? Number(BigInt.asIntN(16, this.#zigzag())) : id + (head >> 4)
      const value = type === T.true || type === T.false ? type === T.true : this.#value(type, depth)
      fields.set(id, { type: type === T.false ? T.true : type, value })
    }
  }

  #value(type: number, depth: number): Value {
    switch (type) {
      case T.true:
      case T.false:
        return this.#byte() === T.true
      case T.byte:
        return (this.#byte() << 24) >> 24
      case T.i16:
      case T.i32:
        return Number(this.#zigzag())
      case T.i64:
        return this.#zigzag()
      case T.double:
        return this.#take(8)
      case T.binary:
        return this.#take(Number(this.#varint()))
      case T.list:
      case T.set:
        return this.#list(depth)
      case T.map:
        return this.#map(depth)
      case T.struct:
        return this.struct(depth + 1)
      default:
        throw new Error(`thrift type ${type} is not known`)
    }
  }

  #list(depth: number): ThriftList {
    const head = this.#byte()
    const count = head >> 4 === 15 ? Number(this.#varint()) : head >> 4
    return this.#items(head & 15, count, depth)
  }

  #map(depth: number): ThriftMap {
    const count = Number(this.#varint())
    const kinds = count === 0 ? 0 : this.#byte()
    const keys: Value[] = []
    const values: Value[] = []
    for (let i = 0; i < count; i++) {
      keys.push(this.#value(kinds >> 4, depth + 1))
      values.push(this.#value(kinds & 15, depth + 1))
    }
    return { keys: { of: kinds >> 4, items: keys }, values: { of: kinds & 15, items: values } }
  }

  #items(of: number, count: number, depth: number): ThriftList {
    const items: Value[] = []
    for (let i = 0; i < count; i++) items.push(this.#value(of, depth + 1))
    return { of, items }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new Error('thrift data is cut short')
    return byte
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new Error('thrift data is cut short')
    return this.#bytes.subarray(this.#at, (this.#at += length))
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw new Error('a thrift integer is too long')
  }

  #zigzag(): bigint {
    const value = this.#varint()
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))
  }
}

/** The inverse of {@link readStruct}: fields in the order of their ids. */
export function writeStruct(struct: Struct): Uint8Array {
  const out: number[] = []
  putStruct(out, struct)
  return Uint8Array.from(out)
}

function putStruct(out: number[], struct: Struct): void {
  let last = 0
  for (const [id, { type, value }] of [...struct].sort(([a], [b]) => a - b)) {
    const kind = type === T.true && value === false ? T.false : type
    if (id > last && id - last <= 15) out.push(((id - last) << 4) | kind)
    else {
      out.push(kind)
      putVarint(out, zigzag(BigInt(id)))
    }
    if (type !== T.true) putValue(out, type, value)
    last = id
  }
  out.push(STOP)
}

function putValue(out: number[], type: number, value: Value): void {
  if (typeof value === 'boolean') out.push(value ? T.true : T.false)
  else if (type === T.byte) out.push(Number(value) & 255)
  else if (typeof value === 'number' || typeof value === 'bigint') putVarint(out, zigzag(BigInt(value)))
  else if (value instanceof Uint8Array) {
    if (type === T.binary) putVarint(out, BigInt(value.length))
    for (const byte of value) out.push(byte)
  } else if (value instanceof Map) putStruct(out, value)
  else if ('items' in value) putList(out, value)
  else putMap(out, value)
}

function putList(out: number[], { of, items }: ThriftList): void {
  out.push((Math.min(items.length, 15) << 4) | of)
  if (items.length >= 15) putVarint(out, BigInt(items.length))
  for (const item of items) putValue(out, of, item)
}

function putMap(out: number[], { keys, values }: ThriftMap): void {
  putVarint(out, BigInt(keys.items.length))
  if (keys.items.length > 0) out.push((keys.of << 4) | values.of)
  keys.items.forEach((key, i) => {
    putValue(out, keys.of, key)
    putValue(out, values.of, values.items[i]!)
  })
}

function zigzag(value: bigint): bigint {
  return BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
}

function putVarint(out: number[], value: bigint): void {
  let rest = value
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  out.push(Number(rest))
}

/** A struct of these fields. */
export function structOf(fields: Readonly<Record<number, Field>>): Struct {
  return new Map(Object.entries(fields).map(([id, field]) => [Number(id), field]))
}

export const i32 = (value: number): Field => ({ type: T.i32, value })
export const i64 = (value: number | bigint): Field => ({ type: T.i64, value: BigInt(value) })

/** A field of a list of structs; empty where there is none. */
export function structsOf(struct: Struct, id: number): readonly Struct[] {
  const value = struct.get(id)?.value
  return typeof value === 'object' && 'items' in value ? (value.items as readonly Struct[]) : []
}

/** An integer field; 0 where there is none. */
export function integerOf(struct: Struct, id: number): number {
  const value = struct.get(id)?.value
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0
}
