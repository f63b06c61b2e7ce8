const LF = 10
const CR = 13
const QUOTE = 34

/**
 * Finds the ends of CSV records in bytes. A quote opens a quoted field only at the start of a field; elsewhere it is an
 * ordinary character, as pandas and Python's csv take it. LF, CR and CRLF end a record.
 */
export class CsvSplitter {
  /** End of the last record without its terminator. */
  end = 0
  /** Line ends inside the last record's quoted fields. */
  innerLines = 0
  readonly #delimiter: number
  #bytes: Buffer = Buffer.alloc(0)
  // The next of each at or after a place already passed; the length where there is none. Only ever moves on.
  #lf = -1
  #cr = -1
  #quote = -1

  /** @param delimiter one byte */
  constructor(delimiter: number) {
    this.#delimiter = delimiter
  }

  /** Sets the bytes that positions refer to from now on. */
  view(bytes: Buffer): void {
    this.#bytes = bytes
    this.#lf = this.#cr = this.#quote = -1
  }

  /**
   * @param from start of a record
   * @param final whether no bytes will follow
   * @returns where the next record starts; -1 where the record is not complete. With `final` that means an open quote.
   */
  next(from: number, final: boolean): number {
    const bytes = this.#bytes
    this.innerLines = 0
    for (let position = from; ;) {
      const end = this.#lineEnd(position)
      const quote = this.#nextQuote(position)
      if (quote >= end) {
        this.end = end
        if (end === bytes.length) return final ? end : -1
        if (bytes[end] !== CR) return end + 1
        if (end + 1 === bytes.length && !final) return -1
        return bytes[end + 1] === LF ? end + 2 : end + 1
      }
      if (quote !== from && bytes[quote - 1] !== this.#delimiter) {
        position = quote + 1
        continue
      }
      const close = this.#closingQuote(quote + 1, final)
      if (close === -1) return -1
      this.innerLines += countLineEnds(bytes, quote + 1, close)
      position = close + 1
    }
  }

  #lineEnd(from: number): number {
    if (this.#lf < from) this.#lf = indexOrEnd(this.#bytes, LF, from)
    if (this.#cr < from) this.#cr = indexOrEnd(this.#bytes, CR, from)
    return Math.min(this.#lf, this.#cr)
  }

  #nextQuote(from: number): number {
    if (this.#quote < from) this.#quote = indexOrEnd(this.#bytes, QUOTE, from)
    return this.#quote
  }

  #closingQuote(from: number, final: boolean): number {
    const bytes = this.#bytes
    for (let quote = bytes.indexOf(QUOTE, from); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 2)) {
      if (quote + 1 === bytes.length) return final ? quote : -1
      if (bytes[quote + 1] !== QUOTE) return quote
    }
    return -1
  }
}

function indexOrEnd(bytes: Buffer, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from)
  return index === -1 ? bytes.length : index
}

function countLineEnds(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) count++
  }
  return count
}

/**
 * The fields of one record (RFC 4180). What follows a closing quote up to the delimiter belongs to the field.
 * @param most fields wanted; a record with more gives `most + 1`, so that the caller can tell
 */
export function splitFields(record: string, delimiter: string, most: number): string[] {
  if (!record.includes('"')) return record.split(delimiter, most + 1)
  const fields: string[] = []
  let start = 0
  while (fields.length <= most) {
    let value = ''
    let rest = start
    if (record[start] === '"') {
      const close = closingQuote(record, start + 1)
      value = record.slice(start + 1, close).replaceAll('""', '"')
      rest = close + 1
    }
    const end = record.indexOf(delimiter, rest)
    fields.push(value + record.slice(rest, end === -1 ? undefined : end))
    if (end === -1) break
    start = end + 1
  }
  return fields
}

function closingQuote(record: string, from: number): number {
  let quote = record.indexOf('"', from)
  while (quote !== -1 && record[quote + 1] === '"') quote = record.indexOf('"', quote + 2)
  return quote === -1 ? record.length : quote
}
