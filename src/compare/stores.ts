/** Where the content of a pointer lies on this machine: git LFS and DVC keep content by its digest, and pointers in git. */
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, posix, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { CredenceError } from '../errors.js'

/** A file in a local store. */
export interface Stored {
  readonly kind: 'file'
  /** Where it should lie. */
  readonly at: string
  /** What brings it there. */
  readonly fetch: string
}

/** Of a blob that is a pointer of git LFS (its specification, v1); null where it is none. */
export async function lfsObject(text: string, objects: string): Promise<Stored | null> {
  const found = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[a-z].*\n)*?oid sha256:([\da-f]{64})\n/.exec(text)
  const oid = found?.[1]
  if (oid === undefined) return null
  return { kind: 'file', at: join(objects, oid.slice(0, 2), oid.slice(2, 4), oid), fetch: 'git lfs fetch --all' }
}

const md5 = z.string().regex(/^[\da-f]{32}(\.dir)?$/)
const pointer = z.looseObject({ outs: z.array(z.looseObject({ md5, path: z.string(), hash: z.string().optional() })) })
const directory = z.array(z.looseObject({ md5, relpath: z.string() }))

/**
 * The files that a `.dvc` file stands for, by their paths in the repository.
 * @param folder of the `.dvc` file, below the repository's top
 */
export async function dvcOutputs(text: string, folder: string, top: string): Promise<(Stored & { readonly path: string })[]> {
  const parsed = pointer.safeParse(parse(text))
  if (!parsed.success) return []
  const cache = await dvcCache(top)
  const files: (Stored & { readonly path: string })[] = []
  for (const { md5, path, hash } of parsed.data.outs) {
    const target = inside(posix.join(folder, path))
    if (!md5.endsWith('.dir')) files.push({ ...stored(cache, md5, hash), path: target })
    else {
      for (const entry of await listDirectory(stored(cache, md5, hash), target)) {
        files.push({ ...stored(cache, entry.md5, hash), path: inside(posix.join(target, entry.relpath)) })
      }
    }
  }
  return files
}

/** DVC 3 keeps what it hashed as `files/md5`; what DVC 2 hashed, which says so by leaving `hash` out, lies at the cache's top. */
function stored(cache: string, digest: string, hash: string | undefined): Stored {
  const store = hash === undefined ? cache : join(cache, 'files', hash === 'md5' ? 'md5' : hash)
  return { kind: 'file', at: join(store, digest.slice(0, 2), digest.slice(2)), fetch: 'dvc fetch --all-commits' }
}

async function dvcCache(top: string): Promise<string> {
  const folder = join(top, '.dvc')
  for (const name of ['config.local', 'config']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    const named = settingOf(text, 'cache', 'dir')
    if (named !== null) return isAbsolute(named) ? named : resolve(folder, named)
  }
  return join(folder, 'cache')
}

/** A setting of a file in the manner of git's configuration. */
function settingOf(text: string, section: string, name: string): string | null {
  let current = ''
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line.startsWith('[')) current = line
    const [key = '', ...value] = line.split('=')
    if (current === `[${section}]` && key.trim() === name && value.length > 0) return value.join('=').trim()
  }
  return null
}

async function listDirectory({ at, fetch }: Stored, path: string): Promise<z.infer<typeof directory>> {
  const text = await readFile(at, 'utf8').catch((error: unknown) => {
    throw new CredenceError('not-found', `the list of the files in ${path} is not on this machine`, {
      suggestions: [`fetch it: ${fetch}`],
      cause: error,
    })
  })
  const parsed = directory.safeParse(JSON.parse(text))
  if (!parsed.success) throw new CredenceError('format', `${path}: DVC's list of its files cannot be understood`)
  return parsed.data
}

/** @throws CredenceError `format` for a path that leaves the repository */
function inside(path: string): string {
  const normal = posix.normalize(path)
  if (normal.startsWith('../') || normal === '..' || posix.isAbsolute(normal)) {
    throw new CredenceError('format', `${path}: a DVC file points outside the repository`)
  }
  return normal
}
