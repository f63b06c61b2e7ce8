import { CredenceError, type ErrorCode } from '../errors.js'
import type { ByteWindow } from './byte-window.js'
import { openBytes, READ_BYTES, type ByteRange, type InflateLimits } from './decompress.js'
import { MOST_ERRORS, type PlannedUnit, type ReadLog, type SourceFile } from './format.js'
import { DEFAULT_READ_LIMITS } from '../model/read-limits.js'

/** Bounds on what is held of a text file. */
export interface TextLimits {
  /** Bytes of one line, CSV record or JSON element. */
  readonly maxRecordBytes: number
  /** Bytes read from a file at once. */
  readonly readBytes: number
  /** On what a packed file may unpack to; the defaults where absent. */
  readonly inflate?: InflateLimits
}

export const DEFAULT_TEXT_LIMITS: TextLimits = { maxRecordBytes: DEFAULT_READ_LIMITS.recordBytes, readBytes: READ_BYTES }

/** Rows that a schema is read from, or as many as fit in `SCHEMA_BYTES`. */
export const SCHEMA_ROWS = 1000
export const SCHEMA_BYTES = 32 * 2 ** 20

/**
 * Complete records in one piece of memory. `spans` holds triples: start and end of the record in `bytes`, without its
 * terminator, and the 0-based line that it starts on, counted from where reading began. A start of -1 stands for a record
 * over the size limit, which was not kept.
 */
export interface RecordBlock {
  readonly bytes: Buffer
  /** Where `bytes` starts in the unpacked file. */
  readonly offset: number
  readonly spans: readonly number[]
}

/** Why a record is no row; the reader adds where. */
export class RecordFault {
  constructor(
    readonly code: ErrorCode,
    readonly message: string,
  ) {}
}

/** Counts a lost row, and keeps the first reasons. */
export function logSkipped(log: ReadLog, path: string, { code, message }: RecordFault, row: number, line: number | null): void {
  log.skipped++
  logError(log, path, code, message, row, line)
}

/** Keeps what is to be said of a row that was read all the same. */
export function logRemark(log: ReadLog, path: string, remark: string, row: number, line: number | null): void {
  logError(log, path, 'format', remark, row, line)
}

function logError(log: ReadLog, path: string, code: ErrorCode, message: string, row: number, line: number | null): void {
  if (log.errors.length >= MOST_ERRORS) return
  const where = line === null ? `row ${row}` : `line ${line}, row ${row}`
  const place = line === null ? { file: path, row } : { file: path, line, row }
  log.errors.push({ code, message: `${path}, ${where}: ${message}`, suggestions: [], place })
}

/**
 * Passes a leading UTF-8 byte order mark.
 * @returns bytes to skip: 3 or 0
 * @throws CredenceError `format` where the mark is that of UTF-16 or UTF-32
 */
export async function skipByteOrderMark(window: ByteWindow, path: string): Promise<number> {
  await window.ensure(0, 3)
  const [a, b, c] = window.bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 3
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new CredenceError('format', `${path} starts with a UTF-16 byte order mark; text files must be UTF-8`, {
      place: { file: path, line: 1 },
      suggestions: [`iconv -f UTF-16 -t UTF-8 ${path}`],
    })
  }
  return 0
}

/**
 * Lines before byte `end` of an uncompressed file, read only when an error has to name a line.
 * @param lone whether a CR without LF ends a line too
 */
export async function countLines(file: SourceFile, end: number, lone: boolean): Promise<number> {
  let lines = 0
  let afterReturn = false
  for await (const chunk of openBytes(file, { range: { start: 0, end } })) {
    if (!lone) lines += countByte(chunk, 10)
    else {
      for (const byte of chunk) {
        if (byte === 13 || (byte === 10 && !afterReturn)) lines++
        afterReturn = byte === 13
      }
    }
  }
  return lines
}

function countByte(bytes: Buffer, byte: number): number {
  let count = 0
  for (let i = bytes.indexOf(byte); i !== -1; i = bytes.indexOf(byte, i + 1)) count++
  return count
}

/** Gathers records into units of about `targetBytes`, cut between records. */
export class UnitCutter {
  readonly units: PlannedUnit[] = []
  #start = 0
  #end = 0
  #firstRow = 0
  #rows = 0
  readonly #targetBytes: number

  constructor(targetBytes: number) {
    this.#targetBytes = targetBytes
  }

  /** The next record: half-open [start, end) in the file. */
  add(start: number, end: number): void {
    if (this.#rows === 0) this.#start = start
    this.#rows++
    this.#end = end
    if (end - this.#start >= this.#targetBytes) this.#cut()
  }

  /** All units, in file order; none where there was no record. */
  finish(): readonly PlannedUnit[] {
    if (this.#rows > 0) this.#cut()
    return this.units
  }

  /** The same, and a last unit from the last record on, of no known number of rows. @param rest where there was no record */
  finishWith(rest: ByteRange): readonly PlannedUnit[] {
    const units = this.finish()
    const start = units.length > 0 ? this.#end : rest.start
    return [...units, { unit: { kind: 'bytes', start, end: rest.end }, firstRow: this.#firstRow, rows: null }]
  }

  #cut(): void {
    this.units.push({ unit: { kind: 'bytes', start: this.#start, end: this.#end }, firstRow: this.#firstRow, rows: this.#rows })
    this.#firstRow += this.#rows
    this.#rows = 0
  }
}

/** The one unit of a file that cannot be cut. */
export const WHOLE: PlannedUnit = { unit: { kind: 'whole' }, firstRow: 0, rows: null }

/** @throws CredenceError `io` where a unit no longer has the rows that planning counted */
export function checkUnchanged(file: SourceFile, planned: PlannedUnit, rows: number): void {
  if (planned.rows !== null && planned.rows !== rows) {
    throw new CredenceError(
      'io',
      `${file.path} changed while it was read: ${planned.rows} rows expected from row ${planned.firstRow}, ${rows} found`,
      {
        place: { file: file.path, row: planned.firstRow },
      },
    )
  }
}
