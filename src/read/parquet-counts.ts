/** Whether a Parquet footer's counts agree with each other, column by column, before a page is read. */
import type { ColumnChunk, FileMetaData, RowGroup, SchemaElement, SchemaTree } from 'hyparquet'
import type { SourceFile } from './format.js'
import { parquetError } from './parquet-error.js'

/** Schemas nested deeper are refused: what assembles their values is recursive. */
const MAX_NESTING = 64

/** @throws CredenceError `limit` for a schema that is nested too deep; asked before anything walks it by recursion */
export function checkNesting(schema: readonly SchemaElement[], file: SourceFile): void {
  const open: number[] = []
  for (const element of schema) {
    if (open.length > MAX_NESTING) throw parquetError('limit', file, `its schema is nested more than ${MAX_NESTING} levels deep`)
    open.push(element.num_children ?? 0)
    while (open.at(-1) === 0) {
      open.pop()
      if (open.length > 0) open[open.length - 1] = (open.at(-1) ?? 0) - 1
    }
  }
}

/**
 * The physical row that each row group starts at, and one more: the number of rows.
 * @throws CredenceError `format` where the groups do not add up to the footer's rows
 */
export function rowStarts(metadata: FileMetaData, file: SourceFile): number[] {
  const starts = [0]
  let total = 0
  metadata.row_groups.forEach((group, rowGroup) => {
    const rows = Number(group.num_rows)
    if (!Number.isSafeInteger(rows) || rows < 0) throw parquetError('format', file, `it declares ${rows} rows`, { rowGroup })
    total += rows
    starts.push(total)
  })
  if (total !== Number(metadata.num_rows)) {
    throw parquetError('format', file, `the row groups add up to ${total} rows, the footer declares ${metadata.num_rows}`)
  }
  return starts
}

interface Leaf {
  readonly column: string
  readonly path: string
  readonly repeated: boolean
}

/**
 * Every leaf has one chunk in every row group, which declares a value for each row (at least one, where it is repeated):
 * also of columns that no scanner reads. Encrypted chunks are not looked into.
 * @throws CredenceError `format`
 */
export function checkChunks(columns: readonly SchemaTree[], groups: readonly RowGroup[], file: SourceFile): void {
  const leaves = columns.flatMap((column) => leavesOf(column, column.element.name, false))
  groups.forEach((group, rowGroup) => {
    const chunks = new Map(group.columns.map((chunk) => [pathOf(chunk), chunk]))
    const encrypted = group.columns.some((chunk) => chunk.crypto_metadata ?? chunk.encrypted_column_metadata)
    if (group.columns.length !== leaves.length) {
      throw parquetError('format', file, `it has ${group.columns.length} column chunks, the schema has ${leaves.length}`, {
        rowGroup,
      })
    }
    for (const { column, path, repeated } of leaves) {
      const declared = chunks.get(path)?.meta_data?.num_values
      if (declared === undefined) {
        if (encrypted) continue
        throw parquetError('format', file, 'the row group has no such column chunk', { rowGroup, column })
      }
      const values = Number(declared)
      const rows = Number(group.num_rows)
      if (repeated ? values < rows : values !== rows) {
        throw parquetError('format', file, `the chunk declares ${values} values for the ${rows} rows of its group`, {
          rowGroup,
          column,
        })
      }
    }
  })
}

function pathOf({ meta_data: metadata }: ColumnChunk): string {
  return JSON.stringify(metadata?.path_in_schema ?? null)
}

function leavesOf(node: SchemaTree, column: string, repeatedAbove: boolean): Leaf[] {
  const repeated = repeatedAbove || node.element.repetition_type === 'REPEATED'
  if (node.children.length === 0) return [{ column, path: JSON.stringify(node.path), repeated }]
  return node.children.flatMap((child) => leavesOf(child, column, repeated))
}
