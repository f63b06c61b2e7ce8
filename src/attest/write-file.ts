import { existsSync } from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { asCredenceError, CredenceError } from '../errors.js'

/** @throws CredenceError `usage` where there is a file that must not be overwritten */
export function refuseExisting(path: string, force: boolean): void {
  if (force || !existsSync(path)) return
  throw new CredenceError('usage', `${path} exists already`, { suggestions: ['overwrite it with --force'] })
}

/** There whole or not at all. @throws CredenceError `io` */
export async function writeWhole(path: string, content: string): Promise<void> {
  try {
    await writeFileAtomic(path, content, { fsync: true })
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}
