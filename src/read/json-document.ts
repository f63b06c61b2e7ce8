import { CredenceError, type ErrorCode } from '../errors.js'
import type { ByteWindow } from './byte-window.js'
import { parseJson } from './json-record.js'
import { skipSpace, valueEnd } from './json-scan.js'
import { RecordFault, type RecordBlock } from './text-records.js'

const COMMA = 44
const COLON = 58
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93

/**
 * Walks a JSON document as a stream and gives the elements of its one array of rows: the document itself, or the one
 * array of objects among the members of a top-level object. The grammar outside the elements is checked to the last byte
 * here; the elements are for the caller to parse.
 */
export class JsonDocument {
  readonly #window: ByteWindow
  readonly #path: string
  readonly #maxBytes: number
  /** Next byte to look at, in the window's view. */
  #position: number
  /** What may come next in the array of rows; `first` is a value or the closing bracket. */
  #expect: 'first' | 'value' | 'comma' = 'first'

  /** @param from where in the window's view the document, or the planned range of elements, starts */
  constructor(window: ByteWindow, from: number, path: string, maxBytes: number) {
    this.#window = window
    this.#position = from
    this.#path = path
    this.#maxBytes = maxBytes
  }

  /**
   * The elements of a whole document.
   * @throws CredenceError `format` where it is not JSON, or JSON but not a data set; `limit` where an element is too large
   */
  async *rows(): AsyncGenerator<RecordBlock> {
    const first = await this.#peek('a JSON value')
    let found = true
    if (first === OPEN_BRACKET) yield* this.#array()
    else if (first === OPEN_BRACE) found = yield* this.#members()
    else await this.#checkedValue()
    if ((await this.#next()) !== null) throw this.#trailing(first === OPEN_BRACE)
    if (!found || (first !== OPEN_BRACKET && first !== OPEN_BRACE)) {
      throw this.#error(
        'format',
        'is valid JSON but not a data set: an array of objects expected, or one object with one array of objects',
      )
    }
  }

  /** The elements of a planned range: no brackets around them. */
  range(): AsyncGenerator<RecordBlock> {
    this.#expect = 'value'
    return this.#elements(false)
  }

  /** The elements of the array that opens at the position. */
  #array(): AsyncGenerator<RecordBlock> {
    this.#position++
    this.#expect = 'first'
    return this.#elements(true)
  }

  async *#elements(bracketed: boolean): AsyncGenerator<RecordBlock> {
    for (;;) {
      const { bytes, offset, ended } = this.#window
      const spans: number[] = []
      const closed = this.#scanElements(spans)
      if (spans.length > 0) yield { bytes, offset, spans }
      if (closed) return
      if (ended) {
        if (!bracketed && this.#expect === 'comma') return
        throw this.#error('format', `ends inside an array, at byte ${offset + bytes.length}`)
      }
      await this.#more()
    }
  }

  /** Adds the elements that are complete in view, and passes them. @returns whether the array was closed */
  #scanElements(spans: number[]): boolean {
    const { bytes, ended } = this.#window
    for (;;) {
      const at = (this.#position = skipSpace(bytes, this.#position))
      const byte = bytes[at]
      if (byte === undefined) return false
      if (this.#expect === 'comma' || (this.#expect === 'first' && byte === CLOSE_BRACKET)) {
        if (byte !== COMMA && byte !== CLOSE_BRACKET) throw this.#unexpected('`,` or `]` after an array element', at)
        this.#position++
        this.#expect = 'value'
        if (byte === CLOSE_BRACKET) return true
        continue
      }
      const end = valueEnd(bytes, at, ended)
      if (end === at) throw this.#unexpected('a JSON value', at)
      if (end === -1) return false
      spans.push(at, end, 0)
      this.#position = end
      this.#expect = 'comma'
    }
  }

  /** @returns whether one of the members is an array of objects */
  async *#members(): AsyncGenerator<RecordBlock, boolean> {
    this.#position++
    let found: string | null = null
    if ((await this.#peek('`}` or a key')) === CLOSE_BRACE) {
      this.#position++
      return false
    }
    for (;;) {
      if ((await this.#peek('a key')) !== 34) throw this.#unexpected('a key in double quotes', this.#position)
      const key = (await this.#checkedValue()) as string
      if ((await this.#peek('`:`')) !== COLON) throw this.#unexpected('`:` after a key', this.#position)
      this.#position++
      if ((await this.#peek('a JSON value')) === OPEN_BRACKET && (await this.#holdsObjects())) {
        if (found !== null) {
          throw this.#error(
            'format',
            `has two arrays of objects, under ${JSON.stringify(found)} and ${JSON.stringify(key)}; one expected`,
          )
        }
        found = key
        yield* this.#array()
      } else await this.#checkedValue()
      const byte = await this.#peek('`,` or `}`')
      this.#position++
      if (byte === CLOSE_BRACE) return found !== null
      if (byte !== COMMA) throw this.#unexpected('`,` or `}` after a member', this.#position - 1)
    }
  }

  /** Whether the array at the position opens with an object. */
  async #holdsObjects(): Promise<boolean> {
    for (;;) {
      const { bytes, ended } = this.#window
      const first = skipSpace(bytes, this.#position + 1)
      if (first < bytes.length || ended) return bytes[first] === OPEN_BRACE
      await this.#more()
    }
  }

  /** A value that is no row: held whole, parsed, passed. */
  async #checkedValue(): Promise<unknown> {
    for (;;) {
      const { bytes, ended } = this.#window
      const end = valueEnd(bytes, this.#position, ended)
      if (end === this.#position) throw this.#unexpected('a JSON value', end)
      if (end !== -1) {
        const parsed = parseJson(bytes, this.#position, end, false)
        if (parsed instanceof RecordFault)
          throw this.#error(parsed.code, `at byte ${this.#at(this.#position)}: ${parsed.message}`)
        this.#position = end
        return parsed.value
      }
      if (ended) throw this.#error('format', `ends inside a value, at byte ${this.#at(bytes.length)}`)
      await this.#more()
    }
  }

  /** Passes white space. @returns the next byte, or null at the end */
  async #next(): Promise<number | null> {
    for (;;) {
      this.#position = skipSpace(this.#window.bytes, this.#position)
      const byte = this.#window.bytes[this.#position]
      if (byte !== undefined) return byte
      if (this.#window.ended) return null
      await this.#more()
    }
  }

  async #peek(expected: string): Promise<number> {
    const byte = await this.#next()
    if (byte === null) throw this.#error('format', `ends at byte ${this.#at(this.#position)} where ${expected} is expected`)
    return byte
  }

  async #more(): Promise<void> {
    if (this.#window.bytes.length - this.#position > this.#maxBytes) {
      throw this.#error('limit', `has a value of more than ${this.#maxBytes} bytes at byte ${this.#at(this.#position)}`)
    }
    await this.#window.more(this.#position)
    this.#position = 0
  }

  #at(position: number): number {
    return this.#window.offset + position
  }

  #trailing(object: boolean): CredenceError {
    const lines = object && this.#window.bytes[this.#position] === OPEN_BRACE
    const hint = lines ? ['This looks like JSON Lines: name it .jsonl.'] : []
    return this.#error('format', `has more after the end of its JSON value, at byte ${this.#at(this.#position)}`, hint)
  }

  #unexpected(expected: string, position: number): CredenceError {
    const byte = this.#window.bytes[position] ?? 0
    const found = byte > 32 && byte < 127 ? `\`${String.fromCharCode(byte)}\`` : `byte 0x${byte.toString(16).padStart(2, '0')}`
    return this.#error('format', `at byte ${this.#at(position)}: ${expected} expected, ${found} found`)
  }

  #error(code: ErrorCode, what: string, suggestions: readonly string[] = []): CredenceError {
    return new CredenceError(code, `${this.#path} ${what}`, { place: { file: this.#path }, suggestions })
  }
}
