/** A folder that is there whole or not at all. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { asCredenceError, CredenceError } from '../errors.js'

/** @throws CredenceError `usage` where the folder holds something, or is none */
export async function checkOutFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return []
    throw new CredenceError('usage', `--out ${out} is not a folder`, { cause: error })
  })
  if (names.length === 0) return
  throw new CredenceError('usage', `--out ${out} exists already and is not empty`, { suggestions: ['name a new folder'] })
}

/**
 * Gives `fill` a temporary folder beside `out`, which becomes `out` when it is done. If it fails, nothing is left.
 * @throws CredenceError `io`, and whatever `fill` throws
 */
export async function withStaging<T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(out)
  const staging = join(dirname(target), `.${basename(target)}.partial-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(staging, { recursive: true })
    const result = await fill(staging)
    await rmdir(target).catch(() => undefined)
    await rename(staging, target)
    return result
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw asCredenceError(error, 'io', { file: out })
  }
}
