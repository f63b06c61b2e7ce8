import { DataType, DateUnit, TimeUnit } from 'apache-arrow'
import type { Field } from 'apache-arrow'

const UNITS: Readonly<Record<TimeUnit, string>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
}

/** An Arrow type as Arrow spells it in Python, e.g. `list<struct<role: string, content: string>>`. */
export function arrowType(type: DataType): string {
  if (DataType.isDictionary(type)) return `dictionary<${arrowType(type.dictionary as DataType)}>`
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) return 'string'
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) return 'binary'
  if (DataType.isInt(type)) return `${type.isSigned ? 'int' : 'uint'}${type.bitWidth}`
  if (DataType.isFloat(type)) return `float${[16, 32, 64][type.precision] ?? ''}`
  if (DataType.isBool(type)) return 'bool'
  if (DataType.isNull(type)) return 'null'
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? 'date' : 'date64'
  if (DataType.isTimestamp(type)) return `timestamp[${UNITS[type.unit]}]`
  if (DataType.isTime(type)) return 'time'
  if (DataType.isDecimal(type)) return `decimal(${type.precision}, ${type.scale})`
  if (DataType.isMap(type)) return `map<${fields(type.children[0]?.type.children as Field[], false)}>`
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) {
    return `list<${fields(type.children.slice(0, 1), false)}>`
  }
  if (DataType.isStruct(type)) return `struct<${fields(type.children, true)}>`
  return type.constructor.name.toLowerCase()
}

function fields(children: readonly Field[], named: boolean): string {
  return children.map((child) => (named ? `${child.name}: ` : '') + arrowType(child.type as DataType)).join(', ')
}
