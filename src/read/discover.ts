import { existsSync, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { CredenceError } from '../errors.js'
import { settledStamp } from './file-stamp.js'
import { isRemote } from '../storage/s3-address.js'
import type { ObjectFacts } from '../storage/s3.js'
import { expandRemote, refuseRemote } from './discover-remote.js'
import type { SourceFile } from './format.js'
import { canonicalSplit, partitionsOf, splitOf } from './layout.js'
import { fileFormat, KNOWN_ENDINGS } from './sniff.js'
import { spoolStandardInput } from './standard-input.js'

/** JSON files that Hugging Face `datasets` writes beside the data, other metadata (src/declared), and our own. */
const NOT_DATA = [
  ...['dataset_info.json', 'dataset_infos.json', 'dataset_dict.json', 'state.json'],
  ...['croissant.json', 'datapackage.json', 'credence.*.json', '*.lineage.json'],
]

export interface Discovery {
  /** In path order, each once. */
  readonly files: readonly SourceFile[]
  /** A folder of ours that holds what came on standard input, to be removed at the end; else null. */
  readonly temporary: string | null
}

interface Found {
  readonly absolute: string
  /** Path below the folder or pattern that was asked for. */
  readonly inside: string
  /** Of a store; a file of this machine is asked. */
  readonly object?: ObjectFacts
}

/**
 * The files that the paths name: files, folders (searched for known endings; names that begin with `.` or `_` are left
 * out), glob patterns, or `-` for JSON Lines on standard input.
 * @param split only files of that split
 * @param remote whether `s3://` may be named
 * @throws CredenceError `not-found` for a path that names nothing, `usage` for no paths, `unsupported` for an unknown format
 */
export async function discoverFiles(
  paths: readonly string[],
  cwd: string,
  split: string | null,
  remote = false,
): Promise<Discovery> {
  if (paths.length === 0)
    throw new CredenceError('usage', 'no path was given', {
      suggestions: ['name a file, a folder, a pattern, or - for standard input'],
    })
  if (paths.includes('-')) {
    if (paths.length > 1) throw new CredenceError('usage', 'standard input (-) cannot be mixed with other paths')
    return spoolStandardInput()
  }
  if (!remote) refuseRemote(paths)
  const found = new Map<string, Found>()
  for (const path of paths) {
    for (const file of await expand(path, cwd)) if (!found.has(file.absolute)) found.set(file.absolute, file)
  }
  const files = await Promise.all([...found.values()].map((file) => describe(file, cwd)))
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return { files: split === null ? files : ofSplit(files, split), temporary: null }
}

async function expand(path: string, cwd: string): Promise<Found[]> {
  if (isRemote(path)) return expandRemote(path, isData)
  const absolute = resolve(cwd, path)
  if (existsSync(absolute)) {
    if (!statSync(absolute).isDirectory())
      return [{ absolute, inside: join(basename(resolve(absolute, '..')), basename(absolute)) }]
    return searchFolder(absolute, path)
  }
  if (!isDynamicPattern(path)) throw new CredenceError('not-found', `${path} does not exist`, { place: { file: path } })
  const matches = await glob(path.replaceAll('\\', '/'), { cwd, absolute: true, expandDirectories: false })
  if (matches.length === 0) throw new CredenceError('not-found', `${path} matches no file`, { place: { file: path } })
  return matches.map((match) => ({ absolute: resolve(match), inside: isAbsolute(path) ? match : relative(cwd, match) }))
}

async function searchFolder(folder: string, path: string): Promise<Found[]> {
  const matches = await glob(`**/*.{${KNOWN_ENDINGS.join(',')}}`, {
    cwd: folder,
    ignore: ['**/_*', '**/_*/**', ...NOT_DATA.map((name) => `**/${name}`)],
    caseSensitiveMatch: false,
    expandDirectories: false,
  })
  if (matches.length === 0) {
    throw new CredenceError('not-found', `${path} holds no data files`, {
      place: { file: path },
      suggestions: [`looked for the endings ${KNOWN_ENDINGS.map((ending) => `.${ending}`).join(' ')}`],
    })
  }
  return matches.map((inside) => ({ absolute: join(folder, inside), inside }))
}

/** Whether a file of a folder is one of its data files: the pattern of `searchFolder`, for stores that know no patterns. */
function isData(inside: string): boolean {
  const parts = inside.split('/')
  const name = (parts.at(-1) ?? '').toLowerCase()
  if (parts.some((part) => part.startsWith('_') || part.startsWith('.'))) return false
  if (NOT_DATA.includes(name) || (name.startsWith('credence.') && name.endsWith('.json'))) return false
  return KNOWN_ENDINGS.some((ending) => name.endsWith(`.${ending}`))
}

async function describe({ absolute, inside, object }: Found, cwd: string): Promise<SourceFile> {
  if (object !== undefined) {
    const { size: bytes, etag: stamp } = object
    const file = { path: absolute, absolute, stamp }
    const partitions = partitionsOf(absolute)
    const split = splitOf(inside, partitions)
    return { ...file, ...(await fileFormat(file)), bytes, split, partitions }
  }
  const near = relative(cwd, absolute)
  const path = near.length < absolute.length ? near : absolute
  const { stamp, size, isFile } = await settledStamp(absolute)
  if (!isFile) {
    // A pipe would keep whoever opens it waiting, and cannot be read twice.
    throw new CredenceError('unsupported', `${path} is no regular file`, {
      place: { file: path },
      suggestions: ['write it to a file, or send JSON Lines to standard input and name -'],
    })
  }
  const partitions = partitionsOf(absolute)
  return {
    path,
    absolute,
    ...(await fileFormat({ absolute, path, stamp })),
    bytes: size,
    stamp,
    split: splitOf(inside, partitions),
    partitions,
  }
}

function ofSplit(files: readonly SourceFile[], split: string): SourceFile[] {
  const wanted = canonicalSplit(split)
  const kept = files.filter((file) => file.split === wanted)
  if (kept.length > 0) return kept
  const known = [...new Set(files.map((file) => file.split ?? '(none)'))].join(', ')
  throw new CredenceError('not-found', `no file is of the split ${JSON.stringify(split)}; the splits found: ${known}`)
}
