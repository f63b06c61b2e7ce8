import { crc32 } from 'node:zlib'
import type { ColumnMetaData } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import type { ErrorCode } from '../errors.js'
import type { ByteFile } from './byte-file.js'

/** Values of one page: run-length encoding can declare billions in a few bytes. */
const MAX_PAGE_VALUES = 2 ** 24

/** Old parquet-mr left the dictionary page's header out of the chunk's size (PARQUET-816); Arrow C++ allows as much. */
const SIZE_SLACK_BYTES = 100

const WINDOW_BYTES = 128 * 1024
/** Headers hold min and max values, which may be long texts. */
const MAX_HEADER_BYTES = 16 * 2 ** 20

type PageHeader = ReturnType<typeof parquetHeader>

export interface Page {
  readonly header: PageHeader
  /** Levels and values; 0 for a dictionary page. */
  readonly values: number
  /** Rows where the header says so: flat columns and version 2 pages. */
  readonly rows: number | null
  /** The page as stored. Where it has a CRC that is not that of its bytes, the cursor says so and goes on. */
  body(): Uint8Array<ArrayBuffer>
}

/** Raises a typed error with the column's place. */
export type Fail = (code: ErrorCode, message: string) => never

/** Is told of bytes that are not those that their CRC was made of. */
export type Doubt = (message: string) => void

/** Walks the pages of one column chunk, reading a page's bytes only when asked. */
export class PageCursor {
  readonly #file: ByteFile
  readonly #fail: Fail
  readonly #doubt: Doubt
  readonly #flat: boolean
  /** Pages that unpack to more are refused before any are unpacked. */
  readonly #maxBytes: number
  readonly #end: number
  #at: number
  #valuesLeft: number
  #window: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #windowStart = 0

  constructor(file: ByteFile, chunk: ColumnMetaData, flat: boolean, maxBytes: number, fail: Fail, doubt: Doubt) {
    this.#file = file
    this.#fail = fail
    this.#doubt = doubt
    this.#flat = flat
    this.#maxBytes = maxBytes
    this.#at = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
    const end = this.#at + Number(chunk.total_compressed_size)
    this.#valuesLeft = Number(chunk.num_values)
    if (this.#at < 0 || end > file.size || end < this.#at) {
      fail('format', `the chunk lies at bytes ${this.#at} to ${end}, the file has ${file.size}`)
    }
    this.#end = Math.min(end + SIZE_SLACK_BYTES, file.size)
  }

  /** Behind the last page that was given. */
  get position(): number {
    return this.#at
  }

  /** The next dictionary or data page; null at the chunk's end. Index pages and empty data pages are passed over. */
  next(): Page | null {
    while (this.#valuesLeft > 0) {
      if (this.#at >= this.#end - 1)
        this.#fail('format', `the chunk ends ${this.#valuesLeft} values before the number that it declares`)
      const header = this.#readHeader()
      const start = this.#at
      const size = header.compressed_page_size
      if (!(size >= 0) || start + size > this.#end) {
        this.#fail('format', `a page of ${size} bytes does not fit the ${this.#end - start} bytes left of its chunk`)
      }
      if (!(header.uncompressed_page_size >= 0)) this.#fail('format', `a page declares ${header.uncompressed_page_size} bytes`)
      if (header.uncompressed_page_size > this.#maxBytes) {
        this.#fail(
          'limit',
          `a page unpacks to ${header.uncompressed_page_size} bytes, the limit is ${this.#maxBytes} (--max-page-bytes)`,
        )
      }
      this.#at = start + size
      const page = this.#page(header, start)
      if (page && (page.values > 0 || header.type === 'DICTIONARY_PAGE')) return page
    }
    return null
  }

  #page(header: PageHeader, start: number): Page | null {
    const body = () => this.#body(header, start)
    if (header.type === 'DICTIONARY_PAGE') {
      this.#checkCount(header.dictionary_page_header?.num_values)
      return { header, values: 0, rows: null, body }
    }
    if (header.type !== 'DATA_PAGE' && header.type !== 'DATA_PAGE_V2') return null
    const values = this.#checkCount(header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values)
    this.#valuesLeft -= values
    if (this.#valuesLeft < 0) this.#fail('format', `pages hold ${-this.#valuesLeft} values more than the chunk declares`)
    return { header, values, rows: header.data_page_header_v2?.num_rows ?? (this.#flat ? values : null), body }
  }

  #checkCount(count: number | undefined): number {
    if (count === undefined || count < 0) return this.#fail('format', `a page declares ${count} values`)
    if (count > MAX_PAGE_VALUES) return this.#fail('limit', `a page declares ${count} values, the limit is ${MAX_PAGE_VALUES}`)
    return count
  }

  #readHeader(): PageHeader {
    for (let bytes = WINDOW_BYTES; ; bytes *= 8) {
      const view = this.#view(this.#at, Math.min(bytes, this.#end - this.#at))
      const reader = { view, offset: 0 }
      try {
        const header = parquetHeader(reader)
        this.#at += reader.offset
        return header
      } catch (error) {
        if (view.byteLength < this.#end - this.#at && bytes < MAX_HEADER_BYTES) continue
        return this.#fail('format', `a page header cannot be parsed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  /** A view of at least `length` bytes, or up to the window's end where that holds more. */
  #view(offset: number, length: number): DataView {
    const windowEnd = this.#windowStart + this.#window.length
    // A header seldom takes 1 KiB: use what is left of the window before reading again.
    const enough = Math.min(length, length === WINDOW_BYTES ? 1024 : length)
    if (offset < this.#windowStart || offset + enough > windowEnd) {
      this.#window = this.#file.read(offset, length)
      this.#windowStart = offset
    }
    return new DataView(this.#window.buffer, offset - this.#windowStart)
  }

  #body(header: PageHeader, start: number): Uint8Array<ArrayBuffer> {
    const size = header.compressed_page_size
    const inWindow = start >= this.#windowStart && start + size <= this.#windowStart + this.#window.length
    // A copy either way: decoders make views on the page's whole buffer, which must end where the page does.
    const bytes = inWindow
      ? this.#window.slice(start - this.#windowStart, start - this.#windowStart + size)
      : this.#file.read(start, size)
    if (header.crc !== undefined && crc32(bytes) !== header.crc >>> 0) {
      // Read all the same: most readers do not look at the CRC, so these are the rows that a model would be trained on.
      this.#doubt(`a page's bytes have CRC ${hex(crc32(bytes))}, its header declares ${hex(header.crc >>> 0)}`)
    }
    return bytes
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
