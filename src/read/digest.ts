import { basename, dirname } from 'node:path'
import { asCredenceError } from '../errors.js'
import { below } from '../storage/s3-address.js'
import { smallText } from './byte-stream.js'
import type { SourceFile } from './format.js'
import { hashFile } from './hash-file.js'

/** Hex SHA-256 that a sidecar declares and that of the file's bytes; both null where no sidecar speaks of the file. */
export interface Digests {
  readonly declaredSha256: string | null
  readonly actualSha256: string | null
}

/** Sidecars larger than this are not checksum lists. */
const MAX_SIDECAR_BYTES = 16 * 2 ** 20

/** Looks for `NAME.sha256` and `SHA256SUMS` beside the file; its bytes are hashed only where one of them names it. */
export async function digestsOf(file: SourceFile): Promise<Digests> {
  const name = basename(file.absolute)
  const folder = dirname(file.absolute)
  const own = await sidecar(below(folder, `${name}.sha256`))
  const declared = (own === null ? null : declaredFor(own, name, true)) ?? (await fromList(folder, name))
  return { declaredSha256: declared, actualSha256: declared === null ? null : (await hashFile(file)).sha256 }
}

async function fromList(folder: string, name: string): Promise<string | null> {
  const list = await sidecar(below(folder, 'SHA256SUMS'))
  return list === null ? null : declaredFor(list, name, false)
}

async function sidecar(path: string): Promise<string | null> {
  try {
    return await smallText(path, MAX_SIDECAR_BYTES)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: path })
  }
}

/**
 * The digest that a list in `sha256sum`'s format gives for a name.
 * @param alone a line of just a digest speaks of the file, as the list is its own
 */
function declaredFor(list: string, name: string, alone: boolean): string | null {
  for (const line of list.split(/\r?\n/)) {
    const match = /^([0-9a-fA-F]{64})(?:\s+\*?(\S.*))?$/.exec(line.trimEnd())
    if (!match?.[1]) continue
    if (match[2] === undefined ? alone : basename(match[2]) === name) return match[1].toLowerCase()
  }
  return null
}
