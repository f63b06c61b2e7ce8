/** Which rows of a locked data set changed, by number. */
import { matchRows, type MatchedBy } from '../compare/match.js'
import type { RowChanges } from '../model/report.js'
import { KEPT_BYTES } from '../survey/rows.js'

/** Rows of one file, ascending, with [rows × 16] bytes of their digests. */
export interface NamedRows {
  readonly path: string
  readonly rows: Float64Array
  readonly digests: Uint8Array
}

export interface RowChange {
  readonly kind: 'changed' | 'added' | 'removed' | 'moved'
  /** Where the row is now; of a removed one, where it was. */
  readonly file: string
  readonly row: number
  /** Where it was, if elsewhere. */
  readonly from?: { readonly file: string; readonly row: number }
}

export interface RowComparison {
  readonly rows: RowChanges
  /** The first ones, in the order of files and rows; removed ones last. */
  readonly changes: readonly RowChange[]
}

/** @param most changes that are named */
export function rowChanges(locked: readonly NamedRows[], found: readonly NamedRows[], most: number): RowComparison {
  const [before, after] = [placesOf(locked), placesOf(found)]
  const { rows, partner, moved } = matchRows(withoutKeys(locked), withoutKeys(found))
  const used = new Uint8Array(before.count)
  for (const at of partner) if (at >= 0) used[at] = 1
  const edited = editsOf(partner, used, before, after)
  const changes: RowChange[] = []
  const tell = (change: RowChange): void => {
    if (changes.length < most) changes.push(change)
  }
  let changed = 0
  for (let i = 0; i < after.count; i++) {
    const was = edited[i]! >= 0 ? edited[i]! : partner[i]!
    const from = was < 0 ? undefined : before.at(was)
    const now = after.at(i)
    const isElsewhere = from !== undefined && (from.file !== now.file || from.row !== now.row)
    if (edited[i]! >= 0) {
      changed++
      tell({ kind: 'changed', ...now, ...(isElsewhere ? { from } : {}) })
    } else if (was < 0) tell({ kind: 'added', ...now })
    else if (moved[i] === 1 && isElsewhere) tell({ kind: 'moved', ...now, from })
  }
  for (let i = 0; i < before.count; i++) if (used[i] === 0) tell({ kind: 'removed', ...before.at(i) })
  return {
    rows: { ...rows, changed, added: rows.added - changed, removed: rows.removed - changed },
    changes,
  }
}

interface Places {
  readonly count: number
  at(index: number): { readonly file: string; readonly row: number }
  /** Index of the file that a row is in. */
  fileOf(index: number): number
}

function placesOf(files: readonly NamedRows[]): Places {
  const starts: number[] = []
  let count = 0
  for (const { rows } of files) {
    starts.push(count)
    count += rows.length
  }
  const fileOf = (index: number): number => starts.findLastIndex((start) => start <= index)
  return {
    count,
    fileOf,
    at: (index) => {
      const file = fileOf(index)
      return { file: files[file]!.path, row: files[file]!.rows[index - starts[file]!]! }
    },
  }
}

function withoutKeys(files: readonly NamedRows[]): MatchedBy {
  return { files: files.map(({ rows, digests }) => ({ rows, digests, keys: new Uint8Array(rows.length * KEPT_BYTES) })) }
}

/**
 * Rows that stand where another one stood: after the same row, in the file of the same place. Of each row of the new state, the
 * old one's index or −1; those of the old state are marked as used.
 */
function editsOf(partner: Int32Array, used: Uint8Array, before: Places, after: Places): Int32Array {
  const edited = new Int32Array(after.count).fill(-1)
  let last = -1
  for (let i = 0; i < after.count; i++) {
    if (partner[i]! >= 0) last = partner[i]!
    else if (last + 1 < before.count && used[last + 1] === 0 && before.fileOf(last + 1) === after.fileOf(i)) {
      edited[i] = ++last
      used[last] = 1
    }
  }
  return edited
}
