import { deserialize, serialize } from 'node:v8'
import type { Role } from '../../src/model/role.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import type { DataSetInfo, PassContext, ScannerDefinition, ScanResult } from '../../src/scanner.js'

/** One example as a test writes it. `file`, `row` and `turn` default to 0, the position in the list, and 0. */
export interface ExampleRow {
  readonly file?: number
  readonly row?: number
  readonly turn?: number
  readonly cells: Partial<Record<Role, string | null>>
  readonly vector?: readonly number[]
}

export interface DriveOptions {
  readonly data?: Partial<DataSetInfo>
  readonly options?: unknown
  readonly seed?: number
  readonly dim?: number
  /** Where to cut the rows into batches, each a shard of its own. One shard when absent. */
  readonly cuts?: readonly number[]
  /** Puts the shards' states in the order in which they are merged. */
  readonly shuffle?: (states: unknown[]) => unknown[]
}

/** Runs a scanner as the engine does: states and models cross a process boundary, shards merge in any order. */
export function drive(scanner: ScannerDefinition, rows: readonly ExampleRow[], settings: DriveOptions = {}): ScanResult {
  const placed = rows.map((row, i) => ({ file: 0, row: i, turn: 0, ...row }))
  const data = dataSetOf(placed, settings.data)
  const context: PassContext = { data, seed: settings.seed ?? 0, alpha: 0.01, embeddingDim: settings.dim ?? 0 }
  const bounds = [0, ...[...(settings.cuts ?? [])].sort((a, b) => a - b), placed.length]
  const shards = bounds.slice(1).map((end, i) => placed.slice(bounds[i], end))
  let result: unknown = null
  for (const pass of scanner.passes(scanner.options.parse(settings.options ?? {}), data)) {
    const input = copy(result)
    const states = shards.map((shard) => {
      const state: unknown = pass.init(input, context)
      for (const part of byFile(shard))
        pass.observe(state, batchOf(part, data.roles), embeddingOf(part, context.embeddingDim), input, context)
      return copy(state)
    })
    const merged = (settings.shuffle?.(states) ?? states).reduce<unknown>(
      (into, from) => pass.merge(into, from),
      pass.init(input, context),
    )
    result = pass.finish(copy(merged), input, context)
  }
  return result as ScanResult
}

function copy<T>(value: T): T {
  return deserialize(serialize(value)) as T
}

type Placed = Required<Omit<ExampleRow, 'vector'>> & Pick<ExampleRow, 'vector'>

function dataSetOf(rows: readonly Placed[], given: Partial<DataSetInfo> = {}): DataSetInfo {
  const roles = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells) as Role[]))]
  const kind = roles.includes('response') ? 'instruction' : roles.includes('label') ? 'classification' : 'documents'
  const count = Math.max(1, ...rows.map(({ file }) => file + 1))
  const files = Array.from({ length: count }, (_, i) => ({
    path: `part-${i}.jsonl`,
    split: null,
    columns: roles.map((name) => ({ name, type: 'string' })),
    declaredSha256: null,
    actualSha256: null,
  }))
  return { kind, roles, rows: rows.length, files, ...given }
}

function byFile(rows: readonly Placed[]): Placed[][] {
  return [...new Set(rows.map(({ file }) => file))].map((file) => rows.filter((row) => row.file === file))
}

function batchOf(rows: readonly Placed[], roles: readonly Role[]): RowBatch {
  const cell = (role: Role) => rows.map(({ cells }) => cells[role] ?? null)
  return {
    file: rows[0]?.file ?? 0,
    length: rows.length,
    rows: Float64Array.from(rows, ({ row }) => row),
    turns: Uint16Array.from(rows, ({ turn }) => turn),
    columns: Object.fromEntries(roles.map((role) => [role, cell(role)])),
    input: roles.includes('text') ? cell('text') : cell('prompt'),
    output: roles.includes('response') ? cell('response') : null,
  }
}

function embeddingOf(rows: readonly Placed[], dim: number): Embedding | null {
  if (dim === 0) return null
  return { dim, vectors: Float32Array.from(rows.flatMap(({ vector }) => vector ?? new Array<number>(dim).fill(0))) }
}
