import type { ErrorRecord } from '../errors.js'
import type { Digests } from './digest.js'
import type { FileSchema, PlannedUnit, RawBatch, ReadLog, SourceFile } from './format.js'
import type { ReadLimits } from '../model/read-limits.js'
import { readersWithin } from './readers.js'

/** A file of a data set, opened. Plain data. */
export interface DataFile extends SourceFile, Digests {
  /** Columns of the file, then its partitions. Empty where the file cannot be opened. */
  readonly schema: FileSchema
  /** Why the file cannot be read, in whole or, where it has shards all the same, in some column. */
  readonly error: ErrorRecord | null
}

/**
 * The reader's batches, with partitions as columns and columns that the file lacks left out.
 * @param names null for all columns
 */
export async function* readRaw(
  file: DataFile,
  planned: PlannedUnit,
  names: readonly string[] | null,
  batchRows: number,
  limits: ReadLimits,
  log: ReadLog,
): AsyncGenerator<RawBatch> {
  const reader = readersWithin(limits)[file.format]
  const partitions = Object.entries(file.partitions).filter(([name]) => names?.includes(name) ?? true)
  const has = new Set(file.schema.columns.map((column) => column.name))
  // JSON rows may have keys that the first rows, and so the schema, did not.
  const open = file.format === 'jsonl' || file.format === 'json'
  const physical = names?.filter((name) => (open || has.has(name)) && !Object.hasOwn(file.partitions, name)) ?? null
  for await (const batch of reader.read(file, planned, physical, batchRows, log)) {
    if (partitions.length === 0) yield batch
    else {
      const constant = partitions.map(([name, value]): [string, unknown[]] => [
        name,
        new Array<unknown>(batch.length).fill(value),
      ])
      yield { ...batch, columns: { ...batch.columns, ...Object.fromEntries(constant) } }
    }
  }
}
