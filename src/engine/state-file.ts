import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { CredenceError } from '../errors.js'

// Version of the state layout: a file of another version is never merged.
const MAGIC = Buffer.from('credence-state-1\n', 'latin1')

/** Writes a value (anything structured clone keeps) so that a reader finds the whole file or none. */
export function writeState(path: string, value: unknown): void {
  const temporary = `${path}.${process.pid}.tmp`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    writeFully(descriptor, MAGIC)
    writeFully(descriptor, serialize(value))
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, path)
}

function writeFully(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
}

/** @throws CredenceError `internal` when the file is not a state file of this version. */
export function readState(path: string): unknown {
  const bytes = readFileSync(path)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new CredenceError('internal', `${path} is not a state file of this version`)
  }
  return deserialize(bytes.subarray(MAGIC.length))
}
