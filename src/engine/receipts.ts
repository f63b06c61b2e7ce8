/** What was read, file by file, from what each shard's first trip told. */
import type { ShardReceipt } from './task.js'
import type { ErrorRecord } from '../errors.js'
import type { FileReceipt, Gap } from '../model/report.js'
import type { DataSet } from '../read/dataset.js'
import type { FileDigest } from '../read/input-digests.js'

/** Errors kept a file; the counts say how many rows they cost. */
const MOST_ERRORS = 20

export function fileReceipts(
  dataset: DataSet,
  receipts: ReadonlyMap<number, ShardReceipt>,
  lost: ReadonlyMap<number, ErrorRecord>,
  digests: readonly FileDigest[],
): FileReceipt[] {
  return dataset.files.map((file, index) => {
    const shards = dataset.shards.filter((shard) => shard.file === index)
    const errors: ErrorRecord[] = file.error === null ? [] : [file.error]
    let read = 0
    let skipped = 0
    let truncated = 0
    for (const shard of shards) {
      const receipt = receipts.get(shard.id)
      const cause = lost.get(shard.id)
      if (cause !== undefined) {
        errors.push({ ...cause, place: { ...cause.place, file: file.path } })
        skipped += shard.planned.rows ?? 0
      } else if (receipt !== undefined) {
        read += receipt.read
        skipped += receipt.skipped
        truncated += receipt.truncated
        errors.push(...receipt.errors)
      }
    }
    const digest = digests[index] ?? null
    const sha256 = digest !== null && 'sha256' in digest ? digest.sha256 : undefined
    // What was read of it may be of no file at all: that is said first.
    if (digest !== null && 'error' in digest && file.error === null) errors.unshift(digest.error)
    return {
      path: file.path,
      format: file.compression === 'none' ? file.format : `${file.format}+${file.compression}`,
      bytes: file.bytes,
      ...(sha256 === undefined ? {} : { sha256 }),
      split: file.split,
      declared: file.schema.declaredRows,
      read,
      skipped,
      truncated,
      errors: errors.slice(0, MOST_ERRORS),
    }
  })
}

/** One reason why a scan is incomplete. */
export interface Shortfall {
  readonly gap: Gap
  readonly text: string
}

/** Why these files were not looked at in full: of each file every kind of reason, since one may be allowed and another not. */
export function shortfalls(files: readonly FileReceipt[]): Shortfall[] {
  return files.flatMap(({ path, errors, skipped, truncated, declared, read }) => {
    const [first] = errors
    const found: Shortfall[] = []
    if (first !== undefined) {
      const intact = errors.every(({ code }) => code === 'integrity')
      const rows = skipped > 0 ? `${skipped} rows were skipped` : intact ? 'read, but altered' : 'not read in full'
      found.push({ gap: 'errors', text: `${path}: ${rows}: ${first.message}` })
    } else if (skipped > 0) found.push({ gap: 'skipped', text: `${path}: ${skipped} rows were skipped` })
    if (truncated > 0) found.push({ gap: 'cut', text: `${path}: ${truncated} cells were cut at the limit` })
    // Rows that are missing for a known reason are told once.
    if (found.length === 0 && declared !== null && declared !== read) {
      found.push({ gap: 'counts', text: `${path}: ${read} rows were read, but it declares ${declared}` })
    }
    return found
  })
}
