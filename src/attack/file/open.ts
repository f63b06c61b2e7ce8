import { CredenceError } from '../../errors.js'
import { openBytes } from '../../read/decompress.js'
import type { SourceFile } from '../../read/format.js'
import { openArrow } from './arrow.js'
import { openCsv } from './csv.js'
import { openJsonArray, openJsonl } from './json.js'
import { openParquet } from './parquet.js'
import type { PlantFile } from './plant-file.js'

/** The file is held in memory, some times over. */
const MAX_BYTES = 2 * 2 ** 30

/**
 * A data file, unpacked into memory.
 * @throws CredenceError `limit` for more than 2 GiB, `format` and others from the readers
 */
export async function openPlantFile(file: SourceFile): Promise<PlantFile> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of openBytes(file)) {
    size += chunk.length
    if (size >= MAX_BYTES) {
      throw new CredenceError('limit', `${file.path} is larger than 2 GiB, and planting holds the whole file in memory`, {
        place: { file: file.path },
        suggestions: ['plant into one shard or a sample of the data set'],
      })
    }
    chunks.push(chunk)
  }
  return openPlantBytes(Buffer.concat(chunks), file)
}

/**
 * The same of bytes in memory, in the format of a file.
 * @param file what the bytes are, or were made from: a CSV file's header is read there
 */
export async function openPlantBytes(bytes: Buffer, file: SourceFile): Promise<PlantFile> {
  switch (file.format) {
    case 'parquet':
      return openParquet(bytes, file.path)
    case 'jsonl':
      return openJsonl(bytes, file.path)
    case 'json':
      return openJsonArray(bytes, file.path)
    case 'csv':
    case 'tsv':
      return openCsv(bytes, file)
    case 'arrow-file':
      return openArrow(bytes, 'file', file.path)
    case 'arrow-stream':
      return openArrow(bytes, 'stream', file.path)
  }
}
