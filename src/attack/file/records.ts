import type { Span } from './json-splice.js'

/** A text file as bytes with the records that are its rows; between them lies what is no row. */
export interface Records {
  readonly bytes: Buffer
  /** By physical row, ascending, in bytes; null where a row is too large to be read. */
  readonly spans: readonly Span[]
}

/** The text of one record. */
export function recordText({ bytes, spans }: Records, row: number): string {
  const span = spans[row]!
  return bytes.toString('utf8', span.start, span.end)
}

/** The bytes with some records replaced and all others as they are. */
export function replaceRecords({ bytes, spans }: Records, replaced: ReadonlyMap<number, string>): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (const row of [...replaced.keys()].sort((a, b) => a - b)) {
    const span = spans[row]!
    parts.push(bytes.subarray(at, span.start), Buffer.from(replaced.get(row)!, 'utf8'))
    at = span.end
  }
  parts.push(bytes.subarray(at))
  return Buffer.concat(parts)
}
