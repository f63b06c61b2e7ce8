import { closeSync, fstatSync, readSync } from 'node:fs'
import { asCredenceError, CredenceError } from '../errors.js'
import { openStamped, type StampedFile } from './file-stamp.js'
import { isRemote } from '../storage/s3-address.js'
import { RemoteBytes } from './remote-bytes.js'

/**
 * A file read by byte range, on this machine or in an object store. Synchronous on purpose: page and message decoders stay free of stray promises, and
 * a positioned read from the page cache costs less than a turn of the thread pool.
 */
export class ByteFile {
  readonly size: number
  readonly mtimeMs: number
  readonly #descriptor: number | null = null
  readonly #remote: RemoteBytes | null = null
  readonly #path: string

  /** @throws CredenceError `io`; `changed` where it is no longer the file that was found */
  constructor(file: StampedFile) {
    this.#path = file.path
    if (isRemote(file.absolute)) {
      this.#remote = new RemoteBytes(file)
      this.size = this.#remote.size
      this.mtimeMs = this.#remote.mtimeMs
      return
    }
    try {
      this.#descriptor = openStamped(file)
      const stat = fstatSync(this.#descriptor)
      this.size = stat.size
      this.mtimeMs = stat.mtimeMs
    } catch (error) {
      throw asCredenceError(error, 'io', { file: file.path })
    }
  }

  /** Exactly `length` bytes from `offset`, in a buffer of their own. Throws `format` where the file is too short. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    if (
      !Number.isSafeInteger(offset) ||
      !Number.isSafeInteger(length) ||
      offset < 0 ||
      length < 0 ||
      offset + length > this.size
    ) {
      throw new CredenceError(
        'format',
        `${this.#path}: bytes ${offset} to ${offset + length} asked for, the file has ${this.size}`,
        {
          place: { file: this.#path },
        },
      )
    }
    if (this.#remote !== null) return this.#remote.read(offset, length)
    const bytes = new Uint8Array(length)
    const descriptor = this.#descriptor
    let done = 0
    while (descriptor !== null && done < length) {
      let count: number
      try {
        count = readSync(descriptor, bytes, done, length - done, offset + done)
      } catch (error) {
        throw asCredenceError(error, 'io', { file: this.#path })
      }
      if (count === 0)
        throw new CredenceError('io', `${this.#path}: the file shrank while it was read`, { place: { file: this.#path } })
      done += count
    }
    return bytes
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
  }
}
