import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import * as zlib from 'node:zlib'
import type { Transform } from 'node:stream'
import { CredenceError } from '../errors.js'
import type { Compression } from '../read/format.js'

export interface Written {
  readonly bytes: number
  /** Hex, of the bytes on disk. */
  readonly sha256: string
}

/** Where a file's bytes go: packed if asked for, counted and hashed, then to a new file or, in a dry run, nowhere. */
export class OutputFile {
  /** Bytes given so far, before they are packed. */
  position = 0
  #bytes = 0
  readonly #hash = createHash('sha256')
  readonly #descriptor: number | null
  readonly #packer: Transform | null
  #failure: Error | null = null

  /**
   * @param path null to write nothing
   * @throws CredenceError `unsupported` for ZSTD before Node 22.15
   */
  constructor(path: string | null, compression: Compression) {
    this.#packer = packerOf(compression)
    this.#descriptor = path === null ? null : openSync(path, 'wx')
    this.#packer?.on('data', (chunk: Buffer) => {
      this.#storePacked(chunk)
    })
    this.#packer?.on('error', (error) => (this.#failure ??= error))
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.position += bytes.length
    if (this.#packer === null) this.#store(bytes)
    else {
      this.#check()
      if (!this.#packer.write(bytes)) await once(this.#packer, 'drain')
    }
  }

  /** Everything is on the disk when it comes back. */
  async finish(): Promise<Written> {
    if (this.#packer !== null) {
      this.#check()
      const ended = once(this.#packer, 'end')
      this.#packer.end()
      await ended
      this.#check()
    }
    if (this.#descriptor !== null) {
      fsyncSync(this.#descriptor)
      closeSync(this.#descriptor)
    }
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  #store(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    if (this.#descriptor === null) return
    for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done)
  }

  /** An exception thrown in a stream's event would end the process. */
  #storePacked(chunk: Uint8Array): void {
    if (this.#failure !== null) return
    try {
      this.#store(chunk)
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    }
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure
  }
}

function packerOf(compression: Compression): Transform | null {
  if (compression === 'none') return null
  if (compression === 'gzip') return zlib.createGzip()
  // Newer than the types of the oldest Node that we run on.
  const { createZstdCompress } = zlib as { createZstdCompress?: () => Transform }
  if (createZstdCompress !== undefined) return createZstdCompress()
  throw new CredenceError('unsupported', `writing .zst needs Node 22.15 or newer, this is ${process.version}`, {
    suggestions: ['run credence with a newer Node, or unpack the files and scan them again'],
  })
}
