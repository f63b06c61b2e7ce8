/** Rows of two states of a data set, matched by content: each row of the one with at most one of the other. */
import { longestIncreasing } from '../math/longest-increasing.js'
import type { RowChanges } from '../model/report.js'
import { KEPT_BYTES, type FileRows } from '../survey/rows.js'

export const ADDED = 1
export const CHANGED = 2

/** What rows are matched by. */
export interface MatchedBy {
  readonly files: readonly Pick<FileRows, 'rows' | 'digests' | 'keys'>[]
}

export interface Matched {
  readonly rows: RowChanges
  /** For each file of the head and each of its rows, by index into `FileRows`: 0 as before, {@link ADDED} or {@link CHANGED}. */
  readonly contributed: readonly Uint8Array[]
  /** Of each row of the head, counted through all files: that of the base, or −1. */
  readonly partner: Int32Array
  /** Of each row of the head, counted so: 1 where it is out of the order in which most rows were. */
  readonly moved: Uint8Array
}

/**
 * Equal rows are matched first, in order, as often as they occur; then rows that have the same id, or the same input where
 * there is none: a row whose label or answer was corrected has changed, and is not another one.
 */
export function matchRows(base: MatchedBy, head: MatchedBy): Matched {
  const [before, after] = [flat(base.files), flat(head.files)]
  const partner = new Int32Array(after.count).fill(-1)
  const used = new Uint8Array(before.count)
  pair(before, after, 'digests', partner, used)
  const inOrder = [...partner.keys()].filter((i) => partner[i]! >= 0)
  const stays = longestIncreasing(inOrder.map((i) => partner[i]!))
  const moved = new Uint8Array(after.count)
  inOrder.forEach((i, k) => (moved[i] = 1 - stays[k]!))
  pair(before, after, 'keys', partner, used)
  const matched = partner.reduce((sum, at) => sum + (at >= 0 ? 1 : 0), 0)
  const unchanged = inOrder.length
  const contributed = head.files.map(({ rows }) => new Uint8Array(rows.length))
  for (let i = 0; i < after.count; i++) {
    const same = partner[i]! >= 0 && equal(before.digests, partner[i]!, after.digests, i)
    if (!same) contributed[after.file[i]!]![i - after.start[after.file[i]!]!] = partner[i]! < 0 ? ADDED : CHANGED
  }
  return {
    rows: {
      base: before.count,
      head: after.count,
      unchanged,
      moved: moved.reduce((sum, is) => sum + is, 0),
      added: after.count - matched,
      changed: matched - unchanged,
      removed: before.count - matched,
    },
    contributed,
    partner,
    moved,
  }
}

interface Flat {
  readonly count: number
  readonly digests: Uint8Array
  readonly keys: Uint8Array
  /** Of each row. */
  readonly file: Uint32Array
  /** Of each file: its first row. */
  readonly start: readonly number[]
}

function flat(files: MatchedBy['files']): Flat {
  const count = files.reduce((sum, { rows }) => sum + rows.length, 0)
  const all = {
    digests: new Uint8Array(count * KEPT_BYTES),
    keys: new Uint8Array(count * KEPT_BYTES),
    file: new Uint32Array(count),
  }
  const start: number[] = []
  let at = 0
  for (const [index, { rows, digests, keys }] of files.entries()) {
    start.push(at)
    all.digests.set(digests, at * KEPT_BYTES)
    all.keys.set(keys, at * KEPT_BYTES)
    all.file.fill(index, at, at + rows.length)
    at += rows.length
  }
  return { count, ...all, start }
}

/** Gives every row of `after` that has no partner the first row of `before` with the same bytes that is not used. */
function pair(before: Flat, after: Flat, by: 'digests' | 'keys', partner: Int32Array, used: Uint8Array): void {
  const bytes = before[by]
  const table = new Groups(bytes, before.count)
  for (let i = before.count - 1; i >= 0; i--) if (used[i] === 0 && !isZero(bytes, i)) table.addFirst(i)
  for (let i = 0; i < after.count; i++) {
    if (partner[i]! >= 0 || isZero(after[by], i)) continue
    const found = table.takeFirst(after[by], i)
    if (found < 0) continue
    partner[i] = found
    used[found] = 1
  }
}

/** Rows by their bytes: an open-addressing table of lists, in typed arrays, for tens of millions of rows. */
class Groups {
  /** First row of each list, −1 where it is used up, −2 where there is none. */
  private readonly first: Int32Array
  /** A row that has the list's bytes. */
  private readonly witness: Int32Array
  private readonly next: Int32Array
  private readonly mask: number

  constructor(
    private readonly bytes: Uint8Array,
    count: number,
  ) {
    const slots = 2 ** Math.ceil(Math.log2(2 * count + 2))
    this.first = new Int32Array(slots).fill(-2)
    this.witness = new Int32Array(slots)
    this.next = new Int32Array(count)
    this.mask = slots - 1
  }

  addFirst(row: number): void {
    const slot = this.slotOf(this.bytes, row)
    this.next[row] = this.first[slot] === -2 ? -1 : this.first[slot]!
    this.first[slot] = row
    this.witness[slot] = row
  }

  takeFirst(bytes: Uint8Array, row: number): number {
    const slot = this.slotOf(bytes, row)
    const found = this.first[slot]!
    if (found < 0) return -1
    this.first[slot] = this.next[found]!
    return found
  }

  private slotOf(bytes: Uint8Array, row: number): number {
    const at = row * KEPT_BYTES
    let slot = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) & this.mask
    while (this.first[slot] !== -2 && !equal(this.bytes, this.witness[slot]!, bytes, row)) slot = (slot + 1) & this.mask
    return slot
  }
}

function equal(a: Uint8Array, i: number, b: Uint8Array, j: number): boolean {
  for (let k = 0; k < KEPT_BYTES; k++) if (a[i * KEPT_BYTES + k] !== b[j * KEPT_BYTES + k]) return false
  return true
}

function isZero(bytes: Uint8Array, row: number): boolean {
  for (let k = 0; k < KEPT_BYTES; k++) if (bytes[row * KEPT_BYTES + k] !== 0) return false
  return true
}
