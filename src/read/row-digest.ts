import { createHash } from 'node:crypto'
import type { RowDigests } from '../model/row-batch.js'
import { canonicalText } from './cell.js'
import type { RawBatch } from './format.js'

const BYTES = 32

/**
 * SHA-256 of each row's cells: the columns that have a value, by name, each as the JSON texts of its name and of its canonical
 * text. The order of columns, the format of the file, and whether a missing cell is null or absent make no difference.
 */
export function rowDigests({ length, rows, columns }: RawBatch): RowDigests {
  const named = Object.keys(columns)
    .sort()
    .map((name) => [JSON.stringify(name), columns[name]!] as const)
  const bytes = new Uint8Array(length * BYTES)
  for (let i = 0; i < length; i++) {
    const hash = createHash('sha256')
    for (const [name, cells] of named) {
      const text = canonicalText(cells[i])
      if (text !== '') hash.update(`${name}:${JSON.stringify(text)}\n`)
    }
    bytes.set(hash.digest(), i * BYTES)
  }
  return { rows, bytes }
}
