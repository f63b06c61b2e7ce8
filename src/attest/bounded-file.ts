import { open } from 'node:fs/promises'
import { asCredenceError, CredenceError } from '../errors.js'

/** The bytes of a regular file. @throws CredenceError `not-found`, `usage` for what is no file, `limit`, `io` */
export async function readBounded(path: string, most: number): Promise<Buffer> {
  try {
    const handle = await open(path, 'r')
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) throw new CredenceError('usage', `${path} is no file`)
      const bytes = stat.size > most ? null : await handle.readFile()
      if (bytes === null || bytes.length > most) {
        throw new CredenceError('limit', `${path} has more than ${most} bytes, which such a file never has`)
      }
      return bytes
    } finally {
      await handle.close()
    }
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (isMissing) throw new CredenceError('not-found', `${path} does not exist`, { place: { file: path }, cause: error })
    throw asCredenceError(error, 'io', { file: path })
  }
}
