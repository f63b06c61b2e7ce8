/** Reads metadata files. What they hold may be made to take all time and memory: this runs in a child process (open.ts). */
import { closeSync, openSync, readSync, fstatSync } from 'node:fs'
import { boundedJson, MOST_BYTES, MOST_HEADER_BYTES } from './bounds.js'
import { readChecksums } from './checksums.js'
import { readCroissant } from './croissant/read.js'
import { readDataCard } from './data-card.js'
import { readDataPackage } from './data-package.js'
import { readDatasetInfos } from './dataset-infos.js'
import { asCredenceError, CredenceError } from '../errors.js'
import { NOTHING, type Declaration, type Declared, type MetadataKind } from './declaration.js'
import type { MetadataFile } from './find.js'
import { isKeyed } from './values.js'

/** @returns null for a page that declares nothing; a declaration with its error for what cannot be read */
export function readMetadata({ absolute, path, kind, folder }: MetadataFile): Declaration | null {
  try {
    const text = textOfFile(absolute, kind)
    const known = kind ?? kindOf(text)
    const declared = declaredIn(text, known)
    return declared === null ? null : { ...declared, kind: known, path, folder, error: null }
  } catch (error) {
    return unread({ absolute, path, kind, folder }, asCredenceError(error, 'io').message)
  }
}

export function unread({ path, kind, folder }: MetadataFile, error: string): Declaration {
  return { ...NOTHING, kind: kind ?? 'croissant', path, folder, error }
}

function declaredIn(text: string, kind: MetadataKind): Declared | null {
  switch (kind) {
    case 'croissant':
      return readCroissant(text)
    case 'data-card':
      return readDataCard(text)
    case 'dataset-infos':
      return readDatasetInfos(text)
    case 'data-package':
      return readDataPackage(text)
    case 'checksums':
      return readChecksums(text)
  }
}

/** Of a data card the beginning is enough. @throws CredenceError `limit`, `io` */
function textOfFile(absolute: string, kind: MetadataKind | null): string {
  const descriptor = openSync(absolute, 'r')
  try {
    const { size } = fstatSync(descriptor)
    if (kind !== 'data-card' && size > MOST_BYTES) {
      throw new CredenceError('limit', `it is of ${size} bytes; metadata is read up to ${MOST_BYTES}`)
    }
    const bytes = Buffer.alloc(Math.min(size, kind === 'data-card' ? 4 * MOST_HEADER_BYTES : MOST_BYTES))
    let read = 0
    for (let more = 1; more > 0 && read < bytes.length; read += more)
      more = readSync(descriptor, bytes, read, bytes.length - read, read)
    return bytes.toString('utf8', 0, read)
  } finally {
    closeSync(descriptor)
  }
}

/** Of a JSON file that was named without a name that says it. */
function kindOf(text: string): MetadataKind {
  const value = boundedJson(text)
  if (!isKeyed(value) || Object.hasOwn(value, '@context')) return 'croissant'
  return Object.hasOwn(value, 'resources') ? 'data-package' : 'dataset-infos'
}
