import { arrowFileReader, arrowStreamReader } from './arrow.js'
import { csvReader, tsvReader } from './csv.js'
import type { FormatName, FormatReader } from './format.js'
import { jsonReader } from './json.js'
import { jsonlReader } from './jsonl.js'
import { parquetReader } from './parquet.js'

/** The reader of each format. */
export const READERS: Readonly<Record<FormatName, FormatReader>> = {
  parquet: parquetReader,
  'arrow-file': arrowFileReader,
  'arrow-stream': arrowStreamReader,
  jsonl: jsonlReader,
  json: jsonReader,
  csv: csvReader,
  tsv: tsvReader,
}
