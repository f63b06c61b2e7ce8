/** What was read, file by file, from what each shard's first trip told. */
import type { ShardReceipt } from './task.js'
import type { CredenceError, ErrorRecord } from '../errors.js'
import { toErrorRecord } from '../errors.js'
import type { FileReceipt } from '../model/report.js'
import type { DataSet } from '../read/dataset.js'

/** Errors kept a file; the counts say how many rows they cost. */
const MOST_ERRORS = 20

export function fileReceipts(
  dataset: DataSet,
  receipts: ReadonlyMap<number, ShardReceipt>,
  lost: ReadonlyMap<number, CredenceError>,
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
        errors.push({ ...toErrorRecord(cause), place: { ...cause.place, file: file.path } })
        skipped += shard.planned.rows ?? 0
      } else if (receipt !== undefined) {
        read += receipt.read
        skipped += receipt.skipped
        truncated += receipt.truncated
        errors.push(...receipt.errors)
      }
    }
    return {
      path: file.path,
      format: file.compression === 'none' ? file.format : `${file.format}+${file.compression}`,
      bytes: file.bytes,
      split: file.split,
      declared: file.schema.declaredRows,
      read,
      skipped,
      truncated,
      errors: errors.slice(0, MOST_ERRORS),
    }
  })
}

/** Reasons why these files were not looked at in full. */
export function incompleteFiles(files: readonly FileReceipt[]): string[] {
  return files.flatMap((file) => {
    const [first] = file.errors
    if (first !== undefined) {
      const rows = file.skipped > 0 ? `${file.skipped} rows were skipped` : 'not read in full'
      return [`${file.path}: ${rows}: ${first.message}`]
    }
    if (file.skipped > 0) return [`${file.path}: ${file.skipped} rows were skipped`]
    if (file.truncated > 0) return [`${file.path}: ${file.truncated} cells were cut at the limit`]
    if (file.declared !== null && file.declared !== file.read) {
      return [`${file.path}: ${file.read} rows were read, but it declares ${file.declared}`]
    }
    return []
  })
}
