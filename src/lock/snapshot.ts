/** A data set as it is now: bytes of its files, and content of its rows. */
import { relative, sep } from 'node:path'
import { hashFile, stampOf } from './hash-file.js'
import type { Config } from '../config/schema.js'
import { CredenceError } from '../errors.js'
import { discoverFiles } from '../read/discover.js'
import { scanAndSurvey, type ScanRequest } from '../scan.js'
import { digestSurvey, type DigestedFile } from '../survey/digests.js'
import { originSurvey, type Origins } from '../survey/origins.js'

export interface SnapshotRequest extends Pick<ScanRequest, 'registry' | 'onProgress' | 'onNotice' | 'signal'> {
  readonly paths: readonly string[]
  readonly cwd: string
  readonly config: Config
  /** Absolute: paths are said from here. */
  readonly folder: string
}

/** A file's bytes alone. */
export interface FoundFile {
  /** From the folder, with slashes. */
  readonly path: string
  readonly absolute: string
  readonly bytes: number
  readonly sha256: string
  readonly stamp: string
}

export interface SnapshotFile extends FoundFile {
  readonly format: string
  readonly content: DigestedFile
}

export interface Snapshot {
  readonly kind: string
  readonly roles: readonly { readonly role: string; readonly column: string }[]
  readonly files: readonly SnapshotFile[]
  readonly origins: Origins
}

/** The files and their bytes. @throws CredenceError `not-found`, `usage`, `io` */
export async function findFiles({ paths, cwd, config, folder }: SnapshotRequest): Promise<FoundFile[]> {
  if (paths.includes('-')) throw new CredenceError('usage', 'standard input cannot be locked: name files')
  const { files } = await discoverFiles(paths, cwd, config.split)
  const found: FoundFile[] = []
  for (const { absolute, path } of files) {
    found.push({ path: relative(folder, absolute).split(sep).join('/'), absolute, ...(await hashFile(absolute, path)) })
  }
  return found
}

/**
 * All rows of the files.
 * @throws CredenceError as a scan does; `format` where rows could not be read, as nobody can vouch for those; `io` for a file
 *   that somebody has written to meanwhile
 */
export async function readRows(request: SnapshotRequest, found: readonly FoundFile[]): Promise<Snapshot> {
  // Nothing of it is worth keeping: no vectors are made.
  const config = { ...request.config, cache: 'off', out: null }
  const { report, values } = await scanAndSurvey({
    ...request,
    config,
    scanners: [],
    surveys: [digestSurvey.id, originSurvey.id],
  })
  const { incomplete, files } = report.coverage
  const content = values.get(digestSurvey.id) as readonly DigestedFile[] | undefined
  if (incomplete.length > 0 || content === undefined) {
    throw new CredenceError('format', 'the rows could not be read in full', { suggestions: incomplete.slice(0, 10) })
  }
  for (const { absolute, path, stamp } of found) {
    if ((await stampOf(absolute)) !== stamp) throw new CredenceError('io', `${path} was written to while it was read`)
  }
  return {
    kind: report.kind,
    roles: report.roles.map(({ role, column }) => ({ role, column })),
    files: found.map((file, i) => ({ ...file, format: files[i]!.format, content: content[i]! })),
    origins: values.get(originSurvey.id) ?? {},
  }
}
