import { createHash } from 'node:crypto'
import { SHA256_BYTES as BYTES, sha256Into } from '../math/sha256.js'
import type { RowDigests } from '../model/row-batch.js'
import { canonicalText } from './cell.js'
import type { RawBatch } from './format.js'

/** UTF-16 units of a row that are joined to one text: it is hashed in one call then, and of longer ones there could be too many. */
const MOST_UNITS = 2 ** 20

/**
 * SHA-256 of each row's cells: the columns that have a value, by name, each as the JSON texts of its name and of its canonical
 * text. The order of columns, the format of the file, and whether a missing cell is null or absent make no difference.
 */
export function rowDigests({ length, rows, columns }: RawBatch): RowDigests {
  const named = Object.keys(columns)
    .sort()
    .map((name) => [`${JSON.stringify(name)}:`, columns[name]!] as const)
  const bytes = Buffer.alloc(length * BYTES)
  const parts: string[] = []
  for (let i = 0; i < length; i++) {
    parts.length = 0
    let units = 0
    for (const [name, cells] of named) {
      const text = canonicalText(cells[i])
      if (text === '') continue
      const part = `${name}${JSON.stringify(text)}\n`
      parts.push(part)
      units += part.length
    }
    if (units <= MOST_UNITS) sha256Into(parts.join(''), bytes, i * BYTES)
    else bytes.set(parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(), i * BYTES)
  }
  return { rows, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) }
}
