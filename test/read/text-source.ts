import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compression, FormatName, FormatReader, PlannedUnit, ReadLog, SourceFile } from '../../src/read/format.js'
import { temporaryFolder } from '../temporary-folder.js'

const folder = temporaryFolder()
let serial = 0

/** Writes bytes to a file that is removed when the tests end. */
export function sourceFile(format: FormatName, bytes: string | Uint8Array, compression: Compression = 'none'): SourceFile {
  const path = `${++serial}.${format}`
  const absolute = join(folder, path)
  writeFileSync(absolute, bytes)
  return { path, absolute, format, compression, bytes: bytes.length, split: null, partitions: {} }
}

export interface Whole {
  readonly units: readonly PlannedUnit[]
  readonly rows: readonly number[]
  readonly records: readonly Record<string, unknown>[]
  readonly log: ReadLog
}

/** Plans and reads a file through all its units. */
export async function readWhole(
  reader: FormatReader,
  file: SourceFile,
  targetBytes = 1 << 20,
  batchRows = 100,
  columns: readonly string[] | null = null,
): Promise<Whole> {
  const units = await reader.plan(file, targetBytes)
  const log: ReadLog = { skipped: 0, truncated: 0, errors: [] }
  const rows: number[] = []
  const records: Record<string, unknown>[] = []
  for (const unit of units) {
    for await (const batch of reader.read(file, unit, columns, batchRows, log)) {
      if (batch.length > batchRows) throw new Error(`a batch of ${batch.length} rows where ${batchRows} were asked for`)
      rows.push(...batch.rows)
      for (let i = 0; i < batch.length; i++) {
        const names = Object.keys(batch.columns)
        records.push(Object.fromEntries(names.map((name) => [name, batch.columns[name]?.[i]])))
      }
    }
  }
  return { units, rows, records, log }
}

/** The code of a `CredenceError`, for `assert.rejects`. */
export function failsWith(code: string, message: RegExp): (error: unknown) => boolean {
  return (error) => {
    const { code: found, message: text } = error as { code?: string; message?: string }
    if (found !== code || !message.test(text ?? '')) throw error
    return true
  }
}

/** A parsed row as readers of JSON give it: integers beyond 2^53 as bigint, in nested values as text. */
export function exactRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const digits = (value: number): string | null =>
    Number.isSafeInteger(value) ? null : (/^-?\d+$/.exec(String(value))?.[0] ?? null)
  const nested = (value: unknown): unknown => {
    if (typeof value === 'number') return digits(value) ?? value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(nested)
    // Not by assignment: a key may be __proto__.
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nested(part)]))
  }
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const own = typeof value === 'number' ? digits(value) : null
      return [key, own === null ? nested(value) : BigInt(own)]
    }),
  )
}
