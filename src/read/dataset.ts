import { rm } from 'node:fs/promises'
import { CredenceError, fromErrorRecord, toErrorRecord, type ErrorRecord } from '../errors.js'
import { ROLES } from '../model/role.js'
import type { Role } from '../model/role.js'
import type { RowBatch } from '../model/row-batch.js'
import { profileColumn, type ColumnProfile } from './column-profile.js'
import { readRaw, type DataFile } from './data-file.js'
import { discoverFiles } from './discover.js'
import { toRowBatch } from './examples.js'
import type { ExampleSource } from './examples.js'
import { openHere, type FileOpener } from './file-opener.js'
import type { PlannedUnit, ReadLog, SourceFile } from './format.js'
import { DEFAULT_READ_LIMITS, type ReadLimits } from '../model/read-limits.js'
import { chooseRoles, type RolePlan } from './roles.js'
import { holds, NO_ROWS, rowsAmong } from './row-choice.js'
import { rowDigests } from './row-digest.js'
import { schemaDifference } from './schema-difference.js'
import type { SchemaDifference } from './schema-difference.js'

/** Uncompressed bytes of a shard, about: at most so many that a batch's neighbours fit in memory beside it, … */
const MAX_SHARD_BYTES = 16 * 2 ** 20
/** … and no fewer than make opening the file worth it. Small data sets are cut small, so that every process has work. */
const MIN_SHARD_BYTES = 2 ** 19
const SHARDS_WANTED = 8
/** Files of different columns that are looked into. */
const SAMPLED_FILES = 16

export type { DataFile }

export interface OpenOptions {
  /** Column names by role, as given on the command line. */
  readonly roles: Partial<Record<Role, string>>
  /** Only files of this split. */
  readonly split?: string
  readonly cwd?: string
  /** Null or absent: by the size of the data. */
  readonly shardBytes?: number | null
  readonly limits?: ReadLimits
  /** Of each file, in their order, the rows to read, ascending; absent for all. */
  readonly only?: readonly Float64Array[]
  /** Whether `s3://` may be named; false where absent. */
  readonly remote?: boolean
  /** Who looks into the files; this process where absent. */
  readonly opener?: FileOpener
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
  /** Of each file, the rows that count as there, ascending; null for all. */
  readonly only: readonly Float64Array[] | null
  /** A folder of ours to remove at the end, see {@link disposeDataSet}. */
  readonly temporary: string | null
}

/**
 * Finds the files, reads their schemas and first rows, chooses roles and plans shards.
 * A file that cannot be opened is kept with its error, as long as another one can.
 * @throws CredenceError `not-found`, `usage`, `unsupported`, `format`, `roles`, `no-rows` …, with the file's place
 */
export async function openDataSet(paths: readonly string[], options: OpenOptions): Promise<DataSet> {
  const { cwd = process.cwd(), split = null, remote = false } = options
  const { files: sources, temporary } = await discoverFiles(paths, cwd, split, remote)
  try {
    return await openFiles(sources, temporary, options)
  } catch (error) {
    if (temporary !== null) await removeFolder(temporary)
    throw error
  }
}

async function openFiles(sources: readonly SourceFile[], temporary: string | null, options: OpenOptions): Promise<DataSet> {
  const { opener = openHere, limits = DEFAULT_READ_LIMITS, only = null } = options
  const bytes = sources.reduce((total, source) => total + source.bytes, 0)
  const shardBytes = options.shardBytes ?? Math.min(Math.max(bytes / SHARDS_WANTED, MIN_SHARD_BYTES), MAX_SHARD_BYTES)
  const files: DataFile[] = []
  const shards: Shard[] = []
  for (const [index, source] of sources.entries()) {
    const { file, units } = await opener.open(source, shardBytes, limits)
    // What a file declares is more than what is to be read of it.
    files.push(only === null ? file : { ...file, schema: { ...file.schema, declaredRows: null } })
    for (const planned of units) {
      if (only === null || holds(planned, only[index] ?? NO_ROWS)) shards.push({ id: shards.length, file: index, planned })
    }
  }
  const opened = files.flatMap((file, index) => (file.error === null ? [{ file, index }] : []))
  const [first] = opened
  if (!first) throw unreadable(files)
  if (shards.length === 0)
    throw new CredenceError('no-rows', `the data set is empty: ${files.map((file) => file.path).join(', ')}`, {
      place: { file: first.file.path },
    })
  const schemaDifferences = opened.flatMap(
    ({ file, index }) => schemaDifference(index, first.file.schema.columns, file.schema.columns) ?? [],
  )
  const samples = new Samples()
  await samples.take(opener, files, shards, limits)
  const plan = rolesFrom(samples, options.roles, first.file)
  checkInput(files, plan)
  const messageColumns = samples.profiles.filter((profile) => profile.chat !== null).map((profile) => profile.name)
  const damaged = files.map((file, index) => ({ ...file, error: file.error ?? samples.damage(index, plan) }))
  return { ...plan, files: damaged, shards, schemaDifferences, messageColumns, limits, only, temporary }
}

/** A column that cannot be read is why it was not recognised: that says more than what the others are not. */
function rolesFrom(samples: Samples, given: OpenOptions['roles'], first: DataFile): RolePlan {
  try {
    return chooseRoles(samples.profiles, given)
  } catch (error) {
    if (!(error instanceof CredenceError) || error.code !== 'roles') throw error
    const [damage] = samples.errors.values()
    if (damage !== undefined) throw damage
    throw new CredenceError('roles', `${first.path}: ${error.message}`, {
      suggestions: error.suggestions,
      place: { file: first.path, ...error.place },
    })
  }
}

function unreadable(files: readonly DataFile[]): CredenceError {
  const record = files[0]?.error ?? { code: 'no-rows', message: 'the data set has no files', suggestions: [], place: {} }
  const others = files.length > 1 ? ` (and none of the other ${files.length - 1} files can be read)` : ''
  return new CredenceError(record.code, record.message + others, { suggestions: record.suggestions, place: record.place })
}

/** The first rows of files, until every column has been seen with a value, or enough files have been looked into. */
class Samples {
  /** By file. */
  readonly errors = new Map<number, CredenceError>()
  readonly #profiles = new Map<string, ColumnProfile>()

  /** Of all columns, each from the first file that has values of it. */
  get profiles(): readonly ColumnProfile[] {
    return [...this.#profiles.values()]
  }

  async take(opener: FileOpener, files: readonly DataFile[], shards: readonly Shard[], limits: ReadLimits): Promise<void> {
    let sampled = 0
    for (const [index, file] of files.entries()) {
      const fresh = file.schema.columns.filter(({ name }) => (this.#profiles.get(name)?.count ?? 0) === 0)
      if (fresh.length === 0) continue
      const shard = sampled < SAMPLED_FILES ? shards.find((candidate) => candidate.file === index) : undefined
      const sample = shard ? await opener.sample(file, shard.planned, limits) : null
      if (sample) sampled++
      if (sample?.error) this.errors.set(index, fromErrorRecord(sample.error))
      const found = new Map(sample?.profiles?.map((profile) => [profile.name, profile]))
      for (const schema of fresh) {
        const profile = found.get(schema.name) ?? profileColumn(schema, [])
        if (profile.count > 0 || !this.#profiles.has(schema.name)) this.#profiles.set(schema.name, profile)
      }
    }
  }

  /** The error of a column that no shard will read; the others' shards speak for themselves. */
  damage(index: number, { sources }: RolePlan): ErrorRecord | null {
    const error = this.errors.get(index)
    const { column } = error?.place ?? {}
    if (error === undefined || column === undefined) return null
    return Object.values(sources).some((names) => names.includes(column)) ? null : toErrorRecord(error)
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
 * @param digests whether all columns are read, to identify rows by them
 */
export async function* readShard(
  dataset: DataSet,
  shard: Shard,
  needed: ReadonlySet<Role>,
  batchRows = 2048,
  log: ReadLog = { skipped: 0, truncated: 0, errors: [] },
  digests = false,
): AsyncGenerator<RowBatch> {
  const file = dataset.files[shard.file]
  if (!file) throw new CredenceError('internal', `shard ${shard.id} is of file ${shard.file}, which is not there`)
  const names = new Set(ROLES.flatMap((role) => (needed.has(role) ? (dataset.sources[role] ?? []) : [])))
  for await (const raw of readRaw(file, shard.planned, digests ? null : [...names], batchRows, dataset.limits, log)) {
    log.read = (log.read ?? 0) + raw.length
    const chosen = dataset.only === null ? raw : rowsAmong(raw, dataset.only[shard.file] ?? NO_ROWS)
    if (chosen.length === 0 && raw.length > 0) continue
    const batch = toRowBatch(chosen, shard.file, dataset, needed, log)
    yield digests ? { ...batch, digests: rowDigests(chosen) } : batch
  }
}

/** The data set as scanners may know it (`DataSetInfo`). */
export function dataSetInfo(dataset: DataSet) {
  return {
    kind: dataset.kind,
    roles: dataset.roles.map((choice) => choice.role),
    rows: dataset.only?.reduce((sum, rows) => sum + rows.length, 0) ?? plannedRows(dataset.shards),
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
