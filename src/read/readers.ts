import { arrowFileReader, arrowStreamReader } from './arrow.js'
import { createCsvReader, CSV_DELIMITERS } from './csv.js'
import { inflateLimits, READ_BYTES } from './decompress.js'
import type { FormatName, FormatReader } from './format.js'
import { createJsonReader } from './json.js'
import { createJsonlReader } from './jsonl.js'
import type { ReadLimits } from '../model/read-limits.js'
import { createParquetReader } from './parquet.js'
import type { TextLimits } from './text-records.js'

/** The reader of each format, within limits. */
export function readersWithin(limits: ReadLimits): Readonly<Record<FormatName, FormatReader>> {
  const text: TextLimits = { maxRecordBytes: limits.recordBytes, readBytes: READ_BYTES, inflate: inflateLimits(limits) }
  return {
    parquet: createParquetReader(limits),
    'arrow-file': arrowFileReader,
    'arrow-stream': arrowStreamReader,
    jsonl: createJsonlReader(text),
    json: createJsonReader(text),
    csv: createCsvReader(CSV_DELIMITERS, text),
    tsv: createCsvReader(['\t'], text),
  }
}
