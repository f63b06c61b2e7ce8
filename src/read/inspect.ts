import type { ErrorRecord } from '../errors.js'
import type { RoleChoice } from '../model/report.js'
import type { DataKind } from '../model/role.js'
import { disposeDataSet, openDataSet } from './dataset.js'
import type { OpenOptions } from './dataset.js'
import { openHere } from './file-opener.js'
import type { ColumnSchema, Compression, FormatName } from './format.js'
import type { SchemaDifference } from './schema-difference.js'

export interface FileInspection {
  readonly path: string
  readonly format: FormatName
  readonly compression: Compression
  readonly bytes: number
  readonly split: string | null
  readonly columns: readonly ColumnSchema[]
  /** As the file declares, or as planning counted; null where neither knows. */
  readonly rows: number | null
  readonly shards: number
  readonly error: ErrorRecord | null
}

/** What `credence inspect` shows. Values are as the file has them: untrusted. */
export interface Inspection {
  readonly files: readonly FileInspection[]
  readonly kind: DataKind
  readonly roles: readonly RoleChoice[]
  readonly schemaDifferences: readonly SchemaDifference[]
  /** The first five rows of the first file that has any. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

const SHOWN_ROWS = 5

/** Opens a data set just far enough to describe it. Throws what `openDataSet` throws. */
export async function inspectDataSet(paths: readonly string[], options: OpenOptions): Promise<Inspection> {
  const dataset = await openDataSet(paths, options)
  try {
    const files = dataset.files.map((file, index): FileInspection => {
      const units = dataset.shards.filter((shard) => shard.file === index).map((shard) => shard.planned)
      const counted = units.reduce<number | null>(
        (total, unit) => (total === null || unit.rows === null ? null : total + unit.rows),
        0,
      )
      const { path, format, compression, bytes, split, error, schema } = file
      return {
        path,
        format,
        compression,
        bytes,
        split,
        columns: schema.columns,
        rows: schema.declaredRows ?? counted,
        shards: units.length,
        error,
      }
    })
    const { kind, roles, schemaDifferences } = dataset
    const [shard] = dataset.shards
    const file = shard === undefined ? undefined : dataset.files[shard.file]
    const opener = options.opener ?? openHere
    const rows = shard && file ? await opener.firstRows(file, shard.planned, SHOWN_ROWS, dataset.limits) : []
    return { files, kind, roles, schemaDifferences, rows }
  } finally {
    await disposeDataSet(dataset)
  }
}
