import { createCsvReader, CSV_DELIMITERS } from './csv.js'
import { inflateLimits, READ_BYTES } from './decompress.js'
import type { FormatName, FormatReader } from './format.js'
import { createJsonReader } from './json.js'
import { createJsonlReader } from './jsonl.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { TextLimits } from './text-records.js'

/** The reader of each format, within limits. */
export function readersWithin(limits: ReadLimits): Readonly<Record<FormatName, FormatReader>> {
  const text: TextLimits = { maxRecordBytes: limits.recordBytes, readBytes: READ_BYTES, inflate: inflateLimits(limits) }
  return {
    parquet: lazily(async () => (await import('./parquet.js')).createParquetReader(limits)),
    'arrow-file': lazily(async () => (await import('./arrow.js')).arrowFileReader),
    'arrow-stream': lazily(async () => (await import('./arrow.js')).arrowStreamReader),
    jsonl: createJsonlReader(text),
    json: createJsonReader(text),
    csv: createCsvReader(CSV_DELIMITERS, text),
    tsv: createCsvReader(['\t'], text),
  }
}

/** A reader whose libraries are loaded at first use: Arrow's take a process a fifth of a second, Parquet's a tenth. */
function lazily(load: () => Promise<FormatReader>): FormatReader {
  return {
    schema: async (file) => (await load()).schema(file),
    plan: async (file, targetBytes) => (await load()).plan(file, targetBytes),
    async *read(...request) {
      yield* (await load()).read(...request)
    },
  }
}
