/** Metadata that lies beside the data: in the folders that are scanned, and in those of the files. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { CredenceError } from '../errors.js'
import type { MetadataKind } from './declaration.js'

/** By name in lower case. */
const KINDS: ReadonlyMap<string, MetadataKind> = new Map([
  ['croissant.json', 'croissant'],
  ['croissant.jsonld', 'croissant'],
  ['readme.md', 'data-card'],
  ['dataset_infos.json', 'dataset-infos'],
  ['dataset_info.json', 'dataset-infos'],
  ['datapackage.json', 'data-package'],
  ['sha256sums', 'checksums'],
])

/** As they are written: file systems tell small letters from large ones. */
const NAMES = [
  'croissant.json',
  'croissant.jsonld',
  'datapackage.json',
  'dataset_infos.json',
  'dataset_info.json',
  'README.md',
  'SHA256SUMS',
]

export function isMetadataName(name: string): boolean {
  return KINDS.has(name.toLowerCase())
}

const MOST_FOLDERS = 64
const MOST_FOUND = 32

export interface MetadataFile {
  readonly absolute: string
  /** As shown to people. */
  readonly path: string
  /** Null where only its content says. */
  readonly kind: MetadataKind | null
  /** Absolute: paths in it are meant from here. */
  readonly folder: string
}

/**
 * @param paths as asked for: folders among them are looked into
 * @param files absolute paths of the data files
 * @param named a metadata file or a folder of such, from `--metadata`; null for none
 * @throws CredenceError `not-found` where what is named is not there, or a folder without any
 */
export function findMetadata(
  paths: readonly string[],
  files: readonly string[],
  named: string | null,
  cwd: string,
): MetadataFile[] {
  const asked = paths.map((path) => resolve(cwd, path)).filter(isFolder)
  const folders = [...new Set([...asked, ...files.map((file) => dirname(file))])].slice(0, MOST_FOLDERS)
  const data = new Set(files)
  const found = new Map<string, MetadataFile>()
  const add = (absolute: string, kind: MetadataKind | null, folder: string): void => {
    // What was asked for as data is data.
    if (!data.has(absolute) && found.size < MOST_FOUND) found.set(absolute, { absolute, path: near(absolute, cwd), kind, folder })
  }
  if (named !== null) addNamed(resolve(cwd, named), named, folders, add)
  for (const folder of folders) {
    for (const name of NAMES) {
      const absolute = join(folder, name)
      if (!found.has(absolute) && isFile(absolute)) add(absolute, KINDS.get(name.toLowerCase()) ?? null, folder)
    }
  }
  return [...found.values()]
}

function addNamed(
  absolute: string,
  named: string,
  folders: readonly string[],
  add: (absolute: string, kind: MetadataKind | null, folder: string) => void,
): void {
  const from = (folder: string): string => (folders.some((data) => isWithin(data, folder)) ? folder : (folders[0] ?? folder))
  if (isFolder(absolute)) {
    const inside = NAMES.map((name) => join(absolute, name)).filter(isFile)
    if (inside.length === 0) {
      throw new CredenceError('not-found', `${named} holds no metadata`, { suggestions: [`looked for ${NAMES.join(', ')}`] })
    }
    for (const file of inside) add(file, KINDS.get(basename(file).toLowerCase()) ?? null, from(absolute))
    return
  }
  if (!isFile(absolute)) throw new CredenceError('not-found', `${named} is no file`, { place: { file: named } })
  const name = basename(absolute).toLowerCase()
  const kind =
    KINDS.get(name) ?? (name.endsWith('.md') ? 'data-card' : /\.(?:sha256|sha256sums|txt)$/.test(name) ? 'checksums' : null)
  add(absolute, kind, from(dirname(absolute)))
}

/** Whether a folder is the other one, or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner)
  return path === '' || (!path.startsWith('..') && resolve(outer, path) === resolve(inner))
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

/** A pipe would keep whoever opens it waiting. */
function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

function near(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute)
  return path.length < absolute.length ? path : absolute
}
