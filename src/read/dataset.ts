import { rm } from 'node:fs/promises'
import { CredenceError, toErrorRecord } from '../errors.js'
import type { ErrorRecord } from '../errors.js'
import { ROLES } from '../model/role.js'
import type { Role } from '../model/role.js'
import type { RowBatch } from '../model/row-batch.js'
import { profileColumn } from './column-profile.js'
import { digestsOf } from './digest.js'
import type { Digests } from './digest.js'
import { discoverFiles } from './discover.js'
import { toRowBatch } from './examples.js'
import type { ExampleSource } from './examples.js'
import type { ColumnSchema, FileSchema, PlannedUnit, RawBatch, ReadLog, SourceFile } from './format.js'
import { READERS } from './readers.js'
import { chooseRoles } from './roles.js'
import { schemaDifference } from './schema-difference.js'
import type { SchemaDifference } from './schema-difference.js'

/** Uncompressed bytes of a shard, about: at most so many that a batch's neighbours fit in memory beside it, … */
const MAX_SHARD_BYTES = 16 * 2 ** 20
/** … and no fewer than make opening the file worth it. Small data sets are cut small, so that every process has work. */
const MIN_SHARD_BYTES = 2 ** 19
const SHARDS_WANTED = 8
const SAMPLE_ROWS = 200
/** Files of different columns that are looked into. */
const SAMPLED_FILES = 16

export interface OpenOptions {
  /** Column names by role, as given on the command line. */
  readonly roles: Partial<Record<Role, string>>
  /** Only files of this split. */
  readonly split?: string
  readonly cwd?: string
  /** Null or absent: by the size of the data. */
  readonly shardBytes?: number | null
}

export interface DataFile extends SourceFile, Digests {
  /** Columns of the file, then its partitions. Empty where the file cannot be opened. */
  readonly schema: FileSchema
  /** Why the file cannot be read at all; it has no shards then. */
  readonly error: ErrorRecord | null
}

/** A part of a file that can be read alone. */
export interface Shard {
  /** Index into the data set's shards. */
  readonly id: number
  /** Index into the data set's files. */
  readonly file: number
  readonly planned: PlannedUnit
}

/** Files read as one table. Plain data: it survives structured clone, and says all that a child process needs. */
export interface DataSet extends ExampleSource {
  readonly files: readonly DataFile[]
  readonly shards: readonly Shard[]
  readonly schemaDifferences: readonly SchemaDifference[]
  /** A folder of ours to remove at the end, see {@link disposeDataSet}. */
  readonly temporary: string | null
}

/**
 * Finds the files, reads their schemas and first rows, chooses roles and plans shards.
 * A file that cannot be opened is kept with its error, as long as another one can.
 * @throws CredenceError `not-found`, `usage`, `unsupported`, `format`, `roles`, `no-rows` …, with the file's place
 */
export async function openDataSet(paths: readonly string[], options: OpenOptions): Promise<DataSet> {
  const { files: sources, temporary } = await discoverFiles(paths, options.cwd ?? process.cwd(), options.split ?? null)
  try {
    return await openFiles(sources, temporary, options)
  } catch (error) {
    if (temporary !== null) await removeFolder(temporary)
    throw error
  }
}

async function openFiles(sources: readonly SourceFile[], temporary: string | null, options: OpenOptions): Promise<DataSet> {
  const bytes = sources.reduce((total, source) => total + source.bytes, 0)
  const shardBytes = options.shardBytes ?? Math.min(Math.max(bytes / SHARDS_WANTED, MIN_SHARD_BYTES), MAX_SHARD_BYTES)
  const files: DataFile[] = []
  const shards: Shard[] = []
  for (const [index, source] of sources.entries()) {
    const { file, units } = await openFile(source, shardBytes)
    files.push(file)
    for (const planned of units) shards.push({ id: shards.length, file: index, planned })
  }
  const opened = files.flatMap((file, index) => (file.error === null ? [{ file, index }] : []))
  const [first] = opened
  if (!first) throw unreadable(files)
  if (shards.length === 0)
    throw new CredenceError('no-rows', `the data set is empty: ${files.map((file) => file.path).join(', ')}`)
  const schemaDifferences = opened.flatMap(
    ({ file, index }) => schemaDifference(index, first.file.schema.columns, file.schema.columns) ?? [],
  )
  const profiles = await profileColumns(files, shards)
  const plan = chooseRoles(profiles, options.roles)
  checkInput(files, plan)
  const messageColumns = profiles.filter((profile) => profile.chat !== null).map((profile) => profile.name)
  return { ...plan, files, shards, schemaDifferences, messageColumns, temporary }
}

async function openFile(source: SourceFile, shardBytes: number): Promise<{ file: DataFile; units: readonly PlannedUnit[] }> {
  const reader = READERS[source.format]
  try {
    const own = await reader.schema(source)
    // A partition key that is a column as well says the same twice; the column stands.
    const added = Object.entries(source.partitions).filter(([name]) => !own.columns.some((column) => column.name === name))
    const schema = { ...own, columns: [...own.columns, ...added.map(([name]): ColumnSchema => ({ name, type: 'string' }))] }
    const units = await reader.plan(source, shardBytes)
    return {
      file: { ...source, partitions: Object.fromEntries(added), ...(await digestsOf(source)), schema, error: null },
      units,
    }
  } catch (error) {
    const schema = { columns: [], declaredRows: null }
    return { file: { ...source, declaredSha256: null, actualSha256: null, schema, error: toErrorRecord(error) }, units: [] }
  }
}

function unreadable(files: readonly DataFile[]): CredenceError {
  const record = files[0]?.error ?? { code: 'no-rows', message: 'the data set has no files', suggestions: [], place: {} }
  const others = files.length > 1 ? ` (and none of the other ${files.length - 1} files can be read)` : ''
  return new CredenceError(record.code, record.message + others, { suggestions: record.suggestions, place: record.place })
}

/** Profiles of all columns, each from the first file that has it. */
async function profileColumns(files: readonly DataFile[], shards: readonly Shard[]) {
  const values = new Map<string, { schema: ColumnSchema; values: unknown[] }>()
  let sampled = 0
  for (const [index, file] of files.entries()) {
    const fresh = file.schema.columns.filter((column) => !values.get(column.name)?.values.some((value) => value != null))
    if (fresh.length === 0) continue
    const rows = sampled < SAMPLED_FILES ? await firstRows(files, shards, index, SAMPLE_ROWS) : null
    if (rows) sampled++
    for (const schema of fresh) {
      const known = values.get(schema.name)
      values.set(schema.name, { schema: known?.schema ?? schema, values: [...(rows?.columns[schema.name] ?? [])] })
    }
  }
  return [...values.values()].map(({ schema, values: sample }) => profileColumn(schema, sample))
}

/** The first rows of a file with all columns; null where it has none or they cannot be read: its shards will say so. */
export async function firstRows(
  files: readonly DataFile[],
  shards: readonly Shard[],
  index: number,
  count: number,
): Promise<RawBatch | null> {
  const file = files[index]
  const shard = shards.find((candidate) => candidate.file === index)
  if (!file || !shard) return null
  const names = file.schema.columns.map((column) => column.name)
  const batches = readRaw(file, shard.planned, names, count, { skipped: 0, truncated: 0, errors: [] })
  try {
    const first = await batches.next()
    return first.done ? null : first.value
  } catch (error) {
    if (error instanceof CredenceError) return null
    throw error
  } finally {
    await batches.return(undefined)
  }
}

/** The reader's batches, with partitions as columns and columns that the file lacks left out. */
async function* readRaw(
  file: DataFile,
  planned: PlannedUnit,
  names: readonly string[],
  batchRows: number,
  log: ReadLog,
): AsyncGenerator<RawBatch> {
  const reader = READERS[file.format]
  const partitions = Object.entries(file.partitions).filter(([name]) => names.includes(name))
  const has = new Set(file.schema.columns.map((column) => column.name))
  // JSON rows may have keys that the first rows, and so the schema, did not.
  const open = file.format === 'jsonl' || file.format === 'json'
  const physical = names.filter((name) => (open || has.has(name)) && !(name in file.partitions))
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

/** Every file must have the column that its examples begin with. */
function checkInput(files: readonly DataFile[], plan: { readonly sources: DataSet['sources'] }): void {
  const [input] = plan.sources.text ?? plan.sources.prompt ?? plan.sources.chosen ?? []
  for (const file of files) {
    if (file.error !== null || input === undefined || file.schema.columns.some((column) => column.name === input)) continue
    const list = file.schema.columns.map((column) => JSON.stringify(column.name)).join(', ')
    throw new CredenceError(
      'roles',
      `${file.path} has no column ${JSON.stringify(input)}, which other files have. Its columns are: ${list}`,
      {
        place: { file: file.path, column: input },
        suggestions: ['scan files of different columns one by one'],
      },
    )
  }
}

/**
 * A shard's examples, with just the roles needed.
 * @param needed roles to fill; those that the data set lacks are ignored
 * @param batchRows physical rows a batch at most; a chat row may give several examples
 * @param log filled in as it goes
 */
export async function* readShard(
  dataset: DataSet,
  shard: Shard,
  needed: ReadonlySet<Role>,
  batchRows = 2048,
  log: ReadLog = { skipped: 0, truncated: 0, errors: [] },
): AsyncGenerator<RowBatch> {
  const file = dataset.files[shard.file]
  if (!file) throw new CredenceError('internal', `shard ${shard.id} is of file ${shard.file}, which is not there`)
  const names = new Set(ROLES.flatMap((role) => (needed.has(role) ? (dataset.sources[role] ?? []) : [])))
  for await (const raw of readRaw(file, shard.planned, [...names], batchRows, log)) {
    log.read = (log.read ?? 0) + raw.length
    yield toRowBatch(raw, shard.file, dataset, needed, log)
  }
}

/** The data set as scanners may know it (`DataSetInfo`). */
export function dataSetInfo(dataset: DataSet) {
  return {
    kind: dataset.kind,
    roles: dataset.roles.map((choice) => choice.role),
    rows: plannedRows(dataset.shards),
    files: dataset.files.map(({ path, split, schema, declaredSha256, actualSha256 }) => ({
      path,
      split,
      columns: schema.columns,
      declaredSha256,
      actualSha256,
    })),
  }
}

/** Rows that planning counted; null where a shard's format does not say. */
function plannedRows(shards: readonly Shard[]): number | null {
  let total = 0
  for (const { planned } of shards) {
    if (planned.rows === null) return null
    total += planned.rows
  }
  return total
}

/** Removes what was written for the data set: the copy of standard input. */
export async function disposeDataSet(dataset: DataSet): Promise<void> {
  if (dataset.temporary !== null) await removeFolder(dataset.temporary)
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
