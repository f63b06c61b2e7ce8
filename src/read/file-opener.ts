import { CredenceError, fromErrorRecord, toErrorRecord, type ErrorRecord } from '../errors.js'
import { cutCell } from './cell.js'
import { profileColumn, type ColumnProfile } from './column-profile.js'
import { readRaw, type DataFile } from './data-file.js'
import { digestsOf } from './digest.js'
import type { ColumnSchema, PlannedUnit, ReadLog, SourceFile } from './format.js'
import type { ReadLimits } from '../model/read-limits.js'
import { readersWithin } from './readers.js'

/** A file's schema and units; its error, and no units, where it cannot be read. */
export interface OpenedFile {
  readonly file: DataFile
  readonly units: readonly PlannedUnit[]
}

/** What the first rows say of each column, in the schema's order. */
export interface FileSample {
  /** Null where they cannot be read. */
  readonly profiles: readonly ColumnProfile[] | null
  /** Why not; or, where they can, that their bytes are not those of a checksum beside them. */
  readonly error: ErrorRecord | null
}

export type FirstRows = readonly Readonly<Record<string, unknown>>[]

/**
 * Looks into files before there are shards. Whoever opens what an attacker wrote does it through one of these: in this
 * process, or in one that may be lost. Nothing here rejects for what is in a file. Everything is plain data.
 */
export interface FileOpener {
  open(source: SourceFile, shardBytes: number, limits: ReadLimits): Promise<OpenedFile>
  sample(file: DataFile, planned: PlannedUnit, limits: ReadLimits): Promise<FileSample>
  /** The first rows as the file has them; none where they cannot be read. */
  firstRows(file: DataFile, planned: PlannedUnit, count: number, limits: ReadLimits): Promise<FirstRows>
}

const SAMPLE_ROWS = 200

/** Opens files in this process. */
export const openHere: FileOpener = {
  async open(source, shardBytes, limits) {
    try {
      const reader = readersWithin(limits)[source.format]
      const own = await reader.schema(source)
      // A partition key that is a column as well says the same twice; the column stands.
      const added = Object.entries(source.partitions).filter(([name]) => !own.columns.some((column) => column.name === name))
      const schema = { ...own, columns: [...own.columns, ...added.map(([name]): ColumnSchema => ({ name, type: 'string' }))] }
      const units = await reader.plan(source, shardBytes)
      const partitions = Object.fromEntries(added)
      return { file: { ...source, partitions, ...(await digestsOf(source)), schema, error: null }, units }
    } catch (error) {
      return unopened(source, toErrorRecord(error))
    }
  },

  async sample(file, planned, limits) {
    try {
      const log = emptyLog()
      const columns = await firstBatch(file, planned, SAMPLE_ROWS, limits, log)
      const profiles = file.schema.columns.map((column) => profileColumn(column, columns[column.name] ?? []))
      return { profiles, error: log.errors.find(({ code }) => code === 'integrity') ?? null }
    } catch (error) {
      return { profiles: null, error: toErrorRecord(error) }
    }
  },

  async firstRows(file, planned, count, limits) {
    try {
      const columns = await firstBatch(file, planned, count, limits, emptyLog())
      const length = Math.min(count, Math.max(0, ...Object.values(columns).map((values) => values.length)))
      return Array.from({ length }, (_, row) =>
        Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, shortened(values[row], limits)])),
      )
    } catch (error) {
      // Its shards will say so; a defect of ours must not look like a damaged file.
      if (error instanceof CredenceError) return []
      throw error
    }
  },
}

export function unopened(source: SourceFile, error: ErrorRecord): OpenedFile {
  const schema = { columns: [], declaredRows: null }
  return { file: { ...source, declaredSha256: null, actualSha256: null, schema, error }, units: [] }
}

/** All columns of the first rows; none where the file has no rows. */
async function firstBatch(
  file: DataFile,
  planned: PlannedUnit,
  count: number,
  limits: ReadLimits,
  log: ReadLog,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const names = file.schema.columns.map((column) => column.name)
  const batches = readRaw(file, planned, names, count, limits, log)
  try {
    const first = await batches.next()
    const [fault] = log.errors
    if (first.done && fault) throw fromErrorRecord(fault)
    return first.done ? {} : Object.assign(Object.create(null) as Record<string, readonly unknown[]>, first.value.columns)
  } finally {
    await batches.return(undefined)
  }
}

function emptyLog(): ReadLog {
  return { skipped: 0, truncated: 0, errors: [] }
}

function shortened(value: unknown, limits: ReadLimits): unknown {
  return typeof value === 'string' ? cutCell(value, limits.cellLength).text : value
}
