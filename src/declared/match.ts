/** Which data files a metadata file speaks of. */
import { relative, sep } from 'node:path'
import { globTest } from './glob.js'
import { isWithin } from './find.js'

/** Comparisons of a path with a pattern; what is beyond is not matched, so that a list of patterns cannot keep a scan waiting. */
const MOST_TESTS = 500_000

const ADDRESS = /^[a-z][a-z\d+.-]{1,20}:\/\//i
const PATTERN = /[*?[{]/

/** The data files below a folder, by their paths from there. */
export class FileIndex {
  /** Path from the folder, with slashes, and the index of the file. */
  readonly below: readonly (readonly [string, number])[]
  readonly #byPath: ReadonlyMap<string, number>
  readonly #matched = new Map<string, readonly number[]>()
  #tests = 0

  constructor(files: readonly { readonly absolute: string }[], folder: string) {
    this.below = files.flatMap(({ absolute }, i): [string, number][] =>
      isWithin(absolute, folder) ? [[relative(folder, absolute).split(sep).join('/'), i]] : [],
    )
    this.#byPath = new Map(this.below)
  }

  /** The file that a path, or the end of an address, names; null where none or several could be meant. */
  named(path: string): number | null {
    const plain = plainPath(path)
    if (!isAddress(path)) return this.#byPath.get(plain) ?? this.#byPath.get(decoded(plain)) ?? null
    const steps = decoded(plain.replace(/[?#].{0,1024}$/, '')).split('/')
    for (let from = 3; from < steps.length; from++) {
      const found = this.#byPath.get(steps.slice(from).join('/'))
      if (found !== undefined) return found
    }
    return null
  }

  /** Files that a path or a pattern covers. */
  covered(pathOrPattern: string): readonly number[] {
    const known = this.#matched.get(pathOrPattern)
    if (known !== undefined) return known
    const found = this.#cover(pathOrPattern)
    this.#matched.set(pathOrPattern, found)
    return found
  }

  #cover(pathOrPattern: string): readonly number[] {
    const one = this.named(pathOrPattern)
    if (one !== null) return [one]
    if (isAddress(pathOrPattern) || !PATTERN.test(pathOrPattern)) return []
    if (this.#tests + this.below.length > MOST_TESTS) return []
    this.#tests += this.below.length
    const test = globTest(pathOrPattern)
    return test === null ? [] : this.below.filter(([path]) => test(path)).map(([, index]) => index)
  }
}

export function isAddress(path: string): boolean {
  return ADDRESS.test(path)
}

/** With slashes, and without a `./` before it. */
export function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
