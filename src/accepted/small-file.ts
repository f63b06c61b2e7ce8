import { readFile, stat } from 'node:fs/promises'
import { asCredenceError, CredenceError } from '../errors.js'

/** A file that people write, or that lists what people should read, is never larger. */
const MOST_BYTES = 64 * 2 ** 20

/** @throws CredenceError `not-found`, `limit`, `io` */
export async function readSmall(path: string): Promise<string> {
  const info = await stat(path).catch((error: unknown) => {
    throw new CredenceError('not-found', `${path} does not exist`, { place: { file: path }, cause: error })
  })
  if (info.size > MOST_BYTES) throw new CredenceError('limit', `${path}: ${info.size} bytes are more than such a file has`)
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file: path })
  })
}
