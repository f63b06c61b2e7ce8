/** SHA-256 of the files of a data set, taken beside the scan: of the bytes that it reads. */
import { createHash } from 'node:crypto'
import { asCredenceError, toErrorRecord, type ErrorRecord } from '../errors.js'
import { isStill } from './byte-stream.js'
import { changed } from './file-stamp.js'
import type { SourceFile } from './format.js'
import { hashFile } from './hash-file.js'

/** Hex, or why there is none. */
export type FileDigest = { readonly sha256: string } | { readonly error: ErrorRecord } | null

export class InputDigests {
  /**
   * SHA-256 over paths, stamps and digests, for holding one run's files against another's: with the stamps, since a run that
   * was cut short may have read what was changed back before the next. Rejects where a file cannot be read.
   */
  readonly whole: Promise<string>
  readonly #files: readonly SourceFile[]
  readonly #digests: readonly Promise<string>[]
  readonly #stop = new AbortController()

  constructor(files: readonly SourceFile[]) {
    this.#files = files
    let last: Promise<unknown> = Promise.resolve()
    // One after the other: the scan has the disk to itself most of the time.
    this.#digests = files.map((file) => {
      const digest = last.then(async () => (await hashFile(file, { signal: this.#stop.signal })).sha256)
      last = digest.catch(() => undefined)
      return digest
    })
    this.whole = this.#digestOfAll()
    this.whole.catch(() => undefined)
  }

  /**
   * To be asked when all that reads the files is done: a digest stands only where the file that it was taken of is still there,
   * untouched. Null for a file without a stamp, whose bytes nobody could vouch for.
   */
  async settle(): Promise<readonly FileDigest[]> {
    const settled = await Promise.allSettled(this.#digests)
    const look = async (file: SourceFile, i: number): Promise<FileDigest> => {
      const digest = settled[i]!
      if (file.stamp === undefined) return null
      try {
        if (!(await isStill(file))) throw changed(file.path)
        if (digest.status === 'rejected') throw digest.reason
        return { sha256: digest.value }
      } catch (error) {
        return { error: toErrorRecord(asCredenceError(error, 'io', { file: file.path })) }
      }
    }
    return Promise.all(this.#files.map(look))
  }

  /** Gives up what is not yet hashed. */
  stop(): void {
    this.#stop.abort()
  }

  async #digestOfAll(): Promise<string> {
    const all = createHash('sha256')
    for (const [i, { absolute, stamp = null }] of this.#files.entries()) {
      all.update(JSON.stringify([absolute, stamp, await this.#digests[i]]))
    }
    return all.digest('hex')
  }
}
