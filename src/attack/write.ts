import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import writeFileAtomic from 'write-file-atomic'
import { asCredenceError, CredenceError } from '../errors.js'
import { recordOfFile } from '../lineage/store.js'
import type { Planted } from './plant.js'

/** Where the truth about a planted file lies. */
export const truthFile = (out: string): string => `${out}.truth.json`

/**
 * Refuses an `--out` that cannot or must not be written, before the work rather than after it.
 * @throws CredenceError `usage`
 */
export async function checkOut(out: string, force: boolean): Promise<void> {
  if (/\.(zst|zstd)$/i.test(out)) {
    throw new CredenceError('usage', `--out ${out}: zstd cannot be written`, { suggestions: ['name it without .zst, or .gz'] })
  }
  const folder = await stat(dirname(out)).catch(() => null)
  if (folder?.isDirectory() !== true) throw new CredenceError('usage', `--out ${out}: ${dirname(out)} is not a folder`)
  const taken = [out, truthFile(out), recordOfFile(out)].find((file) => existsSync(file))
  if (taken !== undefined && !force) {
    throw new CredenceError('usage', `${taken} exists already`, { suggestions: ['overwrite it with --force'] })
  }
}

/**
 * Writes the copy and the truth beside it, each whole or not at all. A name that ends in `.gz` is packed.
 * @throws CredenceError `io`
 */
export async function writePlanted({ bytes, truth }: Planted, out: string): Promise<void> {
  try {
    await writeFileAtomic(out, Buffer.from(/\.gz$/i.test(out) ? gzipSync(bytes) : bytes))
    await writeFileAtomic(truthFile(out), `${JSON.stringify(truth)}\n`)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: out })
  }
}
