/** Records of lineage as files: read without trust, found beside the data that they speak of. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { contradiction, recordSchema, type LineageRecord } from './record.js'
import { asCredenceError, CredenceError } from '../errors.js'
import type { Lock } from '../lock/lock-file.js'
import { readLock } from '../lock/store.js'

/** Of a folder as a whole; that of a file is {@link recordOfFile}. */
export const FOLDER_RECORD = 'credence.lineage.json'
const LOCK = 'credence.lock.json'
const MOST_BYTES = 64 * 2 ** 20
/** Folders above a file that may speak of it. */
const MOST_FOLDERS = 8

export const recordOfFile = (file: string): string => `${file}.lineage.json`

export interface FoundRecord {
  readonly path: string
  readonly record: LineageRecord
  /** Of the record's bytes: what those made from it name. */
  readonly sha256: string
}

/** @throws CredenceError `not-found`, `usage` for what is no record or was edited, `limit`, `io` */
export async function readRecord(path: string): Promise<FoundRecord> {
  const bytes = await boundedBytes(path)
  let value: unknown = null
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    // Said below.
  }
  const parsed = recordSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the top'
    throw new CredenceError('usage', `${path} is no record of lineage: at ${where}: ${issue?.message ?? ''}`)
  }
  const wrong = contradiction(parsed.data)
  if (wrong !== null) throw new CredenceError('usage', `${path} was edited: ${wrong}`)
  return { path, record: parsed.data, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** @throws CredenceError `io` */
export async function writeRecord(path: string, record: LineageRecord): Promise<void> {
  try {
    await writeFileAtomic(path, `${JSON.stringify(record, null, 2)}\n`, { fsync: true })
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}

export interface FoundRecords {
  readonly records: readonly FoundRecord[]
  /** Why files that are named like records are none. */
  readonly faults: readonly string[]
}

/** The records that list any of the files, each once. @param files absolute */
export async function findRecords(files: readonly string[]): Promise<FoundRecords> {
  const wanted = new Set(files)
  const places = new Set(
    files.flatMap((file) => [recordOfFile(file), ...above(file).map((folder) => join(folder, FOLDER_RECORD))]),
  )
  const records: FoundRecord[] = []
  const faults: string[] = []
  for (const place of places) {
    if (!(await isFile(place))) continue
    try {
      const found = await readRecord(place)
      const folder = dirname(place)
      if (found.record.entity.files.some(({ path }) => wanted.has(resolve(folder, path)))) records.push(found)
    } catch (error) {
      faults.push(asCredenceError(error, 'io').message)
    }
  }
  return { records, faults }
}

export interface FoundLock {
  readonly path: string
  readonly lock: Lock
  /** Of its files, by absolute path. */
  readonly files: ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>
}

/** The nearest lock that lists all of the files. @param files absolute */
export async function findLock(files: readonly string[]): Promise<FoundLock | null> {
  const [first] = files
  for (const folder of first === undefined ? [] : above(first)) {
    const path = join(folder, LOCK)
    if (!(await isFile(path))) continue
    const lock = await readLock(path).catch(() => null)
    if (lock === null) continue
    const known = lockedFiles(path, lock)
    if (files.every((file) => known.has(file))) return { path, lock, files: known }
  }
  return null
}

export function lockedFiles(path: string, { files }: Lock): FoundLock['files'] {
  return new Map(files.map(({ path: inside, bytes, sha256 }) => [resolve(dirname(path), inside), { bytes, sha256 }]))
}

/** Whether a path names a record rather than data. */
export function isRecordName(path: string): boolean {
  return basename(path).endsWith('.lineage.json')
}

/** The folders that a file is in, nearest first. */
function above(file: string): string[] {
  const folders = [dirname(file)]
  while (folders.length < MOST_FOLDERS && dirname(folders.at(-1)!) !== folders.at(-1)) folders.push(dirname(folders.at(-1)!))
  return folders
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() === true
}

async function boundedBytes(path: string): Promise<Buffer> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new CredenceError('not-found', `${path} does not exist`)
  if (!found.isFile() || found.size > MOST_BYTES)
    throw new CredenceError('limit', `${path} is no record of lineage: too large, or no file`)
  try {
    return await readFile(path)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}
