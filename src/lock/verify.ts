/** What has become of a locked data set: file by file, block by block, row by row. */
import { BLOCK_ROWS, type Lock, type LockedFile } from './lock-file.js'
import { rowChanges, type NamedRows, type RowComparison } from './row-changes.js'
import { findFiles, readRows, type FoundFile, type Snapshot, type SnapshotFile, type SnapshotRequest } from './snapshot.js'
import { blocksOf, rowsRootOf, shortened } from './take-lock.js'
import { asCredenceError, type CredenceError } from '../errors.js'
import { KEPT_BYTES } from '../survey/rows.js'

/**
 * `same`: to the byte. `rewritten`: other bytes, the same rows in the same order. `changed`: other rows. `unread`: other bytes
 * that could not be read.
 */
export type FileState = 'same' | 'rewritten' | 'changed' | 'unread' | 'missing' | 'new'

export interface FileVerdict {
  readonly path: string
  readonly state: FileState
  /** First rows of the blocks that differ, of a changed file. */
  readonly blocks: readonly number[]
}

export interface Verification {
  /** Every byte of every file is that of the lock, and there are no others. */
  readonly isSame: boolean
  /** All rows are, in the same order, whatever the files. */
  readonly isSameRows: boolean
  readonly files: readonly FileVerdict[]
  /** Which rows differ; null where none do, or where the lock or the files do not say. */
  readonly rows: RowComparison | null
  /** Why the rows could not be compared. */
  readonly unread: CredenceError | null
}

/** Changed rows that are named. */
const MOST_CHANGES = 1000

/**
 * @param rowDigests as {@link takeLock} gave them; null where they are lost
 * @throws CredenceError `not-found`, `usage`, `io`: no data there at all
 */
export async function verify(lock: Lock, rowDigests: Uint8Array | null, request: SnapshotRequest): Promise<Verification> {
  const found = await findFiles(request)
  const locked = new Map(lock.files.map((file) => [file.path, file]))
  const isAsLocked = ({ path, bytes, sha256 }: FoundFile): boolean => {
    const known = locked.get(path)
    return known?.sha256 === sha256 && known.bytes === bytes
  }
  const there = new Set(found.map(({ path }) => path))
  const missing = lock.files.filter(({ path }) => !there.has(path))
  if (missing.length === 0 && found.every(isAsLocked)) {
    const files = found.map(({ path }): FileVerdict => ({ path, state: 'same', blocks: [] }))
    return { isSame: true, isSameRows: true, files, rows: null, unread: null }
  }
  const gone = missing.map(({ path }): FileVerdict => ({ path, state: 'missing', blocks: [] }))
  let snapshot: Snapshot
  try {
    snapshot = await readRows(request, found)
  } catch (error) {
    // A scan that somebody stopped says nothing of the files.
    request.signal?.throwIfAborted()
    const files = found.map((file): FileVerdict => {
      const state = isAsLocked(file) ? 'same' : locked.has(file.path) ? 'unread' : 'new'
      return { path: file.path, state, blocks: [] }
    })
    return { isSame: false, isSameRows: false, files: [...files, ...gone], rows: null, unread: asCredenceError(error, 'format') }
  }
  const isSameRows = rowsRootOf(snapshot.files) === lock.rowsRoot
  const files = snapshot.files.map((file): FileVerdict => {
    const known = locked.get(file.path)
    if (known === undefined) return { path: file.path, state: 'new', blocks: [] }
    if (isAsLocked(file)) return { path: file.path, state: 'same', blocks: [] }
    const blocks = differingBlocks(known, file)
    return { path: file.path, state: blocks.length === 0 ? 'rewritten' : 'changed', blocks }
  })
  const rows =
    isSameRows || rowDigests === null ? null : rowChanges(namedIn(lock, rowDigests), snapshot.files.map(named), MOST_CHANGES)
  return { isSame: false, isSameRows, files: [...files, ...gone], rows, unread: null }
}

function differingBlocks({ blocks }: LockedFile, { content }: SnapshotFile): number[] {
  const now = blocksOf(content.bytes)
  return Array.from({ length: Math.max(blocks.length, now.length) }, (_, i) => i)
    .filter((i) => blocks[i] !== now[i])
    .map((i) => i * BLOCK_ROWS)
}

function named({ path, content }: SnapshotFile): NamedRows {
  return { path, rows: content.rows, digests: shortened(content.bytes) }
}

function namedIn({ files }: Lock, rowDigests: Uint8Array): NamedRows[] {
  let at = 0
  return files.map(({ path, rows }) => {
    const digests = rowDigests.subarray(at, (at += rows * KEPT_BYTES))
    return { path, rows: Float64Array.from({ length: rows }, (_, row) => row), digests }
  })
}
