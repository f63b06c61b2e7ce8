import { askStore } from '../storage/sync-ranges.js'
import { CredenceError } from '../errors.js'
import { changed, type StampedFile } from './file-stamp.js'

/** A read that follows none before it may be a footer or a header alone: little is fetched beyond it. */
const FIRST_BYTES = 64 * 1024
/** Where reading goes on behind what was fetched, twice as much is fetched each time, up to this. */
const MOST_BYTES = 8 * 2 ** 20
/** Pages of several columns are read in turns: each has its own place. */
const MOST_PIECES = 12

interface Piece {
  readonly start: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** An object of a store, read by position. Fetches ahead where reading goes on, since every request takes a while. */
export class RemoteBytes {
  readonly size: number
  readonly mtimeMs: number
  readonly #path: string
  readonly #etag: string
  /** The latest last. */
  #pieces: Piece[] = []

  /** @throws CredenceError `not-found` where there is no such object, `changed` where it is another, `io` where the store does not answer */
  constructor({ absolute: path, stamp }: StampedFile) {
    this.#path = path
    const reply = askStore({ kind: 'head', path })
    const facts = reply.kind === 'head' ? reply.facts : null
    if (facts === null) throw new CredenceError('not-found', `${path} does not exist`, { place: { file: path } })
    if (stamp !== undefined && facts.etag !== stamp) throw changed(path)
    this.size = facts.size
    this.mtimeMs = facts.modifiedMs
    this.#etag = facts.etag
  }

  /** Exactly `length` bytes, which lie within the object, in a buffer of their own. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const known = this.#pieces.find(({ start, bytes }) => start <= offset && offset + length <= start + bytes.length)
    const piece = known ?? this.#fetch(offset, length)
    this.#pieces = [...this.#pieces.filter((other) => other !== piece), piece].slice(-MOST_PIECES)
    return piece.bytes.slice(offset - piece.start, offset - piece.start + length)
  }

  #fetch(offset: number, length: number): Piece {
    const before = this.#pieces.find(({ start, bytes }) => start <= offset && offset <= start + bytes.length)
    // What it goes on from is not read again.
    if (before) this.#pieces = this.#pieces.filter((other) => other !== before)
    const ahead = before ? Math.min(2 * before.bytes.length, MOST_BYTES) : FIRST_BYTES
    const end = Math.min(offset + Math.max(length, ahead), this.size)
    const reply = askStore({ kind: 'range', path: this.#path, start: offset, end, etag: this.#etag })
    if (reply.kind !== 'range') throw new CredenceError('internal', 'the store answered another question')
    return { start: offset, bytes: reply.bytes }
  }
}
