/** From a snapshot to the lock that says it, and the digests that name its rows. */
import { createHash } from 'node:crypto'
import { BLOCK_ROWS, MOST_NAMES, rootOf, ROWS_FILE, type Lock, type LockedFile, type LockedNames } from './lock-file.js'
import { merkleBlocks, merkleOverBlocks, merkleRoot } from './merkle.js'
import type { Snapshot, SnapshotFile } from './snapshot.js'
import type { ScannerDefinition } from '../scanner.js'
import type { NameCounts } from '../survey/origins.js'
import { DIGEST_BYTES } from '../survey/digests.js'
import { KEPT_BYTES } from '../survey/rows.js'
import { version } from '../version.js'

export interface Taken {
  readonly lock: Lock
  /** [rows × 16], in the order of the files. */
  readonly rowDigests: Uint8Array
}

export interface With {
  readonly scanners: readonly ScannerDefinition[]
  readonly encoder: NonNullable<Lock['encoder']>
  readonly lineage: readonly string[]
  readonly now: Date
}

export function takeLock({ kind, roles, files, origins }: Snapshot, { scanners, encoder, lineage, now }: With): Taken {
  const locked = files.map(lockedFile)
  const rowDigests = Buffer.concat(files.map(({ content }) => shortened(content.bytes)))
  const lock: Lock = {
    version: 1,
    tool: { name: 'credence', version },
    createdAt: now.toISOString(),
    root: rootOf(locked),
    // Of one file it is that file's.
    rowsRoot: locked.length === 1 ? locked[0]!.rowsRoot : rowsRootOf(files),
    rows: locked.reduce((sum, { rows }) => sum + rows, 0),
    kind,
    roles: [...roles],
    scanners: scanners.map(({ id, version }) => ({ id, version })),
    encoder,
    lineage: [...lineage],
    sources: namesOf(origins.source),
    hosts: namesOf(origins.host),
    licences: namesOf(origins.license),
    files: locked,
    rowDigests: {
      path: ROWS_FILE,
      bytes: rowDigests.length,
      sha256: createHash('sha256').update(rowDigests).digest('hex'),
    },
  }
  return { lock, rowDigests }
}

export function rowsRootOf(files: readonly SnapshotFile[]): string {
  return hex(merkleRoot(Buffer.concat(files.map(({ content }) => content.bytes))))
}

function namesOf(counts: NameCounts | undefined): LockedNames {
  if (counts === undefined) return null
  const { rows, without } = counts
  const sorted = [...(rows ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return {
    names: rows?.size ?? null,
    without,
    largest: sorted.slice(0, MOST_NAMES).map(([name, rows]) => ({ name, rows })),
  }
}

function lockedFile({ path, bytes, sha256, format, content }: SnapshotFile): LockedFile {
  const blocks = merkleBlocks(content.bytes, BLOCK_ROWS)
  return {
    path,
    bytes,
    sha256,
    format,
    rows: content.rows.length,
    columns: content.columns.map(({ name, type }) => ({ name, type })),
    rowsRoot: hex(merkleOverBlocks(blocks)),
    blocks: blocks.map(hex),
  }
}

/** Roots of the blocks of a file's rows. */
export function blocksOf(digests: Uint8Array): string[] {
  return merkleBlocks(digests, BLOCK_ROWS).map(hex)
}

/** The first half of each digest. */
export function shortened(digests: Uint8Array): Uint8Array {
  const count = digests.length / DIGEST_BYTES
  const short = new Uint8Array(count * KEPT_BYTES)
  for (let i = 0; i < count; i++) short.set(digests.subarray(i * DIGEST_BYTES, i * DIGEST_BYTES + KEPT_BYTES), i * KEPT_BYTES)
  return short
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
