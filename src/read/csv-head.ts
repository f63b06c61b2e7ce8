import { isUtf8 } from 'node:buffer'
import { CredenceError } from '../errors.js'
import { ByteWindow } from './byte-window.js'
import { CsvSplitter, splitFields } from './csv-split.js'
import { openBytes } from './decompress.js'
import type { SourceFile } from './format.js'
import { MAX_COLUMNS } from '../model/read-limits.js'
import { skipByteOrderMark, type TextLimits } from './text-records.js'

const SAMPLE_BYTES = 1 << 16
const SAMPLE_RECORDS = 50

/** What the head of a CSV file says. */
export interface CsvHead {
  readonly delimiter: string
  /** Column names, each once; empty for a file without a header. */
  readonly names: readonly string[]
  /** Byte in the unpacked file, and 0-based line, that the first record after the header starts at. */
  readonly dataStart: number
  readonly dataLine: number
}

/** One record of the sample, and how many fields the others agree on. */
interface Trial {
  readonly delimiter: string
  readonly header: string
  readonly dataStart: number
  readonly dataLine: number
  readonly fields: number
  /** Share of the sample's records with as many fields as the header. */
  readonly agreement: number
}

/**
 * Reads the header, the first record that is not blank, and chooses the delimiter: of those that split the header, the one
 * under which most of the first records have as many fields as the header; the first of `delimiters` where none is better.
 */
export async function readCsvHead(file: SourceFile, delimiters: readonly string[], limits: TextLimits): Promise<CsvHead> {
  const window = new ByteWindow(openBytes(file, limits))
  try {
    const from = await skipByteOrderMark(window, file.path)
    await window.ensure(0, SAMPLE_BYTES)
    for (;;) {
      const trials = delimiters
        .map((delimiter) => tryDelimiter(window.bytes, from, window.ended, delimiter))
        .filter((trial) => trial !== null)
      const best = choose(trials, delimiters[0])
      if (best) return toHead(best, window.bytes, file)
      if (window.ended) {
        if (window.bytes.length === from || isBlank(window.bytes, from)) return emptyHead(delimiters, window.bytes.length)
        throw new CredenceError('format', `${file.path}, line 1: a quote opens in the header and never closes`, {
          place: { file: file.path, line: 1 },
        })
      }
      if (window.bytes.length > Math.max(limits.maxRecordBytes, SAMPLE_BYTES)) {
        throw new CredenceError(
          'limit',
          `${file.path} has a header of more than ${limits.maxRecordBytes} bytes; a quote may be open`,
          {
            place: { file: file.path, line: 1 },
          },
        )
      }
      await window.more(0)
    }
  } finally {
    await window.close()
  }
}

function isBlank(bytes: Buffer, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte === 10 || byte === 13)
}

function emptyHead(delimiters: readonly string[], end: number): CsvHead {
  return { delimiter: delimiters[0] ?? ',', names: [], dataStart: end, dataLine: 0 }
}

/** Null where the header is not complete under this delimiter. */
function tryDelimiter(bytes: Buffer, from: number, final: boolean, delimiter: string): Trial | null {
  const splitter = new CsvSplitter(delimiter.charCodeAt(0))
  splitter.view(bytes)
  let position = from
  let line = 0
  let head: { text: string; dataStart: number; dataLine: number; fields: number } | null = null
  let agree = 0
  let records = 0
  while (position < bytes.length && records < SAMPLE_RECORDS) {
    const next = splitter.next(position, final)
    if (next === -1) break
    line += 1 + splitter.innerLines
    if (splitter.end > position) {
      const record = bytes.toString('utf8', position, splitter.end)
      const fields = splitFields(record, delimiter, MAX_COLUMNS).length
      if (!head) head = { text: record, dataStart: next, dataLine: line, fields }
      else {
        records++
        if (fields === head.fields) agree++
      }
    }
    position = next
  }
  if (!head) return null
  const { text, ...place } = head
  return { delimiter, header: text, ...place, agreement: records === 0 ? 1 : agree / records }
}

function choose(trials: readonly Trial[], fallback: string | undefined): Trial | null {
  const splitting = trials.filter((trial) => trial.fields > 1)
  const best = splitting.reduce<Trial | null>(
    (most, trial) => (most === null || trial.agreement > most.agreement ? trial : most),
    null,
  )
  return best ?? trials.find((trial) => trial.delimiter === fallback) ?? null
}

function toHead(trial: Trial, bytes: Buffer, file: SourceFile): CsvHead {
  const { delimiter, header, dataStart, dataLine } = trial
  const place = { file: file.path, line: 1 }
  if (!isUtf8(bytes.subarray(0, dataStart)))
    throw new CredenceError('format', `${file.path}: the header is not valid UTF-8`, { place })
  if (header.includes('\0'))
    throw new CredenceError('format', `${file.path}: the header holds NUL bytes; this is not CSV in UTF-8`, { place })
  const names = splitFields(header, delimiter, MAX_COLUMNS)
  if (names.length > MAX_COLUMNS) throw new CredenceError('limit', `${file.path} has more than ${MAX_COLUMNS} columns`, { place })
  return { delimiter, names: uniqueNames(names), dataStart, dataLine }
}

/** Nameless columns become `column_3`, by place; a repeated name becomes `name_2`, `name_3`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names)
  const used = new Set<string>()
  return names.map((name, index) => {
    let unique = name === '' ? `column_${index + 1}` : name
    const fresh = name === '' ? !taken.has(unique) : !used.has(name)
    for (let n = 2; !fresh && (taken.has(unique) || used.has(unique)); n++)
      unique = `${name === '' ? `column_${index + 1}` : name}_${n}`
    used.add(unique)
    return unique
  })
}
