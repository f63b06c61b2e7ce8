/** The SHA-256 of a file, and its stamp while these bytes were read: who holds both can tell later whether they still hold. */
import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { asCredenceError, CredenceError } from '../errors.js'
import { isRemote } from '../storage/s3-address.js'
import { byteChunks } from './byte-stream.js'
import { changed, stampOf, type StampedFile } from './file-stamp.js'

/** Few turns of the event loop, each short; and a digest is as fast as SHA-256 itself. */
const READ_BYTES = 2 ** 19

export interface HashedFile {
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** Changes when somebody writes. Of an object in a store, its ETag where it was known before. */
  readonly stamp: string
}

export interface HashOptions {
  /** Whether the file's own name may be that of a link; true when absent. */
  readonly followLink?: boolean
  readonly signal?: AbortSignal | undefined
}

/**
 * One descriptor from beginning to end.
 * @param file with a stamp, it must be the file that had it
 * @throws CredenceError `changed` where it is another file or written to meanwhile, `unsupported` for what is no regular file,
 *   `io`; the signal's reason
 */
export async function hashFile(file: StampedFile, { followLink = true, signal }: HashOptions = {}): Promise<HashedFile> {
  signal?.throwIfAborted()
  try {
    return isRemote(file.absolute) ? await hashObject(file, signal) : await hashLocal(file, followLink, signal)
  } catch (error) {
    signal?.throwIfAborted()
    throw asCredenceError(error, 'io', { file: file.path })
  }
}

async function hashObject(file: StampedFile, signal: AbortSignal | undefined): Promise<HashedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of byteChunks(file, READ_BYTES)) {
    signal?.throwIfAborted()
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex'), stamp: file.stamp ?? '' }
}

async function hashLocal(
  { absolute, path, stamp }: StampedFile,
  followLink: boolean,
  signal: AbortSignal | undefined,
): Promise<HashedFile> {
  // Not to wait for somebody to write into a pipe that has taken the file's place.
  const handle = await open(absolute, constants.O_RDONLY | constants.O_NONBLOCK | (followLink ? 0 : constants.O_NOFOLLOW))
  try {
    const before = await handle.stat({ bigint: true })
    if (!before.isFile()) throw new CredenceError('unsupported', `${path} is no regular file`, { place: { file: path } })
    const found = stampOf(before)
    if (stamp !== undefined && stamp !== found) throw changed(path)
    const hash = createHash('sha256')
    const bytes = await readInto(hash, handle, Number(before.size), signal)
    if (stampOf(await handle.stat({ bigint: true })) !== found) throw changed(path)
    return { bytes, sha256: hash.digest('hex'), stamp: found }
  } finally {
    await handle.close()
  }
}

/**
 * The next piece is on its way while one is hashed.
 * @param size that the file has, as far as is known: small files are many, and need no large buffers
 * @returns bytes read
 */
async function readInto(hash: Hash, handle: FileHandle, size: number, signal: AbortSignal | undefined): Promise<number> {
  const length = Math.max(1, Math.min(READ_BYTES, size))
  const buffers = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)] as const
  let bytes = 0
  let next = handle.read(buffers[0], 0, length, null)
  for (let turn = 1; ; turn++) {
    const { bytesRead, buffer } = await next
    if (bytesRead === 0) return bytes
    signal?.throwIfAborted()
    next = handle.read(buffers[turn % 2 === 0 ? 0 : 1], 0, length, null)
    // It is waited for in the next turn, if there is one.
    next.catch(() => undefined)
    hash.update(buffer.subarray(0, bytesRead))
    bytes += bytesRead
  }
}
