/** Files as streams, on this machine or in an object store. */
import { closeSync, createReadStream, fstatSync, readSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { CredenceError } from '../errors.js'
import { changed, isUnchanged, openStamped, type StampedFile } from './file-stamp.js'
import { isRemote, s3Address } from '../storage/s3-address.js'
import type { ObjectFacts, S3 } from '../storage/s3.js'

/** Fetched in one request; the next is on its way while one is used. */
const REMOTE_CHUNK_BYTES = 4 * 2 ** 20

/**
 * Bytes of a file, `start` to `end`, half-open.
 * @param readBytes most bytes of a chunk of a file on this machine
 */
export async function* byteChunks(file: StampedFile, readBytes: number, start = 0, end = Infinity): AsyncGenerator<Buffer> {
  if (isRemote(file.absolute)) yield* remoteChunks(file, start, end)
  else {
    const descriptor = openStamped(file)
    const size = sizeOf(descriptor)
    if (size !== null && Math.min(size, end) - start <= readBytes) yield* smallChunks(descriptor, size, start, end)
    else yield* createReadStream('', { highWaterMark: readBytes, start, end: end - 1, fd: descriptor }) as AsyncIterable<Buffer>
  }
}

/** Null for what is no regular file. */
function sizeOf(descriptor: number): number | null {
  const stat = fstatSync(descriptor)
  return stat.isFile() ? stat.size : null
}

/**
 * At once, in buffers no larger than the file: of a thousand small ones a stream would take longer, and a large buffer more
 * memory, than what is in them.
 */
function* smallChunks(descriptor: number, size: number, start: number, end: number): Generator<Buffer> {
  try {
    for (let at = start; at < end;) {
      // One byte more tells where it ends, or that it has grown.
      const bytes = Buffer.allocUnsafe(Math.min(Math.max(0, size - at) + 1, end - at))
      const read = readSync(descriptor, bytes, 0, bytes.length, at)
      if (read === 0) return
      yield bytes.subarray(0, read)
      at += read
    }
  } finally {
    closeSync(descriptor)
  }
}

async function* remoteChunks(file: StampedFile, start: number, end: number): AsyncGenerator<Buffer> {
  const { absolute: path } = file
  const { s3, facts } = await remote(file)
  const stop = Math.min(end, facts.size)
  const fetchAt = (at: number): Promise<Uint8Array<ArrayBuffer>> | null => {
    if (at >= stop) return null
    const bytes = s3.range(s3Address(path), at, Math.min(at + REMOTE_CHUNK_BYTES, stop), facts.etag)
    // It is waited for below, if anybody still wants it by then.
    bytes.catch(() => undefined)
    return bytes
  }
  let next = fetchAt(start)
  for (let at = start; next !== null; at += REMOTE_CHUNK_BYTES) {
    const bytes = await next
    next = fetchAt(at + REMOTE_CHUNK_BYTES)
    yield Buffer.from(bytes.buffer)
  }
}

/** The first bytes of a file, fewer where it is shorter. */
export async function headBytes(file: StampedFile, count: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of byteChunks(file, count, 0, count)) parts.push(chunk)
  return Buffer.concat(parts)
}

/** A small file beside the data; null where there is none, or where it is larger than `most`. */
export async function smallText(absolute: string, most: number): Promise<string | null> {
  if (isRemote(absolute)) {
    const { s3, facts } = await remoteIfThere(absolute)
    if (facts === null || facts.size > most) return null
    return Buffer.from((await s3.get(s3Address(absolute))) ?? []).toString('utf8')
  }
  try {
    const { size } = await stat(absolute)
    return size > most ? null : await readFile(absolute, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

/** Whether the file, or the object, is still the one that was found. @throws what the system or the store throws */
export async function isStill(file: StampedFile): Promise<boolean> {
  if (!isRemote(file.absolute)) return isUnchanged(file)
  return (await remoteIfThere(file.absolute)).facts?.etag === file.stamp
}

async function remote({ absolute, path, stamp }: StampedFile): Promise<{ s3: S3; facts: ObjectFacts }> {
  const { s3, facts } = await remoteIfThere(absolute)
  if (facts === null) throw new CredenceError('not-found', `${path} does not exist`, { place: { file: path } })
  if (stamp !== undefined && facts.etag !== stamp) throw changed(path)
  return { s3, facts }
}

/** Loaded here, not with the module: few scans use the network. */
async function remoteIfThere(path: string): Promise<{ s3: S3; facts: ObjectFacts | null }> {
  const { S3 } = await import('../storage/s3.js')
  const s3 = new S3()
  return { s3, facts: await s3.head(s3Address(path)) }
}
