import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'
import { rowGrower } from '../speed/grow-rows.js'
import { loadSourceRows } from '../speed/source-text.js'

const SEED = 20_240

/** A folder with so many rows (`text`, `label`) in so many files of JSON lines: the same rows however many files. */
export async function ensureShards(rows: number, files: number): Promise<string> {
  const folder = join(packageRoot, '.credence', 'bench', `shards-${rows}-in-${files}`)
  if (existsSync(folder)) return folder
  const next = rowGrower(await loadSourceRows(process.env['CREDENCE_DATA']), SEED)
  const unfinished = `${folder}.part`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  for (let file = 0; file < files; file++) {
    const count = Math.floor(((file + 1) * rows) / files) - Math.floor((file * rows) / files)
    const lines = Array.from({ length: count }, () => `${JSON.stringify(next())}\n`)
    writeFileSync(join(unfinished, `part-${String(file).padStart(5, '0')}.jsonl`), lines.join(''))
  }
  renameSync(unfinished, folder)
  return folder
}
