/** Files of an object store, found as those of a folder are. */
import picomatch from 'picomatch'
import { CredenceError } from '../errors.js'
import { isRemote, s3Address, s3Path } from '../storage/s3-address.js'
import type { ObjectFacts } from '../storage/s3.js'

export interface FoundObject {
  readonly absolute: string
  /** Key below the prefix or pattern that was asked for. */
  readonly inside: string
  readonly object: ObjectFacts
}

/**
 * @param path an object, a prefix (searched for known endings; names that begin with `.` or `_` are left out), or a pattern
 * @param isData whether a key below the prefix is that of a data file
 * @throws CredenceError `not-found` for a path that names nothing
 */
export async function expandRemote(path: string, isData: (inside: string) => boolean): Promise<FoundObject[]> {
  const { S3 } = await import('../storage/s3.js')
  const s3 = new S3()
  const address = s3Address(path)
  const found = (object: ObjectFacts, prefix: string): FoundObject => ({
    absolute: s3Path({ bucket: address.bucket, key: object.key }),
    inside: object.key.slice(prefix.length),
    object,
  })
  const { isGlob, base } = picomatch.scan(address.key)
  if (isGlob) {
    const matches = picomatch(address.key)
    const prefix = base === '' ? '' : `${base}/`
    const objects = await s3.list({ ...address, key: prefix })
    return some(
      objects.filter(({ key }) => matches(key)).map((object) => found(object, prefix)),
      `${path} matches no file`,
      path,
    )
  }
  const own = address.key === '' || address.key.endsWith('/') ? null : await s3.head(address)
  // As of a file on this machine: the folder that it lies in may name its split.
  if (own !== null) return [found(own, address.key.slice(0, address.key.lastIndexOf('/', address.key.lastIndexOf('/') - 1) + 1))]
  const prefix = address.key === '' || address.key.endsWith('/') ? address.key : `${address.key}/`
  const objects = await s3.list({ ...address, key: prefix })
  const inside = objects.filter(({ key }) => isData(key.slice(prefix.length))).map((object) => found(object, prefix))
  return some(inside, objects.length > 0 ? `${path} holds no data files` : `${path} does not exist`, path)
}

function some(found: FoundObject[], otherwise: string, path: string): FoundObject[] {
  if (found.length === 0) throw new CredenceError('not-found', otherwise, { place: { file: path } })
  return found
}

/** @throws CredenceError `unsupported` for an object store where only files of this machine are read */
export function refuseRemote(paths: readonly string[]): void {
  const path = paths.find(isRemote)
  if (path === undefined) return
  throw new CredenceError('unsupported', `${path}: object stores are read by scan, inspect and plan only`, {
    place: { file: path },
    suggestions: ['copy the data to this machine first'],
  })
}
