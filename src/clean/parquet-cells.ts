/** Values of a Parquet leaf as the scan reads them, and back. */
import { isUtf8 } from 'node:buffer'
import type { SchemaElement, SchemaTree } from 'hyparquet'
import type { CellValue } from './cell-edit.js'
import type { PhysicalValue } from './parquet-pages.js'
import { toCell } from '../read/cell.js'

interface LeafCells extends Omit<CellValue, 'text'> {
  /** Null for a value that is no text of a cell. */
  readonly decode: (value: PhysicalValue) => string | null
  /** Null where the type does not hold exactly that. */
  readonly encode: (text: string) => PhysicalValue | null
}

const TEXTS: readonly string[] = ['UTF8', 'STRING', 'ENUM']

interface Codec {
  readonly read: (value: PhysicalValue) => unknown
  readonly write: (text: string) => PhysicalValue | null
}

/**
 * @param path schema nodes from the column to the leaf
 * @returns null for types that no label has, such as dates, decimals and bytes
 */
export function leafCells(path: readonly SchemaTree[]): LeafCells | null {
  const { element } = path[path.length - 1]!
  const codec = codecOf(element)
  if (codec === null) return null
  const decode = (value: PhysicalValue): string | null => toCell(codec.read(value))
  return {
    isText: codec === TEXT,
    isWhole: path.length === 1 && element.repetition_type !== 'REPEATED',
    decode,
    encode: (text) => {
      const value = codec.write(text)
      return value !== null && decode(value) === text ? value : null
    },
  }
}

function codecOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): Codec | null {
  const isPlain = converted === undefined && logical === undefined
  if (type === 'BYTE_ARRAY') return TEXTS.includes(converted ?? '') || TEXTS.includes(logical?.type ?? '') ? TEXT : null
  if (type === 'BOOLEAN') return isPlain ? TRUTH : null
  if (type === 'FLOAT') return isPlain ? SINGLE : null
  if (type === 'DOUBLE') return isPlain ? DOUBLE : null
  if (type !== 'INT32' && type !== 'INT64') return null
  const width = type === 'INT32' ? 32 : 64
  if (isPlain) return integer(width, true, width)
  if (logical?.type === 'INTEGER') return integer(logical.bitWidth, logical.isSigned, width)
  const [, unsigned, bits] = /^(U?)INT_(\d+)$/.exec(converted ?? '') ?? []
  return bits === undefined ? null : integer(Number(bits), unsigned === '', width)
}

const TEXT: Codec = {
  read: (value) => (value instanceof Uint8Array && isUtf8(value) ? Buffer.from(value).toString('utf8') : null),
  write: (text) => Buffer.from(text, 'utf8'),
}

const TRUTH: Codec = {
  read: (value) => value,
  write: (text) => (text === 'true' || text === 'false' ? text === 'true' : null),
}

const bits = new DataView(new ArrayBuffer(8))

/** Of floats, the bits are carried in integers: see {@link PhysicalValue}. */
const SINGLE: Codec = {
  read: (value) => {
    bits.setInt32(0, Number(value))
    return bits.getFloat32(0)
  },
  write: (text) => {
    bits.setFloat32(0, Number(text))
    return bits.getInt32(0)
  },
}

const DOUBLE: Codec = {
  read: (value) => {
    bits.setBigInt64(0, value as bigint)
    return bits.getFloat64(0)
  },
  write: (text) => {
    bits.setFloat64(0, Number(text))
    return bits.getBigInt64(0)
  },
}

/** @param width of the physical type, whose bits stand for a signed integer */
function integer(size: number, isSigned: boolean, width: 32 | 64): Codec {
  return {
    read: (value) => {
      const stored = BigInt(value as number | bigint)
      return isSigned ? BigInt.asIntN(size, stored) : BigInt.asUintN(size, stored)
    },
    write: (text) => {
      if (!/^-?\d+$/.test(text)) return null
      const stored = BigInt.asIntN(width, BigInt(text))
      return width === 32 ? Number(stored) : stored
    },
  }
}
