import { Data, makeBuilder, RecordBatch, Table, tableFromIPC, tableToIPC } from 'apache-arrow'
import type { DataType, Field, Vector } from 'apache-arrow'
import { asCredenceError } from '../../errors.js'
import { registerArrowCodecs } from '../../read/arrow-codecs.js'
import { arrowGetter } from '../../read/arrow-values.js'
import { changedValue, type CellChange, type PlantFile } from './plant-file.js'

registerArrowCodecs()

/**
 * An Arrow IPC file or stream in memory. Columns without a change keep their buffers; changed ones are built again under
 * their own type, record batch by record batch.
 */
export function openArrow(bytes: Uint8Array, container: 'file' | 'stream', name: string): PlantFile {
  try {
    return new ArrowFile(tableFromIPC(bytes), container, name)
  } catch (error) {
    throw asCredenceError(error, 'format', { file: name })
  }
}

class ArrowFile implements PlantFile {
  readonly notes = ['Arrow buffers are written without compression']
  readonly #table: Table
  readonly #container: 'file' | 'stream'
  readonly #name: string
  readonly #columns = new Map<string, readonly unknown[]>()

  constructor(table: Table, container: 'file' | 'stream', name: string) {
    this.#table = table
    this.#container = container
    this.#name = name
  }

  get rows(): number {
    return this.#table.numRows
  }

  column(name: string): readonly unknown[] {
    let values = this.#columns.get(name)
    if (values === undefined) this.#columns.set(name, (values = valuesOf(this.#table.getChild(name))))
    return values
  }

  rewrite(changes: ReadonlyMap<number, readonly CellChange[]>): Uint8Array {
    const changed = new Map<string, unknown[]>()
    for (const [row, cells] of changes) {
      for (const change of cells) {
        const values = changed.get(change.column) ?? [...this.column(change.column)]
        changed.set(change.column, values)
        values[row] = changedValue(this, values[row], change)
      }
    }
    try {
      return tableToIPC(this.#rebuilt(changed), this.#container)
    } catch (error) {
      throw asCredenceError(error, 'unsupported', { file: this.#name })
    }
  }

  #rebuilt(changed: ReadonlyMap<string, readonly unknown[]>): Table {
    const { schema, batches } = this.#table
    const sizes = batches.map((batch) => batch.numRows)
    const built = schema.fields.map((field) => {
      const values = changed.get(field.name)
      return values === undefined ? null : buildColumn(field, values, sizes)
    })
    const rebuilt = batches.map((batch, index) => {
      const children = batch.data.children.map((child, column) => built[column]?.[index] ?? child)
      const data = new Data(batch.data.type, 0, batch.numRows, 0, undefined, children)
      return new RecordBatch(schema, data)
    })
    return new Table(schema, rebuilt)
  }
}

function valuesOf(vector: Vector | null): unknown[] {
  return (vector?.data ?? []).flatMap((part) => {
    const get = arrowGetter(part as Data)
    return Array.from({ length: part.length }, (_, i) => get(i))
  })
}

/** One piece of the column for each record batch. */
function buildColumn(field: Field, values: readonly unknown[], sizes: readonly number[]): Data[] {
  let at = 0
  return sizes.map((size) => {
    const builder = makeBuilder({ type: field.type as DataType, nullValues: [null, undefined] })
    for (const value of values.slice(at, at + size)) builder.append(value)
    at += size
    return builder.finish().flush() as Data
  })
}
