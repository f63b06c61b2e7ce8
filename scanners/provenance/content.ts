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

/** Hash of the input up to case, white space and punctuation; of its punctuation where it has nothing else. */
export function wordsHash(batch: RowBatch, i: number): number | null {
  const text = batch.input[i] ?? ''
  const hashed = hashPlain(BEYOND_ASCII.test(text) ? text.replace(/[\p{P}\p{S}\s]+/gu, ' ').toLowerCase() : text, BETWEEN_WORDS)
  return hashed === EMPTY ? inputHash(batch, i) : hashed
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
  return hashPlain(BEYOND_ASCII.test(text) ? text.replace(/\s+/g, ' ').toLowerCase() : text, WHITE_SPACE)
}

const BEYOND_ASCII = /[^\u0000-\u007f]/

/** By ASCII character: what it counts as. Lower case of letters, 0 for a space between words. */
type Folding = Uint16Array

function folding(isGap: (character: string) => boolean): Folding {
  return Uint16Array.from({ length: 128 }, (_, unit) => {
    const character = String.fromCharCode(unit)
    return isGap(character) ? 0 : unit === 0 ? 128 : character.toLowerCase().charCodeAt(0)
  })
}

const WHITE_SPACE = folding((character) => character === ' ' || (character >= '\t' && character <= '\r'))
const BETWEEN_WORDS = folding((character) => !/[a-z\d]/i.test(character))

/** Two FNV-1a sums, the second stirred by its own high bits so that the two do not collide together. */
function hashPlain(text: string, fold: Folding): number {
  let a = 0x811c9dc5 | 0
  let b = 0x5bd1e995 | 0
  let gap = false
  let begun = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const folded = unit < 128 ? fold[unit]! : unit
    if (folded === 0) {
      gap = begun
      continue
    }
    if (gap) {
      a = Math.imul(a ^ 32, 0x01000193)
      b = Math.imul(b ^ 32 ^ (b >>> 15), 0x01000193)
      gap = false
    }
    begun = true
    a = Math.imul(a ^ folded, 0x01000193)
    b = Math.imul(b ^ folded ^ (b >>> 15), 0x01000193)
  }
  return begun ? mix32(a) * 0x200000 + (mix32(b) >>> 11) : EMPTY
}
