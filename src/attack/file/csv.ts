import { isUtf8 } from 'node:buffer'
import { readCsvHead, type CsvHead } from '../../read/csv-head.js'
import { CsvSplitter, splitFields } from '../../read/csv-split.js'
import type { SourceFile } from '../../read/format.js'
import { DEFAULT_TEXT_LIMITS } from '../../read/text-records.js'
import { CredenceError } from '../../errors.js'
import type { Span } from './json-splice.js'
import { changedValue, type CellChange, type PlantFile } from './plant-file.js'
import { recordText, type Records, replaceRecords } from './records.js'

/** CSV and TSV: records that are not changed stay byte for byte, fields that are not changed too. */
export async function openCsv(bytes: Buffer, file: SourceFile): Promise<PlantFile> {
  const delimiters = file.format === 'tsv' ? ['\t'] : [',', ';', '\t', '|']
  const head = await readCsvHead(file, delimiters, DEFAULT_TEXT_LIMITS)
  return new CsvFile({ bytes, spans: recordSpans(bytes, head, file.path) }, head)
}

function recordSpans(bytes: Buffer, head: CsvHead, name: string): Span[] {
  const splitter = new CsvSplitter(head.delimiter.charCodeAt(0))
  splitter.view(bytes)
  const spans: Span[] = []
  for (let position = head.dataStart; position < bytes.length;) {
    const next = splitter.next(position, true)
    if (next === -1) throw new CredenceError('format', `${name}: a quote opens and never closes`, { place: { file: name } })
    if (splitter.end > position) spans.push({ start: position, end: splitter.end })
    position = next
  }
  return spans
}

class CsvFile implements PlantFile {
  readonly notes = []
  readonly #records: Records
  readonly #head: CsvHead
  readonly #rows: readonly (readonly string[] | null)[]
  readonly #columns = new Map<string, readonly unknown[]>()

  constructor(records: Records, head: CsvHead) {
    this.#records = records
    this.#head = head
    const columns = head.names.length
    this.#rows = records.spans.map(({ start, end }, row) => {
      if (!isUtf8(records.bytes.subarray(start, end))) return null
      const fields = splitFields(recordText(records, row), head.delimiter, columns)
      return fields.length === columns ? fields : null
    })
  }

  get rows(): number {
    return this.#rows.length
  }

  column(name: string): readonly unknown[] {
    let values = this.#columns.get(name)
    if (values === undefined) {
      const place = this.#head.names.indexOf(name)
      this.#columns.set(name, (values = this.#rows.map((fields) => fields?.[place])))
    }
    return values
  }

  rewrite(changes: ReadonlyMap<number, readonly CellChange[]>): Uint8Array {
    const { delimiter, names } = this.#head
    const replaced = new Map<number, string>()
    for (const [row, cells] of changes) {
      const raw = rawFields(recordText(this.#records, row), delimiter)
      for (const change of cells) {
        const place = names.indexOf(change.column)
        raw[place] = quoted(String(changedValue(this, null, change)), delimiter, raw[place]!.startsWith('"'))
      }
      replaced.set(row, raw.join(delimiter))
    }
    return replaceRecords(this.#records, replaced)
  }
}

/** The fields of a record as they are written, quotes included. */
function rawFields(record: string, delimiter: string): string[] {
  const fields: string[] = []
  let start = 0
  for (;;) {
    let rest = start
    if (record[start] === '"') {
      rest = start + 1
      while (rest < record.length && (record[rest] !== '"' || record[rest + 1] === '"')) rest += record[rest] === '"' ? 2 : 1
    }
    const end = record.indexOf(delimiter, rest)
    fields.push(record.slice(start, end === -1 ? undefined : end))
    if (end === -1) return fields
    start = end + delimiter.length
  }
}

/** A field in quotes where it must be, or where it was. */
function quoted(value: string, delimiter: string, wasQuoted: boolean): string {
  const must = wasQuoted || /["\r\n]/.test(value) || value.includes(delimiter)
  return must ? `"${value.replaceAll('"', '""')}"` : value
}
