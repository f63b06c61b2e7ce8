import { hash } from 'node:crypto'
import type { RowBatch } from '../../src/model/row-batch.js'

/** What a digest column may be the digest of, in UTF-8. */
export const DIGEST_FORMS = ['input', 'output', 'input + output', 'input + newline + output', 'input + space + output'] as const

/** By number of hexadecimal digits. */
const ALGORITHMS: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' }
/** The reader cuts longer cells, so what it gives of them is not what was hashed. */
const READER_LIMIT = 2 ** 20

export interface DeclaredDigest {
  readonly algorithm: string
  /** Lower-case hexadecimal. */
  readonly hex: string
}

/** A digest in hexadecimal, with or without its algorithm's name before a colon; null when the cell is something else. */
export function parseDigest(cell: string): DeclaredDigest | null {
  const [, hex] = /^\s*(?:(?:md5|sha-?1|sha-?256|sha-?512):)?([0-9a-f]{32,128})\s*$/i.exec(cell) ?? []
  const algorithm = hex === undefined ? undefined : ALGORITHMS[hex.length]
  return hex === undefined || algorithm === undefined ? null : { algorithm, hex: hex.toLowerCase() }
}

/** Content of an example in one of {@link DIGEST_FORMS}; null where the form does not apply or the cell was cut. */
export function digestContent(batch: RowBatch, i: number, form: number): string | null {
  const input = batch.input[i] ?? ''
  const output = batch.output?.[i] ?? null
  if (input.length >= READER_LIMIT || (output !== null && output.length >= READER_LIMIT)) return null
  if (form === 0) return input
  if (output === null) return null
  return [output, input + output, `${input}\n${output}`, `${input} ${output}`][form - 1] ?? null
}

/** Whether a declared digest is that of the content. */
export function digestMatches({ algorithm, hex }: DeclaredDigest, content: string): boolean {
  return hash(algorithm, content) === hex
}
