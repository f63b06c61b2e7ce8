import { createHash } from 'node:crypto'
import { constants, type BigIntStats } from 'node:fs'
import { open } from 'node:fs/promises'
import { CredenceError } from '../errors.js'

const READ_BYTES = 2 ** 20

/**
 * Hex SHA-256 of a regular file, of one descriptor from beginning to end.
 * @param follow whether its name may be that of a link
 * @throws CredenceError `changed` where it is written to meanwhile, `unsupported` for what is no regular file; what the system throws
 */
export async function hashData(absolute: string, follow: boolean, signal?: AbortSignal): Promise<string> {
  // Not to wait for somebody to write into a pipe that has taken the file's place.
  const handle = await open(absolute, constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW))
  try {
    const before = await handle.stat({ bigint: true })
    if (!before.isFile()) throw new CredenceError('unsupported', 'it is no regular file')
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(READ_BYTES)
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) break
      hash.update(buffer.subarray(0, bytesRead))
    }
    const after = await handle.stat({ bigint: true })
    if (stampOf(before) !== stampOf(after)) throw new CredenceError('changed', 'it is being written to')
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

function stampOf({ size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${size} ${mtimeNs} ${ctimeNs}`
}
