/**
 * A sliding view of a stream of bytes. What is still needed stays, what was taken is let go, so that memory is bounded
 * by the largest record and not by the stream.
 */
export class ByteWindow {
  /** What is in view. */
  bytes: Buffer = Buffer.alloc(0)
  /** Where `bytes` starts in the stream. */
  offset: number
  /** No bytes come after those in view. */
  ended = false
  readonly #chunks: AsyncIterator<Buffer>

  /** @param offset where the first chunk starts, for the caller's own counting */
  constructor(chunks: AsyncIterable<Buffer>, offset = 0) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.offset = offset
  }

  /**
   * Lets go of the bytes before `keep` and reads on until what was kept has at least doubled: a record that is scanned
   * again each time costs linear time in all.
   * @returns false where the stream has ended and nothing was added
   */
  async more(keep: number): Promise<boolean> {
    const kept = this.bytes.subarray(keep)
    this.offset += keep
    const parts: Buffer[] = [kept]
    let added = 0
    while (!this.ended && (added === 0 || added < kept.length)) {
      const next = await this.#chunks.next()
      if (next.done) this.ended = true
      else if (next.value.length > 0) {
        parts.push(next.value)
        added += next.value.length
      }
    }
    this.bytes = parts.length === 1 ? kept : kept.length === 0 && parts[1] && parts.length === 2 ? parts[1] : Buffer.concat(parts)
    return added > 0
  }

  /** Has at least `count` bytes from `from` on in view, if the stream has them. */
  async ensure(from: number, count: number): Promise<boolean> {
    while (this.bytes.length - from < count) {
      if (this.ended || !(await this.more(0))) return false
    }
    return true
  }

  /** Closes the stream; to be called whenever reading stops, early or not. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
