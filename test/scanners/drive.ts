import { deserialize, serialize } from 'node:v8'
import type { DataKind, Role } from '../../src/model/role.js'
import type { Embedding, RowBatch } from '../../src/model/row-batch.js'
import type { AnyPass, DataSetInfo, PassContext, ScannerDefinition, ScanResult } from '../../src/scanner.js'

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
  /** Vectors of texts, as the engine asks for them. Without it, each row's own `vector`. */
  readonly embed?: (texts: readonly string[]) => Embedding
  /** Where to cut the rows into shards. One shard when absent. */
  readonly cuts?: readonly number[]
  /** Most rows of a batch. A shard's rows of a file are one batch when absent. */
  readonly batchRows?: number
  /** Puts the shards' states in the order in which they are merged. */
  readonly shuffle?: (states: unknown[]) => unknown[]
  /** Called with each pass and the states of its shards, before they are merged; it must not change them. */
  readonly onStates?: (pass: AnyPass, states: readonly unknown[], input: unknown, context: PassContext) => void
}

/** Runs a scanner as the engine does: states and models cross a process boundary at every step, shards merge in any order. */
export function drive(scanner: ScannerDefinition, rows: readonly ExampleRow[], settings: DriveOptions = {}): ScanResult {
  const placed = rows.map((row, i) => ({ file: 0, row: i, turn: 0, ...row }))
  const data = dataSetOf(placed, settings.data)
  const context: PassContext = { data, seed: settings.seed ?? 0, alpha: 0.01, embeddingDim: settings.dim ?? 0 }
  const bounds = [0, ...[...(settings.cuts ?? [])].sort((a, b) => a - b), placed.length]
  const shards = bounds.slice(1).map((end, i) => placed.slice(bounds[i], end))
  let result: unknown = null
  for (const pass of scanner.passes(scanner.options.parse(settings.options ?? {}), data)) {
    const input = copy(result)
    const states = shards.map((shard) => observed(pass, shard, input, context, settings))
    settings.onStates?.(pass, states, input, context)
    const merged = (settings.shuffle?.(states) ?? states).reduce<unknown>(
      (into, from) => copy(pass.merge(into, from)),
      pass.init(input, context),
    )
    result = pass.finish(merged, input, context)
  }
  return result as ScanResult
}

function observed(
  pass: AnyPass,
  shard: readonly Placed[],
  input: unknown,
  context: PassContext,
  settings: DriveOptions,
): unknown {
  let state: unknown = pass.init(input, context)
  for (const part of byFile(shard).flatMap((rows) => inBatches(rows, settings.batchRows ?? Infinity))) {
    const batch = batchOf(part, context.data.roles)
    pass.observe(state, batch, vectorsFor(pass, part, batch, input, context, settings), input, context)
    state = copy(state)
  }
  return state
}

function vectorsFor(
  pass: AnyPass,
  rows: readonly Placed[],
  batch: RowBatch,
  input: unknown,
  context: PassContext,
  { embed }: DriveOptions,
): Embedding | null {
  if (embed === undefined) return embeddingOf(rows, context.embeddingDim)
  if (!pass.needs.includes('embedding')) return null
  return embed(pass.request?.(input, batch, context)?.texts ?? batch.input.map((text) => text ?? ''))
}

/** What crossing a process boundary leaves of a value. */
export function copy<T>(value: T): T {
  return deserialize(serialize(value)) as T
}

type Placed = Required<Omit<ExampleRow, 'vector'>> & Pick<ExampleRow, 'vector'>

function dataSetOf(rows: readonly Placed[], given: Partial<DataSetInfo> = {}): DataSetInfo {
  const roles = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells) as Role[]))]
  const count = Math.max(1, ...rows.map(({ file }) => file + 1))
  const files = Array.from({ length: count }, (_, i) => ({
    path: `part-${i}.jsonl`,
    split: null,
    columns: roles.map((name) => ({ name, type: 'string' })),
    declaredSha256: null,
    actualSha256: null,
  }))
  return { kind: kindOf(roles), roles, rows: rows.length, files, ...given }
}

function kindOf(roles: readonly Role[]): DataKind {
  if (roles.includes('chosen')) return 'preference'
  if (roles.includes('response')) return 'instruction'
  return roles.includes('label') ? 'classification' : 'documents'
}

function byFile(rows: readonly Placed[]): Placed[][] {
  return [...new Set(rows.map(({ file }) => file))].map((file) => rows.filter((row) => row.file === file))
}

function inBatches(rows: readonly Placed[], size: number): Placed[][] {
  const parts: Placed[][] = []
  for (let at = 0; at < rows.length; at += Math.min(size, rows.length)) parts.push(rows.slice(at, at + size))
  return parts
}

function batchOf(rows: readonly Placed[], roles: readonly Role[]): RowBatch {
  const cell = (role: Role) => rows.map(({ cells }) => cells[role] ?? null)
  const has = (role: Role): boolean => roles.includes(role)
  return {
    file: rows[0]?.file ?? 0,
    length: rows.length,
    rows: Float64Array.from(rows, ({ row }) => row),
    turns: Uint16Array.from(rows, ({ turn }) => turn),
    columns: Object.fromEntries(roles.map((role) => [role, cell(role)])),
    input: cell(has('text') ? 'text' : has('prompt') ? 'prompt' : 'chosen'),
    output: has('response') ? cell('response') : has('chosen') && has('prompt') ? cell('chosen') : null,
  }
}

function embeddingOf(rows: readonly Placed[], dim: number): Embedding | null {
  if (dim === 0) return null
  return { dim, vectors: Float32Array.from(rows.flatMap(({ vector }) => vector ?? new Array<number>(dim).fill(0))) }
}
