/** Bytes [start, end) of the unpacked file, and what stands in their place. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** Told of all records in order, gives the bytes to leave out: neighbours as one piece, so that few are held. */
export interface Cuts {
  /**
   * @param start first byte of a record
   * @param end behind its last byte
   * @param lineEnd behind its terminator
   * @returns a piece that is complete
   */
  add(start: number, end: number, lineEnd: number, kept: boolean): Splice | null
  finish(): Splice | null
}

const NOTHING = new Uint8Array(0)

/** Records that end in a terminator, which goes with them. Blank lines between them stay. */
export class LineCuts implements Cuts {
  #start = 0
  #end = 0

  add(start: number, _end: number, lineEnd: number, kept: boolean): Splice | null {
    if (kept) return this.finish()
    if (start === this.#end && this.#end > this.#start) {
      this.#end = lineEnd
      return null
    }
    const before = this.finish()
    this.#start = start
    this.#end = lineEnd
    return before
  }

  finish(): Splice | null {
    const piece = this.#end > this.#start ? { start: this.#start, end: this.#end, bytes: NOTHING } : null
    this.#start = this.#end = 0
    return piece
  }
}

/** Elements of a JSON array: a comma and the space around it go with each that is left out. */
export class ArrayCuts implements Cuts {
  #keptEnd: number | null = null
  #cut: { start: number; end: number } | null = null

  add(start: number, end: number, _lineEnd: number, kept: boolean): Splice | null {
    if (!kept) {
      this.#cut = { start: this.#cut?.start ?? start, end }
      return null
    }
    // Before the first element that stays, the comma behind the cut goes; after it, the one before.
    const piece =
      this.#cut !== null && this.#keptEnd === null ? { start: this.#cut.start, end: start, bytes: NOTHING } : this.finish()
    this.#cut = null
    this.#keptEnd = end
    return piece
  }

  finish(): Splice | null {
    if (this.#cut === null) return null
    return { start: this.#keptEnd ?? this.#cut.start, end: this.#cut.end, bytes: NOTHING }
  }
}
