import type { SchemaTree } from 'hyparquet'
import { CredenceError } from '../errors.js'
import { ByteFile } from './byte-file.js'
import type { FileSchema, FormatReader, PlannedUnit, RawBatch, ReadLog, SourceFile } from './format.js'
import { DEFAULT_READ_LIMITS, type ReadLimits } from '../model/read-limits.js'
import { openColumn } from './parquet-column.js'
import type { ColumnStream } from './parquet-column.js'
import { parquetError } from './parquet-error.js'
import { readParquetFooter } from './parquet-footer.js'
import type { ParquetFooter } from './parquet-footer.js'
import { parquetType } from './parquet-schema.js'
import { planUnits, rowNumbers } from './units.js'

/**
 * Parquet, page by page: of each column a page and a batch are in memory, whatever the size of a row group.
 * A unit is a range of physical rows; its row groups say where to look.
 */
export function createParquetReader(limits: ReadLimits): FormatReader {
  return {
    async schema(file) {
      return withFooter(file, (_, footer): FileSchema => ({
        columns: footer.columns.map((column) => ({ name: column.element.name, type: parquetType(column) })),
        declaredRows: footer.groupStarts.at(-1) ?? 0,
      }))
    },

    async plan(file, targetBytes): Promise<readonly PlannedUnit[]> {
      return withFooter(file, (_, footer) => {
        // Pages of list columns cannot be passed over unread, so only flat tables are cut inside a row group.
        const divisible = footer.columns.every(
          (column) => column.children.length === 0 && column.element.repetition_type !== 'REPEATED',
        )
        const groups = footer.rowGroups.map((group) => ({ rows: Number(group.num_rows), bytes: Number(group.total_byte_size) }))
        return planUnits('row-groups', groups, targetBytes, file.bytes * limits.unpackRatio, divisible)
      })
    },

    async *read(file, planned, columns, batchRows, log) {
      const bytes = new ByteFile(file)
      try {
        const footer = readParquetFooter(bytes, file)
        yield* readUnit(bytes, file, footer, planned, pickColumns(file, footer, columns), batchRows, limits.pageBytes, log)
      } finally {
        bytes.close()
      }
    },
  }
}

export const parquetReader: FormatReader = createParquetReader(DEFAULT_READ_LIMITS)

function withFooter<T>(file: SourceFile, use: (bytes: ByteFile, footer: ParquetFooter) => T): T {
  const bytes = new ByteFile(file)
  try {
    return use(bytes, readParquetFooter(bytes, file))
  } finally {
    bytes.close()
  }
}

function pickColumns(file: SourceFile, footer: ParquetFooter, names: readonly string[] | null): readonly SchemaTree[] {
  if (names === null) return footer.columns
  return names.map((name) => {
    const column = footer.columns.find((candidate) => candidate.element.name === name)
    if (!column) throw parquetError('internal', file, 'there is no such column', { column: name })
    return column
  })
}

function* readUnit(
  bytes: ByteFile,
  file: SourceFile,
  footer: ParquetFooter,
  planned: PlannedUnit,
  columns: readonly SchemaTree[],
  batchRows: number,
  maxPageBytes: number,
  log: ReadLog,
): Generator<RawBatch> {
  if (planned.unit.kind !== 'row-groups' || planned.rows === null) throw new CredenceError('internal', 'not a Parquet unit')
  const end = planned.firstRow + planned.rows
  for (let group = planned.unit.from; group < planned.unit.to; group++) {
    const groupStart = footer.groupStarts[group] ?? 0
    const groupEnd = footer.groupStarts[group + 1] ?? 0
    const from = Math.max(planned.firstRow, groupStart)
    const to = Math.min(end, groupEnd)
    if (from >= to) continue
    const streams = columns.map((column): [string, ColumnStream] => [
      column.element.name,
      openColumn(bytes, file, footer, group, column, maxPageBytes, log),
    ])
    for (const [, stream] of streams) stream.skip(from - groupStart)
    for (let row = from; row < to; row += batchRows) {
      const length = Math.min(batchRows, to - row)
      yield {
        length,
        rows: rowNumbers(row, length),
        columns: Object.fromEntries(streams.map(([name, stream]) => [name, stream.take(length)])),
      }
    }
    if (to === groupEnd) for (const [, stream] of streams) stream.finish()
  }
}
