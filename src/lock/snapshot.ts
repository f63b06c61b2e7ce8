/** A data set as it is now: bytes of its files, and content of its rows. */
import { relative, sep } from 'node:path'
import type { Config } from '../config/schema.js'
import { CredenceError } from '../errors.js'
import type { FileReceipt } from '../model/report.js'
import { isStill } from '../read/byte-stream.js'
import { discoverFiles } from '../read/discover.js'
import { changed, type StampedFile } from '../read/file-stamp.js'
import { hashFile } from '../read/hash-file.js'
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
}

interface HashedFound extends FoundFile {
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

/** The files and their bytes. @throws CredenceError `not-found`, `usage`, `io`, `changed` */
export async function findFiles(request: SnapshotRequest): Promise<HashedFound[]> {
  const found: HashedFound[] = []
  for (const file of await listFiles(request)) {
    found.push({ path: fromFolder(request, file), absolute: file.absolute, ...(await hashFile(file)) })
  }
  return found
}

/**
 * All rows of the files, and their bytes: each file is hashed by the scan that reads its rows.
 * @throws CredenceError as a scan does; `format` where rows could not be read, as nobody can vouch for those, or where somebody
 *   wrote to a file meanwhile
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const listed = await listFiles(request)
  const { files, ...rest } = await scanRows(request)
  return {
    ...rest,
    files: files.map(({ receipt, content }, i) => {
      const file = listed[i]
      const { path, bytes, sha256, format } = receipt
      // The scan has looked for the files again. Those without a digest are incomplete, which scanRows refuses.
      if (file?.path !== path || listed.length !== files.length || sha256 === undefined) throw changed(path)
      return { path: fromFolder(request, file), absolute: file.absolute, bytes, sha256, format, content }
    }),
  }
}

/**
 * All rows of files whose bytes are known.
 * @throws CredenceError as {@link takeSnapshot} does; `changed` for a file that somebody has written to since it was found
 */
export async function readRows(request: SnapshotRequest, found: readonly HashedFound[]): Promise<Snapshot> {
  const { files, ...rest } = await scanRows(request)
  for (const file of found) if (!(await isStill(file))) throw changed(file.path)
  return {
    ...rest,
    files: found.map((file, i) => ({ ...file, format: files[i]!.receipt.format, content: files[i]!.content })),
  }
}

interface ScannedRows extends Omit<Snapshot, 'files'> {
  readonly files: readonly { readonly receipt: FileReceipt; readonly content: DigestedFile }[]
}

async function scanRows(request: SnapshotRequest): Promise<ScannedRows> {
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
  return {
    kind: report.kind,
    roles: report.roles.map(({ role, column }) => ({ role, column })),
    files: files.map((receipt, i) => ({ receipt, content: content[i]! })),
    origins: values.get(originSurvey.id) ?? {},
  }
}

async function listFiles({ paths, cwd, config }: SnapshotRequest): Promise<readonly StampedFile[]> {
  if (paths.includes('-')) throw new CredenceError('usage', 'standard input cannot be locked: name files')
  return (await discoverFiles(paths, cwd, config.split)).files
}

function fromFolder({ folder }: SnapshotRequest, { absolute }: StampedFile): string {
  return relative(folder, absolute).split(sep).join('/')
}
