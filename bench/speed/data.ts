import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'
import { hash53 } from '../../src/math/random.js'
import { packageRoot } from '../../src/paths.js'
import { rowGrower } from './grow-rows.js'
import { loadSourceRows } from './source-text.js'

const ROW_GROUP = 50_000
const SEED = 20_240

/** The sizes that are timed; rows are alike, so that only the number differs. */
export const SIZES = { large: 574_000, small: 7_000 } as const

/** What was written, to be held against the real corpus. */
interface WrittenData {
  readonly path: string
  readonly rows: number
  /** UTF-16 units of text. */
  readonly characters: number
  readonly wordTypes: number
  /** Rows whose text an earlier row has. */
  readonly duplicates: number
}

/** Where the generated data of this size lies. */
export function dataPath(rows: number): string {
  const from = process.env['CREDENCE_DATA'] ? 'ag' : 'mail'
  return join(packageRoot, '.credence', 'bench', `${from}-${rows / 1000}k.parquet`)
}

/**
 * Writes a Parquet file (`text` string, `label` int64; snappy, row groups of 50,000) of so many rows, one row group at a time.
 * The same rows whenever the source is the same.
 */
export async function writeData(rows: number, path: string): Promise<WrittenData> {
  const next = rowGrower(await loadSourceRows(process.env['CREDENCE_DATA']), SEED)
  await mkdir(join(path, '..'), { recursive: true })
  const unfinished = `${path}.part`
  const writer = new ParquetWriter({
    writer: fileWriter(unfinished),
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
    ],
  })
  const seen = new Set<number>()
  const words = new Set<string>()
  let characters = 0
  for (let from = 0; from < rows; from += ROW_GROUP) {
    const group = Array.from({ length: Math.min(ROW_GROUP, rows - from) }, next)
    for (const { text } of group) {
      characters += text.length
      seen.add(hash53(text))
      for (const word of text.split(' ')) words.add(word)
    }
    await writer.write({
      columnData: [
        { name: 'text', data: group.map((row) => row.text) },
        { name: 'label', data: group.map((row) => BigInt(row.label)) },
      ],
      rowGroupSize: ROW_GROUP,
    })
  }
  await writer.finish()
  await rename(unfinished, path)
  return { path, rows, characters, wordTypes: words.size, duplicates: rows - seen.size }
}

/** The path of data of this size, written first where it is not there yet. */
export async function ensureData(rows: number): Promise<string> {
  const path = dataPath(rows)
  const present = await stat(path).then(
    () => true,
    () => false,
  )
  if (!present) console.error(describeData(await writeData(rows, path)))
  return path
}

/** One line about what was written. */
export function describeData(written: WrittenData): string {
  const share = ((100 * written.duplicates) / written.rows).toFixed(2)
  const millions = (written.characters / 1e6).toFixed(1)
  return `${written.path}: ${written.rows} rows, ${millions} million characters, ${written.wordTypes} word types, ${share} % exact duplicates`
}
