/** Files as they were at a commit, for a comparison: from git, from the local store of git LFS, or from the local cache of DVC. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { CredenceError } from '../errors.js'
import { dvcOutputs, lfsObject, type Stored } from './stores.js'

const run = promisify(execFile)
/** What git lists of a data set. */
const MOST_LISTED_BYTES = 64 * 2 ** 20
/** A pointer of git LFS or DVC is a few lines. */
const POINTER_BYTES = 2 ** 20

export interface Checkout {
  /** A folder of ours that holds the files at their places below the working directory. */
  readonly cwd: string
  readonly paths: readonly string[]
  dispose(): Promise<void>
}

interface Blob {
  readonly sha: string
  /** Below the working directory, with `/`. */
  readonly path: string
}

/**
 * @param ref a commit, branch or tag
 * @param paths files and folders, as they are given for the head
 * @throws CredenceError `usage` for no repository, an unknown ref or a pattern; `not-found` for what was not there then, or lies
 * in no local store; nothing is fetched
 */
export async function checkoutBase(ref: string, paths: readonly string[], cwd: string): Promise<Checkout> {
  const commit = await commitOf(ref, cwd)
  const top = (await git(cwd, ['rev-parse', '--show-toplevel'])).trim()
  const folder = await mkdtemp(join(tmpdir(), 'credence-base-'))
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    for (const path of paths) {
      const inside = insideOf(path, cwd, top)
      const stored = await storedAt(commit, inside, cwd, top)
      if (stored.length === 0) {
        throw new CredenceError('not-found', `${path} was not there at ${ref}`, {
          suggestions: ['where all of it is new, compare with an empty data set: scan it alone'],
        })
      }
      for (const file of stored) await write(file, ref, join(folder, ...file.path.split('/')), cwd)
    }
    const prefix = relative(top, resolve(cwd))
    const base = join(folder, prefix)
    await mkdir(base, { recursive: true })
    return { cwd: base, paths: paths.map((path) => relative(resolve(cwd), resolve(cwd, path)) || '.'), dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

async function commitOf(ref: string, cwd: string): Promise<string> {
  const found = await git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).catch(
    (error: unknown) => {
      if (error instanceof CredenceError) throw error
      throw new CredenceError('usage', `git knows no commit ${JSON.stringify(ref)} here`, {
        suggestions: ['fetch it first: git fetch origin', 'a shallow clone has no history: git fetch --unshallow'],
        cause: error,
      })
    },
  )
  return found.trim()
}

/** Path below the top of the working tree, with `/`. */
function insideOf(path: string, cwd: string, top: string): string {
  const inside = relative(top, resolve(cwd, path))
  if (inside.startsWith('..') || /[*?[\]{}]/.test(path)) {
    throw new CredenceError('usage', `${path}: with --base, name files or folders of the repository`)
  }
  return inside.split(sep).join('/')
}

type Place = { readonly path: string } & (Stored | { readonly kind: 'blob'; readonly sha: string })

/** The files at or below a path, at that commit. */
async function storedAt(commit: string, inside: string, cwd: string, top: string): Promise<Place[]> {
  const listed = await listing(commit, inside === '' ? [] : [inside, ...pointersOf(inside)], top)
  const places: Place[] = []
  for (const { sha, path } of listed) {
    if (path.endsWith('.dvc')) {
      const pointer = await smallBlob(sha, cwd)
      for (const output of await dvcOutputs(pointer, posix.dirname(path), top)) {
        if (output.path === inside || inside === '' || output.path.startsWith(`${inside}/`)) places.push(output)
      }
    } else places.push({ kind: 'blob', sha, path })
  }
  return places
}

/** The DVC files that may stand for a path: its own, and those of the folders that it lies in. */
function pointersOf(inside: string): string[] {
  const parts = inside.split('/')
  return parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}.dvc`)
}

async function listing(commit: string, paths: readonly string[], top: string): Promise<Blob[]> {
  const text = await git(top, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths.map((path) => `:(literal)${path}`)])
  return text
    .split('\0')
    .map((line) => /^100\d{3} blob ([\da-f]+)\t(.+)$/s.exec(line))
    .flatMap((match) => (match?.[1] !== undefined && match[2] !== undefined ? [{ sha: match[1], path: match[2] }] : []))
    .filter(({ path }) => posix.normalize(path) === path && !path.startsWith('../') && !path.startsWith('/'))
}

async function smallBlob(sha: string, cwd: string): Promise<string> {
  const size = Number((await git(cwd, ['cat-file', '-s', sha])).trim())
  return size > POINTER_BYTES ? '' : git(cwd, ['cat-file', 'blob', sha])
}

async function write(file: Place, ref: string, target: string, cwd: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  if (file.kind === 'file') return copyStored(file, ref, target)
  const size = Number((await git(cwd, ['cat-file', '-s', file.sha])).trim())
  const object = size > 1024 ? null : await lfsObject(await git(cwd, ['cat-file', 'blob', file.sha]), await lfsFolder(cwd))
  if (object !== null) return copyStored({ ...object, path: file.path }, ref, target)
  const child = spawn('git', ['cat-file', 'blob', file.sha], { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'close')
  await pipeline(child.stdout, createWriteStream(target, { flags: 'wx' }))
  const [code] = (await ended) as [number | null]
  if (code !== 0) throw new CredenceError('io', `git could not give ${file.path} as it was at ${ref}`)
}

async function lfsFolder(cwd: string): Promise<string> {
  const common = (await git(cwd, ['rev-parse', '--path-format=absolute', '--git-common-dir'])).trim()
  return join(common, 'lfs', 'objects')
}

async function copyStored({ at, path, fetch }: Extract<Place, { kind: 'file' }>, ref: string, target: string): Promise<void> {
  await copyFile(at, target).catch((error: unknown) => {
    throw new CredenceError('not-found', `the content that ${path} had at ${ref} is not on this machine`, {
      suggestions: [`fetch it: ${fetch}`],
      cause: error,
    })
  })
}

async function git(cwd: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', [...args], { cwd, maxBuffer: MOST_LISTED_BYTES, encoding: 'utf8' })
    return stdout
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT') throw new CredenceError('usage', 'git is not installed, or the folder is gone', { cause: error })
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    if (said.includes('not a git repository'))
      throw new CredenceError('usage', `${cwd} is in no git repository`, { cause: error })
    if (said.includes('dubious ownership')) {
      throw new CredenceError('usage', 'git does not trust this folder, which another user owns', {
        suggestions: [`git config --global --add safe.directory ${JSON.stringify(cwd)}`],
        cause: error,
      })
    }
    throw error
  }
}
