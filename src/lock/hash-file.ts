import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { asCredenceError } from '../errors.js'

/** Fewer, larger reads: a digest is as fast as SHA-256 itself. */
const READ_BYTES = 2 ** 20

export interface HashedFile {
  readonly bytes: number
  readonly sha256: string
  /** Changes when somebody writes. */
  readonly stamp: string
}

/** @throws CredenceError `io`, `not-found` */
export async function hashFile(absolute: string, path: string): Promise<HashedFile> {
  const hash = createHash('sha256')
  try {
    const stamp = await stampOf(absolute)
    let bytes = 0
    const source = createReadStream(absolute, { highWaterMark: READ_BYTES }).on('data', (chunk) => (bytes += chunk.length))
    await pipeline(source, hash)
    return { bytes, sha256: hash.digest('hex'), stamp }
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}

export async function stampOf(absolute: string): Promise<string> {
  const { size, mtimeNs, ino } = await stat(absolute, { bigint: true })
  return `${size} ${mtimeNs} ${ino}`
}
