/**
 * A check of Arrow's flatbuffers before apache-arrow reads them: its reader takes any length of a vector at its word and
 * reads zeros past the end, so that four bytes could keep it busy for hours.
 */

/** What a table's slots point at. Slots of plain numbers need no entry. */
interface TableShape {
  readonly [slot: number]:
    { readonly vectorOf: number } | { readonly table: () => TableShape } | { readonly tables: () => TableShape }
}

// Schema.fbs, Message.fbs and File.fbs of the Arrow format, version 1.5; numbers in vectors are bytes an element.
const KEY_VALUE: TableShape = { 0: { vectorOf: 1 }, 1: { vectorOf: 1 } }
const UNION: TableShape = { 1: { vectorOf: 4 } }
const FIELD: TableShape = {
  0: { vectorOf: 1 },
  4: { table: () => ({}) },
  5: { tables: () => FIELD },
  6: { tables: () => KEY_VALUE },
}
const UNION_FIELD: TableShape = { ...FIELD, 3: { table: () => UNION } }
const SCHEMA: TableShape = { 1: { tables: () => FIELD }, 2: { tables: () => KEY_VALUE }, 3: { vectorOf: 8 } }
const BATCH: TableShape = { 1: { vectorOf: 16 }, 2: { vectorOf: 16 }, 3: { table: () => ({}) }, 4: { vectorOf: 8 } }
const DICTIONARY: TableShape = { 1: { table: () => BATCH } }
const FOOTER: TableShape = {
  1: { table: () => SCHEMA },
  2: { vectorOf: 24 },
  3: { vectorOf: 24 },
  4: { tables: () => KEY_VALUE },
}

/** Slot 1 of a message is the kind of its header. */
const HEADERS: Readonly<Record<number, TableShape>> = { 1: SCHEMA, 2: DICTIONARY, 3: BATCH }
const HEADER_KIND_SLOT = 1
/** Slot 2 of a field is its type's kind; 14 is a union. */
const FIELD_KIND_SLOT = 2
const UNION_KIND = 14

/** Tables nested deeper are refused: a schema's types are. */
const MAX_DEPTH = 64

/** @throws Error where the message is not a sound flatbuffer */
export function checkMessage(bytes: Uint8Array): void {
  const check = new Check(bytes)
  const root = check.offset(0)
  const shape = HEADERS[check.byte(root, HEADER_KIND_SLOT)]
  check.table(root, { ...(shape ? { 2: { table: () => shape } } : {}), 4: { tables: () => KEY_VALUE } })
}

/** @throws Error where the footer is not a sound flatbuffer */
export function checkFooter(bytes: Uint8Array): void {
  const check = new Check(bytes)
  check.table(check.offset(0), FOOTER)
}

/** Whether a schema says that its data is big-endian: slot 0 of the table that a message or a footer points at. */
export function isBigEndian(bytes: Uint8Array, within: 'message' | 'footer'): boolean {
  const check = new Check(bytes)
  const schema = check.slot(check.offset(0), within === 'message' ? 2 : 1)
  return schema !== 0 && check.byte(check.offset(schema), 0) === 1
}

class Check {
  readonly #view: DataView
  /** Tables may be shared; visits of them are bounded all the same. */
  #visits = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Where the offset at `at` points. */
  offset(at: number): number {
    return at + this.#view.getUint32(at, true)
  }

  /** Where a table's slot lies; 0 where it is not set. */
  slot(table: number, slot: number): number {
    const vtable = table - this.#view.getInt32(table, true)
    const size = this.#view.getUint16(vtable, true)
    const offset = 4 + 2 * slot + 2 <= size ? this.#view.getUint16(vtable + 4 + 2 * slot, true) : 0
    return offset === 0 ? 0 : table + offset
  }

  byte(table: number, slot: number): number {
    const at = this.slot(table, slot)
    return at === 0 ? 0 : this.#view.getUint8(at)
  }

  table(table: number, shape: TableShape, depth = 0): void {
    if (++this.#visits > this.#view.byteLength || depth > MAX_DEPTH) throw new Error('its tables are nested too deep')
    const known = shape === FIELD && this.byte(table, FIELD_KIND_SLOT) === UNION_KIND ? UNION_FIELD : shape
    for (const [slot, target] of Object.entries(known) as [string, TableShape[number]][]) {
      const at = this.slot(table, Number(slot))
      if (at === 0) continue
      const start = this.offset(at)
      if ('table' in target) {
        this.table(start, target.table(), depth + 1)
        continue
      }
      const count = this.#view.getUint32(start, true)
      const bytes = 'vectorOf' in target ? target.vectorOf : 4
      if (start + 4 + count * bytes > this.#view.byteLength) throw new Error(`a vector of ${count} elements runs past its end`)
      if ('tables' in target)
        for (let i = 0; i < count; i++) this.table(this.offset(start + 4 + 4 * i), target.tables(), depth + 1)
    }
  }
}
