import type { SchemaElement, SchemaTree } from 'hyparquet'

/** A Parquet column's type in Arrow-like spelling, e.g. `list<struct<role: string, content: string>>`. */
export function parquetType(node: SchemaTree): string {
  const { element, children } = node
  if (children.length === 0) {
    const type = leafType(element)
    return element.repetition_type === 'REPEATED' ? `list<${type}>` : type
  }
  const inner = children[0]
  const annotation = element.converted_type ?? element.logical_type?.type
  if (annotation === 'LIST' && inner && children.length === 1) {
    const item = inner.children.length === 1 && inner.children[0] ? parquetType(inner.children[0]) : structType(inner)
    return `list<${inner.children.length === 0 ? leafType(inner.element) : item}>`
  }
  if ((annotation === 'MAP' || annotation === 'MAP_KEY_VALUE') && inner?.children.length === 2) {
    return `map<${inner.children.map(parquetType).join(', ')}>`
  }
  const struct = structType(node)
  return element.repetition_type === 'REPEATED' ? `list<${struct}>` : struct
}

function structType(node: SchemaTree): string {
  return `struct<${node.children.map((child) => `${child.element.name}: ${parquetType(child)}`).join(', ')}>`
}

const CONVERTED: Readonly<Record<string, string>> = {
  UTF8: 'string',
  ENUM: 'string',
  JSON: 'string',
  DATE: 'date',
  TIME_MILLIS: 'time',
  TIME_MICROS: 'time',
  TIMESTAMP_MILLIS: 'timestamp',
  TIMESTAMP_MICROS: 'timestamp',
  INT_8: 'int8',
  INT_16: 'int16',
  INT_32: 'int32',
  INT_64: 'int64',
  UINT_8: 'uint8',
  UINT_16: 'uint16',
  UINT_32: 'uint32',
  UINT_64: 'uint64',
}

const PHYSICAL: Readonly<Record<string, string>> = {
  BOOLEAN: 'bool',
  INT32: 'int32',
  INT64: 'int64',
  INT96: 'timestamp',
  FLOAT: 'float32',
  DOUBLE: 'float64',
  BYTE_ARRAY: 'binary',
  FIXED_LEN_BYTE_ARRAY: 'fixed_size_binary',
}

function leafType(element: SchemaElement): string {
  const logical = element.logical_type
  if (logical?.type === 'INTEGER') return `${logical.isSigned ? 'int' : 'uint'}${logical.bitWidth}`
  if (logical?.type === 'DECIMAL' || element.converted_type === 'DECIMAL')
    return `decimal(${element.precision ?? 0}, ${element.scale ?? 0})`
  if (logical?.type === 'STRING' || logical?.type === 'ENUM' || logical?.type === 'JSON') return 'string'
  const known: unknown = logical?.type // undefined for types newer than the decoder
  if (typeof known === 'string') return known.toLowerCase()
  if (element.converted_type) return CONVERTED[element.converted_type] ?? element.converted_type.toLowerCase()
  return (element.type && PHYSICAL[element.type]) ?? 'unknown'
}
