/** The lock's files: read without trust, written whole or not at all. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { lockSchema, rootOf, ROWS_FILE, type Lock } from './lock-file.js'
import type { Taken } from './take-lock.js'
import { asCredenceError, CredenceError } from '../errors.js'
import { KEPT_BYTES } from '../survey/rows.js'

const MOST_BYTES = 512 * 2 ** 20
const HOW = 'write one with: credence lock PATH'

/** @throws CredenceError `usage` where there is a lock that must not be overwritten */
export function refuseLock(path: string, force: boolean): void {
  if (force || !existsSync(path)) return
  throw new CredenceError('usage', `${path} exists already`, { suggestions: ['overwrite it with --force'] })
}

/** @param path of the lock; the digests of its rows go beside it. @throws CredenceError `io` */
export async function writeLock(path: string, { lock, rowDigests }: Taken): Promise<void> {
  try {
    await writeFileAtomic(join(dirname(path), lock.rowDigests.path), Buffer.from(rowDigests))
    await writeFileAtomic(path, `${JSON.stringify(lock, null, 2)}\n`)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}

/** @throws CredenceError `not-found`, `usage` for what is no lock or was edited, `limit`, `io` */
export async function readLock(path: string): Promise<Lock> {
  const bytes = await bounded(path, MOST_BYTES)
  if (bytes === null) throw new CredenceError('not-found', `${path} does not exist`, { suggestions: [HOW] })
  const parsed = lockSchema.safeParse(jsonOf(bytes))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the top'
    throw new CredenceError('usage', `${path} is no lock of this credence: at ${where}: ${issue?.message ?? ''}`, {
      suggestions: [HOW],
    })
  }
  const lock = parsed.data
  if (rootOf(lock.files) !== lock.root) throw new CredenceError('usage', `${path} was edited: its root is not that of its files`)
  return lock
}

/** @returns null where the file is not there, or not the lock's: rows are then not named */
export async function readRowDigests(lockPath: string, { rowDigests, rows }: Lock): Promise<Uint8Array | null> {
  // Of the lock's own folder, whatever path somebody has written into it.
  const bytes = await bounded(join(dirname(lockPath), ROWS_FILE), rows * KEPT_BYTES)
  if (bytes?.length !== rows * KEPT_BYTES) return null
  return createHash('sha256').update(bytes).digest('hex') === rowDigests.sha256 ? bytes : null
}

async function bounded(path: string, most: number): Promise<Buffer | null> {
  try {
    const { size } = await stat(path)
    if (size > most) throw new CredenceError('limit', `${path}: ${size} bytes are more than such a file has`)
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw asCredenceError(error, 'io', { file: path })
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
