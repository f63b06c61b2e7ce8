import { createCipheriv, createDecipheriv, randomBytes, type DecipherGCM } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { pack, unpack } from './state-format.js'
import { CredenceError } from '../errors.js'

/**
 * States hold pieces of rows, and rows may hold secrets: they lie on the disk encrypted. Layout: a line that names the layout's
 * version, so that a file of another one is never merged; a nonce; the tag; then, encrypted, how many parts there are, how many
 * bytes each has, and the parts (`state-format.ts`). Large arrays are parts of their own, so that no second copy of them is made.
 */
const MAGIC = Buffer.from('credence-state-3\n', 'latin1')
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NUMBER_BYTES = 8
/** Encrypted at a time. */
const CHUNK_BYTES = 2 ** 20

/** 32 bytes. */
export type StateKey = Uint8Array

export function newStateKey(): StateKey {
  return Uint8Array.from(randomBytes(KEY_BYTES))
}

/** Writes a value (anything structured clone keeps) so that a reader finds the whole file or none. */
export function writeState(path: string, value: unknown, key: StateKey): void {
  const parts = pack(value)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce)
  const temporary = `${path}.${process.pid}.tmp`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    // The tag is known at the end.
    for (const head of [MAGIC, nonce, Buffer.alloc(TAG_BYTES)]) writeFully(descriptor, head, null)
    const sizes = Float64Array.from([parts.length, ...parts.map(({ byteLength }) => byteLength)])
    for (const part of [bytesOf(sizes), ...parts]) {
      for (let at = 0; at < part.byteLength; at += CHUNK_BYTES) {
        writeFully(descriptor, cipher.update(part.subarray(at, at + CHUNK_BYTES)), null)
      }
    }
    cipher.final()
    writeFully(descriptor, cipher.getAuthTag(), MAGIC.length + NONCE_BYTES)
  } finally {
    closeSync(descriptor)
  }
  // Not synced: what a machine that loses power leaves behind is told by the tag.
  renameSync(temporary, path)
}

/** @param position null for where the last write ended */
function writeFully(descriptor: number, bytes: Uint8Array, position: number | null): void {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, position === null ? null : position + at)
  }
}

/** @throws CredenceError `internal` when the file is not a whole state file of this version, written with this key */
export function readState(path: string, key: StateKey): unknown {
  const descriptor = openSync(path, 'r')
  try {
    const head = Buffer.alloc(MAGIC.length + NONCE_BYTES + TAG_BYTES)
    readFully(descriptor, head)
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new CredenceError('internal', `${path} is not a state file of this version`)
    }
    const nonce = head.subarray(MAGIC.length, MAGIC.length + NONCE_BYTES)
    const decipher = createDecipheriv(CIPHER, key, nonce)
    decipher.setAuthTag(head.subarray(MAGIC.length + NONCE_BYTES))
    return unpack(readParts(descriptor, decipher, fstatSync(descriptor).size - head.length))
  } catch (error) {
    if (error instanceof CredenceError) throw error
    throw new CredenceError('internal', `${path} is damaged`, { cause: error })
  } finally {
    closeSync(descriptor)
  }
}

/** @param size bytes that there are. @throws Error when the tag does not fit what was read: nothing has been made of it then */
function readParts(descriptor: number, decipher: DecipherGCM, size: number): Uint8Array<ArrayBuffer>[] {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(0, size)))
  const fill = (into: Uint8Array): void => {
    for (let at = 0; at < into.length; at += chunk.length) {
      const piece = chunk.subarray(0, Math.min(chunk.length, into.length - at))
      readFully(descriptor, piece)
      into.set(decipher.update(piece), at)
    }
  }
  const numbers = (count: number): Float64Array => {
    const values = new Float64Array(count)
    fill(bytesOf(values))
    return values
  }
  const [count = 0] = numbers(1)
  // Not trusted before the tag is checked: no more memory is taken than the file is long.
  if (!(count * NUMBER_BYTES <= size)) throw new Error('more parts than bytes')
  const sizes = numbers(count)
  const total = sizes.reduce((sum, bytes) => sum + bytes, (1 + count) * NUMBER_BYTES)
  if (total !== size || !sizes.every((bytes) => Number.isInteger(bytes) && bytes >= 0)) throw new Error('parts of other sizes')
  const parts = Array.from(sizes, (bytes) => {
    const part = new Uint8Array(bytes)
    fill(part)
    return part
  })
  decipher.final()
  return parts
}

function readFully(descriptor: number, into: Uint8Array): void {
  for (let at = 0; at < into.length;) {
    const read = readSync(descriptor, into, at, into.length - at, null)
    if (read === 0) throw new Error('it ends too soon')
    at += read
  }
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
