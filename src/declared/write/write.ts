/** From a data set to the Croissant document beside it. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { croissantFor, type About } from './document.js'
import type { DescribedFile } from './tables.js'
import type { Config } from '../../config/schema.js'
import type { Declaration } from '../declaration.js'
import { findMetadata, isWithin } from '../find.js'
import { readAll } from '../open.js'
import { ChildOpener } from '../../engine/child-opener.js'
import { asCredenceError, CredenceError } from '../../errors.js'
import { hashFile } from '../../read/hash-file.js'
import type { ReadLimits } from '../../model/read-limits.js'
import { ByteFile } from '../../read/byte-file.js'
import { discoverFiles } from '../../read/discover.js'
import type { DataFile } from '../../read/data-file.js'

export interface WriteRequest {
  readonly paths: readonly string[]
  readonly cwd: string
  readonly config: Config
  readonly limits: ReadLimits
  /** Null for `croissant.json` in the data's folder. */
  readonly out: string | null
  readonly force: boolean
  /** What was given on the command line; null and empty where it was not. */
  readonly about: Partial<About>
  readonly signal?: AbortSignal
}

export interface Written {
  readonly path: string
  readonly files: number
  readonly recordSets: number
  /** Required by the specification, and known to nobody here. */
  readonly missing: readonly string[]
}

const NAME = 'croissant.json'
const SHARD_BYTES = 2 ** 30
const HEAD_BYTES = 2 ** 16

/** @throws CredenceError `usage` for a document that is there, or data outside its folder; as opening the files does */
export async function writeCroissant(request: WriteRequest): Promise<Written> {
  const { paths, cwd, config, signal } = request
  if (paths.includes('-')) throw new CredenceError('usage', 'standard input has no files to describe: name files')
  const { files: sources } = await discoverFiles(paths, cwd, config.split)
  const path = resolve(cwd, request.out ?? join(folderOf(paths, cwd, sources), NAME))
  const folder = dirname(path)
  if (existsSync(path) && !request.force) {
    throw new CredenceError('usage', `${relative(cwd, path) || path} exists already`, {
      suggestions: ['overwrite it with --force'],
    })
  }
  const outside = sources.find(({ absolute }) => !isWithin(absolute, folder))
  if (outside !== undefined) {
    throw new CredenceError('usage', `${outside.path} does not lie below the folder of the document`, {
      suggestions: ['name a file beside or above the data with --out'],
    })
  }
  const bounds = { deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory }
  const opener = new ChildOpener(bounds, signal)
  const described: DescribedFile[] = []
  try {
    for (const source of sources) {
      const { file } = await opener.open(source, SHARD_BYTES, request.limits)
      if (file.error !== null) throw new CredenceError(file.error.code, file.error.message, { place: file.error.place })
      signal?.throwIfAborted()
      described.push(await describe(file, folder))
    }
  } finally {
    opener.close()
  }
  const declarations = await readAll(
    findMetadata(
      paths,
      sources.map(({ absolute }) => absolute),
      null,
      cwd,
    ).filter(({ absolute }) => absolute !== path),
    bounds,
    signal,
  )
  const document = croissantFor(described, aboutOf(request.about, described, declarations, folder))
  signal?.throwIfAborted()
  await writeFileAtomic(path, `${JSON.stringify(document, null, 2)}\n`).catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file: path })
  })
  const required = ['license', 'url', 'creator', 'datePublished']
  return {
    path: relative(cwd, path) || path,
    files: described.length,
    recordSets: (document['recordSet'] as readonly unknown[]).length,
    missing: required.filter((key) => !Object.hasOwn(document, key)),
  }
}

/** The folder that was asked for, or the innermost one that holds all files. */
function folderOf(paths: readonly string[], cwd: string, sources: readonly { readonly absolute: string }[]): string {
  const [only] = paths.map((path) => resolve(cwd, path))
  if (paths.length === 1 && only !== undefined && existsSync(only) && statSync(only).isDirectory()) return only
  let folder = dirname(sources[0]?.absolute ?? cwd)
  while (sources.some(({ absolute }) => !isWithin(absolute, folder)) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}

async function describe(file: DataFile, folder: string): Promise<DescribedFile> {
  const { absolute, bytes, format, compression, split, schema, partitions } = file
  const sha256 = file.actualSha256 ?? (await hashFile(file)).sha256
  return {
    path: relative(folder, absolute).split(sep).join('/'),
    bytes,
    format,
    compression,
    split,
    sha256,
    columns: schema.columns.filter(({ name }) => !Object.hasOwn(partitions, name)),
    jsonRoot: format === 'json' ? jsonRoot(file) : null,
  }
}

/** An array of rows, or an object that holds one. What is packed is taken for the first: it is not opened here. */
function jsonRoot(source: DataFile): string {
  if (source.compression !== 'none') return '$[*]'
  const file = new ByteFile(source)
  try {
    const first = /[[{]/.exec(Buffer.from(file.read(0, Math.min(file.size, HEAD_BYTES))).toString('latin1'))?.[0]
    return first === '{' ? '$.*[*]' : '$[*]'
  } finally {
    file.close()
  }
}

/** What was given wins over what metadata beside the data declares. */
function aboutOf(
  given: Partial<About>,
  files: readonly DescribedFile[],
  declarations: readonly Declaration[],
  folder: string,
): About {
  const columns = [...new Set(files.flatMap((file) => file.columns.map(({ name }) => name)))]
  const shown = columns.slice(0, 8).join(', ') + (columns.length > 8 ? ', …' : '')
  const formats = [...new Set(files.map(({ format }) => format))].join(', ')
  const declared = (of: (declaration: Declaration) => readonly string[]): string[] =>
    declarations
      .map(of)
      .find((list) => list.length > 0)
      ?.slice() ?? []
  return {
    name: given.name ?? basename(folder),
    description:
      given.description ?? `Data set of ${files.length} ${files.length === 1 ? 'file' : 'files'} (${formats}) with ${shown}.`,
    licenses: given.licenses ?? declared(({ licenses }) => licenses),
    url: given.url ?? null,
    creators: given.creators ?? [],
    datePublished: given.datePublished ?? null,
    origins: declared(({ origins }) => origins),
  }
}
