import { hash53, mix32 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'

/** Roles that say where a row is from or vouch for it. */
export const TRACED_ROLES = ['source', 'url', 'license', 'hash', 'id'] as const
export type TracedRole = (typeof TRACED_ROLES)[number]

/** The cell of a role; null where it is absent or blank. */
export function tracedCell(batch: RowBatch, role: TracedRole | 'label', i: number): string | null {
  const cell = batch.columns[role]?.[i] ?? null
  return cell === null || cell.trim() === '' ? null : cell
}

/** Hash of the input up to case and white space; null where there is none. */
export function inputHash(batch: RowBatch, i: number): number | null {
  const hashed = hashText(batch.input[i] ?? '')
  return hashed === EMPTY ? null : hashed
}

/** Hash of all that a model would be trained on in an example, but its label. */
export function contentHash(batch: RowBatch, i: number): number {
  return hash53(`${hashText(batch.input[i] ?? '')} ${hashText(batch.output?.[i] ?? '')}`)
}

/** Hash of an id within its split: splits often count from 0 each. Null where there is no id. */
export function idHash(batch: RowBatch, i: number, fileSplit: string | null): number | null {
  const id = tracedCell(batch, 'id', i)
  return id === null ? null : hash53(`${batch.columns.split?.[i] ?? fileSplit ?? ''}\u0000${id}`)
}

/** What a text without anything but white space hashes to. */
const EMPTY = -1

/** 53-bit hash of a text up to case and white space. ASCII is normalised as it is read; the rest by the language's own rules. */
function hashText(text: string): number {
  return hashPlain(BEYOND_ASCII.test(text) ? text.replace(/\s+/g, ' ').toLowerCase() : text)
}

const BEYOND_ASCII = /[^\u0000-\u007f]/

/** Two FNV-1a sums, the second stirred by its own high bits so that the two do not collide together. */
function hashPlain(text: string): number {
  let a = 0x811c9dc5 | 0
  let b = 0x5bd1e995 | 0
  let gap = false
  let begun = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 32 || (unit >= 9 && unit <= 13)) {
      gap = begun
      continue
    }
    if (gap) {
      a = Math.imul(a ^ 32, 0x01000193)
      b = Math.imul(b ^ 32 ^ (b >>> 15), 0x01000193)
      gap = false
    }
    begun = true
    const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit
    a = Math.imul(a ^ lower, 0x01000193)
    b = Math.imul(b ^ lower ^ (b >>> 15), 0x01000193)
  }
  return begun ? mix32(a) * 0x200000 + (mix32(b) >>> 11) : EMPTY
}
