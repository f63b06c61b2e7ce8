import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { DefaultDeserializer, serialize } from 'node:v8'
import { CredenceError } from '../errors.js'

/**
 * States hold pieces of rows, and rows may hold secrets: they lie on the disk encrypted. Layout: a line that names the layout's
 * version, so that a file of another one is never merged; a nonce; the tag; the value in V8's structured-clone format.
 */
const MAGIC = Buffer.from('credence-state-2\n', 'latin1')
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** 32 bytes. */
export type StateKey = Uint8Array

export function newStateKey(): StateKey {
  return Uint8Array.from(randomBytes(KEY_BYTES))
}

/** Writes a value (anything structured clone keeps) so that a reader finds the whole file or none. */
export function writeState(path: string, value: unknown, key: StateKey): void {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce)
  const body = cipher.update(serialize(value))
  cipher.final()
  const temporary = `${path}.${process.pid}.tmp`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    for (const part of [MAGIC, nonce, cipher.getAuthTag(), body]) writeFully(descriptor, part)
  } finally {
    closeSync(descriptor)
  }
  // Not synced: what a machine that loses power leaves behind is told by the tag.
  renameSync(temporary, path)
}

function writeFully(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
}

declare module 'node:v8' {
  // Documented, but left out of the types.
  interface DefaultDeserializer {
    _readHostObject(): unknown
  }
}

/**
 * `v8.deserialize` gives typed arrays that are views of the whole file: what a merge keeps of a shard's state, however little,
 * would keep all of it in memory.
 */
class StateDeserializer extends DefaultDeserializer {
  override _readHostObject(): unknown {
    const view = super._readHostObject() as Uint8Array
    return Buffer.isBuffer(view) ? Buffer.from(view) : view.slice()
  }
}

/** @throws CredenceError `internal` when the file is not a whole state file of this version, written with this key */
export function readState(path: string, key: StateKey): unknown {
  const bytes = readFileSync(path)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new CredenceError('internal', `${path} is not a state file of this version`)
  }
  const [nonce, tag, body] = [0, NONCE_BYTES, NONCE_BYTES + TAG_BYTES].map((at) => bytes.subarray(MAGIC.length + at))
  const decipher = createDecipheriv(CIPHER, key, nonce!.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(tag!.subarray(0, TAG_BYTES))
  try {
    const plain = decipher.update(body!)
    decipher.final()
    const deserializer = new StateDeserializer(plain)
    deserializer.readHeader()
    return deserializer.readValue()
  } catch (error) {
    throw new CredenceError('internal', `${path} is damaged`, { cause: error })
  }
}
