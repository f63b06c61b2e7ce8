/** Every file that whoever trains on these paths could read, whatever its name: what no scan reads must not lie there either. */
import { lstatSync, readdirSync, statSync, type Stats } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Reason } from './reason.js'
import { CredenceError } from '../errors.js'

export interface DataPlace {
  /** Files and folders. */
  readonly paths: readonly string[]
  readonly cwd: string
  /** Absolute: names are said from here. */
  readonly base: string
  readonly allowSymlinks: boolean
  /** Names of files, and of folders with a slash at the end, that are let be. */
  readonly ignore: readonly string[]
}

export interface Listed {
  /** By name. */
  readonly files: ReadonlyMap<string, string>
  readonly reasons: readonly Reason[]
}

/** What is deeper, or more, is no folder of data, or a link that leads back. */
const MOST_DEPTH = 64
const MOST_ENTRIES = 2_000_000

/** What cannot be looked at is a reason, as much as what is wrong. @throws CredenceError `usage` for a path outside the base, `limit` */
export function listData(place: DataPlace): Listed {
  const walk = new Walk(place)
  for (const path of place.paths) walk.start(path)
  return walk
}

class Walk implements Listed {
  readonly files = new Map<string, string>()
  readonly reasons: Reason[] = []
  readonly #place: DataPlace
  readonly #ignored: ReadonlySet<string>
  #entries = 0

  constructor(place: DataPlace) {
    this.#place = place
    this.#ignored = new Set(place.ignore)
  }

  start(path: string): void {
    const absolute = resolve(this.#place.cwd, path)
    const name = this.#nameOf(absolute)
    if (name !== '' && (isAbsolute(name) || name.split('/')[0] === '..')) {
      throw new CredenceError('usage', `${path} does not lie below ${this.#place.base}, where names begin`, {
        suggestions: ['name the folder that was the base when the data was attested with --base DIR'],
      })
    }
    // The folders on the way are as good a place for a link as the files.
    const parts = name.split('/').slice(0, -1)
    for (const i of parts.keys()) {
      const on = parts.slice(0, i + 1).join('/')
      const info = this.#look(join(this.#place.base, on), lstatSync, on)
      if (info === null || this.#isLink(info, on)) return
    }
    this.#visit(absolute, 0)
  }

  #visit(absolute: string, depth: number): void {
    if (depth > MOST_DEPTH || ++this.#entries > MOST_ENTRIES) {
      throw new CredenceError('limit', `${absolute}: more than ${MOST_DEPTH} folders deep, or more than ${MOST_ENTRIES} files`)
    }
    const name = this.#nameOf(absolute)
    const own = this.#look(absolute, lstatSync, name)
    if (own === null) return
    if (this.#ignored.has(name) || (own.isDirectory() && this.#ignored.has(`${name}/`))) return
    if (this.#isLink(own, name)) return
    const info = own.isSymbolicLink() ? this.#look(absolute, statSync, name) : own
    if (info === null) return
    if (info.isDirectory()) {
      for (const entry of this.#tried(() => readdirSync(absolute).sort(), name) ?? [])
        this.#visit(join(absolute, entry), depth + 1)
    } else if (info.isFile()) this.files.set(name, absolute)
    else this.reasons.push({ code: 'not-a-file', text: `${JSON.stringify(name)} is neither a file nor a folder` })
  }

  #isLink(info: Stats, name: string): boolean {
    if (!info.isSymbolicLink() || this.#place.allowSymlinks) return false
    this.reasons.push({ code: 'symlink', text: `${JSON.stringify(name)} is a symbolic link: what it leads to can be exchanged` })
    return true
  }

  #look(absolute: string, how: (path: string) => Stats, name: string): Stats | null {
    return this.#tried(() => how(absolute), name)
  }

  #tried<T>(what: () => T, name: string): T | null {
    try {
      return what()
    } catch (error) {
      const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
      const why = error instanceof Error ? error.message : String(error)
      const text = isMissing ? 'does not exist' : `cannot be checked: ${why}`
      this.reasons.push({ code: isMissing ? 'missing' : 'unreadable', text: `${JSON.stringify(name)} ${text}` })
      return null
    }
  }

  #nameOf(absolute: string): string {
    return relative(this.#place.base, absolute).split(sep).join('/')
  }
}
