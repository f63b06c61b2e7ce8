/** Some rows of a column as the buffers of the Arrow IPC format (Columnar.rst), level by level: no value is interpreted. */
import { DataType, DateUnit, IntervalUnit, Precision, UnionMode, type Data } from 'apache-arrow'
import type { BatchBody } from './arrow-body.js'

/** Indices to take, ascending, and the physical row of the file that each belongs to. */
export interface Taken {
  readonly indices: readonly number[]
  readonly rows: readonly number[]
}

/** Other bytes in place of a text of a row, or the same. */
export type EditText = (bytes: Uint8Array, row: number) => Uint8Array

/**
 * Adds the nodes and buffers of a column's rows to a batch.
 * @throws Error where a value lies outside its buffer, or for a type that cannot be written
 */
export function takeRows(data: Data, taken: Taken, edit: EditText, body: BatchBody): void {
  const { type } = data
  if (data.offset !== 0) throw new Error('a column that begins within its buffers is not supported')
  if (DataType.isNull(type)) {
    body.node(taken.indices.length, taken.indices.length)
    return
  }
  if (DataType.isUnion(type)) {
    takeUnion(data, taken, edit, body)
    return
  }
  validity(data, taken, body)
  if (DataType.isBool(type)) body.buffer(bits(bytesOf(data.values), taken))
  else if (DataType.isUtf8View(type) || DataType.isBinaryView(type))
    views(data, taken, isText(type) ? edit : (bytes) => bytes, body)
  else if (isText(type) || DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    variable(data, taken, isText(type) ? edit : (bytes) => bytes, body)
  } else if (DataType.isStruct(type)) for (const child of data.children) takeRows(child, taken, edit, body)
  else if (DataType.isFixedSizeList(type))
    takeRows(
      childOf(data),
      spread(taken, (i) => [i * type.listSize, (i + 1) * type.listSize]),
      edit,
      body,
    )
  else if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) lists(data, taken, edit, body)
  else body.buffer(fixed(bytesOf(data.values), widthOf(type), taken))
}

/** Whether its values are texts, in either of two layouts. */
export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)
}

function bytesOf(values: unknown): Uint8Array {
  if (!ArrayBuffer.isView(values)) throw new Error('a column has no values')
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function childOf(data: Data): Data {
  const [child] = data.children
  if (child === undefined) throw new Error('a list column has no child')
  return child
}

function outside(): never {
  throw new Error('a value lies outside its buffer')
}

/** Bytes of a value. */
function widthOf(type: DataType): number {
  if (DataType.isDictionary(type)) return widthOf(type.indices as DataType)
  if (DataType.isInt(type) || DataType.isTime(type) || DataType.isDecimal(type)) return type.bitWidth / 8
  if (DataType.isFloat(type)) return { [Precision.HALF]: 2, [Precision.SINGLE]: 4, [Precision.DOUBLE]: 8 }[type.precision]
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? 4 : 8
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return 8
  if (DataType.isInterval(type)) {
    return { [IntervalUnit.YEAR_MONTH]: 4, [IntervalUnit.DAY_TIME]: 8, [IntervalUnit.MONTH_DAY_NANO]: 16 }[type.unit]
  }
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth
  throw new Error(`columns of type ${type.constructor.name} are not supported`)
}

function validity({ nullBitmap, nullCount, length }: Data, taken: Taken, body: BatchBody): void {
  if (taken.indices.some((index) => index >= length)) outside()
  const valid = nullCount === 0 || !nullBitmap || nullBitmap.length === 0 ? null : bits(nullBitmap, taken)
  const nulls = valid === null ? 0 : taken.indices.reduce((total, _, i) => total + (bitAt(valid, i) ? 0 : 1), 0)
  body.node(taken.indices.length, nulls)
  body.buffer(nulls === 0 || valid === null ? new Uint8Array(0) : valid)
}

function bitAt(bitmap: Uint8Array, index: number): boolean {
  return (((bitmap[index >> 3] ?? outside()) >> (index & 7)) & 1) === 1
}

function bits(bitmap: Uint8Array, { indices }: Taken): Uint8Array {
  const out = new Uint8Array((indices.length + 7) >> 3)
  indices.forEach((index, i) => {
    if (bitAt(bitmap, index)) out[i >> 3]! |= 1 << (i & 7)
  })
  return out
}

function fixed(values: Uint8Array, width: number, { indices }: Taken): Uint8Array {
  const out = new Uint8Array(indices.length * width)
  indices.forEach((index, i) => {
    if ((index + 1) * width > values.length) outside()
    out.set(values.subarray(index * width, (index + 1) * width), i * width)
  })
  return out
}

type Offsets = Int32Array | BigInt64Array

/** Start and end of a value of variable length. */
function spanOf(offsets: Offsets, index: number, limit: number): [number, number] {
  const [start, end] = [Number(offsets[index] ?? -1), Number(offsets[index + 1] ?? -1)]
  return start < 0 || end < start || end > limit ? outside() : [start, end]
}

function offsetsOf(lengths: readonly number[], like: Offsets): Uint8Array {
  let at = 0
  const ends = [0, ...lengths.map((length) => (at += length))]
  if (like instanceof BigInt64Array) return bytesOf(BigInt64Array.from(ends, BigInt))
  if (at > 0x7fffffff) throw new Error('a column of more than 2 GiB is not supported')
  return bytesOf(Int32Array.from(ends))
}

function variable(data: Data, { indices, rows }: Taken, edit: EditText, body: BatchBody): void {
  const values = bytesOf(data.values)
  const offsets = data.valueOffsets as Offsets
  const parts = indices.map((index, i) => {
    if (!data.getValid(index)) return values.subarray(0, 0)
    const [start, end] = spanOf(offsets, index, values.length)
    return edit(values.subarray(start, end), rows[i]!)
  })
  body.buffer(
    offsetsOf(
      parts.map((part) => part.length),
      offsets,
    ),
  )
  body.buffer(Buffer.concat(parts))
}

/** Views of 16 bytes: a length, then up to 12 bytes in place, or a prefix, a buffer's index and an offset into it. */
function views(data: Data, { indices, rows }: Taken, edit: EditText, body: BatchBody): void {
  const source = bytesOf(data.values)
  const from = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const out = Buffer.alloc(indices.length * 16)
  const long: Uint8Array[] = []
  let at = 0
  indices.forEach((index, i) => {
    if (!data.getValid(index)) return
    const bytes = edit(viewBytes(data, source, from, index), rows[i]!)
    out.writeInt32LE(bytes.length, i * 16)
    out.set(bytes.subarray(0, bytes.length <= 12 ? 12 : 4), i * 16 + 4)
    if (bytes.length <= 12) return
    out.writeInt32LE(0, i * 16 + 8)
    out.writeInt32LE(at, i * 16 + 12)
    long.push(bytes)
    at += bytes.length
  })
  body.buffer(out)
  if (long.length > 0) body.buffer(Buffer.concat(long))
  body.variadic(long.length > 0 ? 1 : 0)
}

function viewBytes(data: Data, source: Uint8Array, view: DataView, index: number): Uint8Array {
  const at = index * 16
  if (at + 16 > source.length) outside()
  const length = view.getInt32(at, true)
  if (length >= 0 && length <= 12) return source.subarray(at + 4, at + 4 + length)
  const buffer = data.variadicBuffers[view.getInt32(at + 8, true)]
  const start = view.getInt32(at + 12, true)
  return length < 0 || buffer === undefined || start < 0 || start + length > buffer.length
    ? outside()
    : buffer.subarray(start, start + length)
}

function lists(data: Data, taken: Taken, edit: EditText, body: BatchBody): void {
  const offsets = data.valueOffsets as Offsets
  const child = childOf(data)
  const span = (index: number): [number, number] => (data.getValid(index) ? spanOf(offsets, index, child.length) : [0, 0])
  const lengths = taken.indices.map((index) => {
    const [start, end] = span(index)
    return end - start
  })
  body.buffer(offsetsOf(lengths, offsets))
  takeRows(child, spread(taken, span), edit, body)
}

/** The elements of the lists that are taken. */
function spread({ indices, rows }: Taken, span: (index: number) => readonly [number, number]): Taken {
  const inner = { indices: [] as number[], rows: [] as number[] }
  indices.forEach((index, i) => {
    const [start, end] = span(index)
    for (let at = start; at < end; at++) {
      inner.indices.push(at)
      inner.rows.push(rows[i]!)
    }
  })
  return inner
}

/** A union has no validity of its own. In a dense one each type's values lie apart, and the offsets point at them. */
function takeUnion(data: Data, taken: Taken, edit: EditText, body: BatchBody): void {
  if (!DataType.isUnion(data.type)) return
  const { mode, typeIds: ids } = data.type
  body.node(taken.indices.length, 0)
  const kinds = fixed(bytesOf(data.typeIds), 1, taken)
  body.buffer(kinds)
  if (mode === UnionMode.Sparse) {
    for (const child of data.children) takeRows(child, taken, edit, body)
    return
  }
  const offsets = data.valueOffsets as Int32Array
  const byKind = new Map(Array.from(ids as ArrayLike<number>, (id) => [id, { indices: [] as number[], rows: [] as number[] }]))
  const places = taken.indices.map((index, i) => {
    const own = byKind.get((kinds[i]! << 24) >> 24) ?? outside()
    own.rows.push(taken.rows[i]!)
    return own.indices.push(offsets[index] ?? outside()) - 1
  })
  body.buffer(bytesOf(Int32Array.from(places)))
  data.children.forEach((child, i) => {
    takeRows(child, byKind.get((ids as ArrayLike<number>)[i]!) ?? outside(), edit, body)
  })
}
