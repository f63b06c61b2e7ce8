import { closeSync, fstatSync, readSync } from 'node:fs'
import { asCredenceError, CredenceError } from '../errors.js'
import { openStamped, type StampedFile } from './file-stamp.js'

/**
 * A local file read by byte range. Synchronous on purpose: page and message decoders stay free of stray promises, and
 * a positioned read from the page cache costs less than a turn of the thread pool.
 */
export class ByteFile {
  readonly size: number
  readonly mtimeMs: number
  readonly #descriptor: number
  readonly #path: string

  /** @throws CredenceError `io`; `changed` where it is no longer the file that was found */
  constructor(file: StampedFile) {
    this.#path = file.path
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
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      let count: number
      try {
        count = readSync(this.#descriptor, bytes, done, length - done, offset + done)
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
    closeSync(this.#descriptor)
  }
}
