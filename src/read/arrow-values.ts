import { DataType, DateUnit, Precision, TimeUnit, Vector } from 'apache-arrow'
import type { Data, Decimal, FixedSizeList, Timestamp } from 'apache-arrow'

type Get = (index: number) => unknown

/**
 * Access to a column's values as plain JavaScript. Offsets and indices are checked, as they come from the file:
 * a value that lies outside its buffer throws.
 */
export function arrowGetter(data: Data): Get {
  const get = valueGetter(data)
  if (data.nullCount === 0 || DataType.isNull(data.type) || DataType.isUnion(data.type)) return get
  return (index) => (data.getValid(index) ? get(index) : null)
}

function valueGetter(data: Data): Get {
  const { type } = data
  if (DataType.isNull(type)) return () => null
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textGetter(data)
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryGetter(data)
  if (DataType.isUtf8View(type)) return viewGetter(data, (bytes) => Buffer.from(bytes).toString('utf8'))
  if (DataType.isBinaryView(type)) return viewGetter(data, (bytes) => bytes.slice())
  if (DataType.isFixedSizeBinary(type)) return stepGetter(data, type.byteWidth)
  if (DataType.isInt(type) || isWideFloat(type) || DataType.isTime(type) || DataType.isDuration(type)) return numberGetter(data)
  if (DataType.isTimestamp(type)) return timestampGetter(data, type)
  if (DataType.isDate(type)) {
    const number = numberGetter(data)
    return type.unit === DateUnit.DAY ? (i) => new Date(Number(number(i)) * 86_400_000) : (i) => new Date(Number(number(i)))
  }
  if (DataType.isDecimal(type)) return decimalGetter(data, type)
  if (DataType.isDictionary(type)) return dictionaryGetter(data)
  if (DataType.isMap(type)) return mapGetter(data)
  if (DataType.isList(type) || DataType.isLargeList(type)) return listGetter(data)
  if (DataType.isFixedSizeList(type)) return fixedListGetter(data, type)
  if (DataType.isStruct(type)) return structGetter(data)
  const vector = new Vector([data])
  return (index) => vector.get(index) as unknown
}

function isWideFloat(type: DataType): boolean {
  return DataType.isFloat(type) && type.precision !== Precision.HALF
}

function outside(index: number, what: string): never {
  throw new Error(`row ${index} of the batch has ${what} outside its buffer`)
}

/** Start and end of variable-length values, checked against what they point into. */
function spanGetter<T>(data: Data, limit: number, take: (start: number, end: number) => T): (index: number) => T {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array
  return (index) => {
    const start = Number(offsets[index] ?? -1)
    const end = Number(offsets[index + 1] ?? -1)
    if (start < 0 || end < start || end > limit) return outside(index, 'a value')
    return take(start, end)
  }
}

function textGetter(data: Data): Get {
  const values = data.values as Uint8Array
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return spanGetter(data, bytes.length, (start, end) => bytes.toString('utf8', start, end))
}

function binaryGetter(data: Data): Get {
  const values = data.values as Uint8Array
  return spanGetter(data, values.length, (start, end) => values.slice(start, end))
}

/** Views of 16 bytes: a length, then up to 12 bytes in place, or a prefix, a buffer's index and an offset into it. */
function viewGetter(data: Data, take: (bytes: Uint8Array) => unknown): Get {
  const views = data.values as Uint8Array
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength)
  return (index) => {
    const at = index * 16
    const length = view.getInt32(at, true)
    if (length < 0) return outside(index, 'a value')
    if (length <= 12) return take(views.subarray(at + 4, at + 4 + length))
    const buffer = data.variadicBuffers[view.getInt32(at + 8, true)]
    const start = view.getInt32(at + 12, true)
    if (!buffer || start < 0 || start + length > buffer.length) return outside(index, 'a value')
    return take(buffer.subarray(start, start + length))
  }
}

function stepGetter(data: Data, width: number): Get {
  const values = data.values as Uint8Array
  return (index) =>
    width * (index + 1) > values.length ? outside(index, 'a value') : values.slice(width * index, width * (index + 1))
}

function numberGetter(data: Data): Get {
  const values = data.values as ArrayLike<number | bigint>
  return (index) => values[index] ?? outside(index, 'a value')
}

function timestampGetter(data: Data, type: Timestamp): Get {
  const number = numberGetter(data)
  const perMilli = type.unit === TimeUnit.MICROSECOND ? 1000n : type.unit === TimeUnit.NANOSECOND ? 1_000_000n : 1n
  const factor = type.unit === TimeUnit.SECOND ? 1000n : 1n
  return (index) => new Date(Number(((number(index) as bigint) * factor) / perMilli))
}

/** Two's complement of `bitWidth` bits in 32-bit words, scaled to a double: as Parquet's reader gives it. */
function decimalGetter(data: Data, type: Decimal): Get {
  const words = type.bitWidth / 32
  const values = data.values as Uint32Array
  return (index) => {
    if (words * (index + 1) > values.length) return outside(index, 'a value')
    let unscaled = 0n
    for (let word = words - 1; word >= 0; word--) unscaled = (unscaled << 32n) | BigInt(values[index * words + word] ?? 0)
    return Number(BigInt.asIntN(type.bitWidth, unscaled)) * 10 ** -type.scale
  }
}

/** Decoded dictionaries; apache-arrow gives batches that share a dictionary the same vector. */
const decoded = new WeakMap<Vector, readonly unknown[]>()

/** The entries of a dictionary column's dictionary, by their indices. */
export function dictionaryValues({ dictionary }: Data): readonly unknown[] {
  if (!dictionary) throw new Error('a dictionary column has no dictionary')
  let values = decoded.get(dictionary)
  if (!values) {
    values = dictionary.data.flatMap((part) => {
      const get = arrowGetter(part as Data)
      return Array.from({ length: part.length }, (_, i) => get(i))
    })
    decoded.set(dictionary, values)
  }
  return values
}

function dictionaryGetter(data: Data): Get {
  const known = dictionaryValues(data)
  const number = numberGetter(data)
  return (index) => {
    const at = Number(number(index))
    return at >= 0 && at < known.length ? known[at] : outside(index, 'a dictionary index')
  }
}

function childOf(data: Data): Data {
  const child = data.children[0]
  if (!child) throw new Error(`a list column has no child`)
  return child
}

function range(get: Get, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, i) => get(start + i))
}

function listGetter(data: Data): Get {
  const child = childOf(data)
  const get = arrowGetter(child)
  return spanGetter(data, child.length, (start, end) => range(get, start, end))
}

function fixedListGetter(data: Data, type: FixedSizeList): Get {
  const child = childOf(data)
  const get = arrowGetter(child)
  return (index) =>
    type.listSize * (index + 1) > child.length
      ? outside(index, 'a list')
      : range(get, type.listSize * index, type.listSize * (index + 1))
}

function mapGetter(data: Data): Get {
  const entries = childOf(data)
  const [keys, values] = entries.children.map(arrowGetter)
  if (!keys || !values) throw new Error('a map column has no keys or values')
  return spanGetter(data, entries.length, (start, end) =>
    Object.fromEntries(range((i) => [String(keys(i)), values(i)], start, end) as [string, unknown][]),
  )
}

function structGetter(data: Data): Get {
  const names = (data.type.children as { name: string }[]).map((field) => field.name)
  const getters = data.children.map(arrowGetter)
  return (index) => Object.fromEntries(names.map((name, i) => [name, getters[i]?.(index) ?? null]))
}
