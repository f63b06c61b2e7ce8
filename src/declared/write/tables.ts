/** Files that make one table, how to name them together, and how their paths say their split. */
import { globTest } from '../glob.js'
import { canonicalSplit } from '../../read/layout.js'

export interface DescribedFile {
  /** From the document, with slashes. */
  readonly path: string
  readonly format: string
  readonly compression: string
  readonly bytes: number
  readonly sha256: string
  readonly split: string | null
  /** Those of the file itself. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Path of one value in a JSON document, before the column; null for tables. */
  readonly jsonRoot: string | null
}

export interface Table {
  readonly files: readonly DescribedFile[]
}

/** Files of one format with the same columns. */
export function tablesAmong(files: readonly DescribedFile[]): Table[] {
  const groups = new Map<string, DescribedFile[]>()
  for (const file of files) {
    const { format, compression, jsonRoot, columns } = file
    const key = JSON.stringify([format, compression, jsonRoot, columns.map(({ name, type }) => [name, bareType(type)]).sort()])
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  return [...groups.values()].map((group) => ({ files: group }))
}

/** A column without values has no type: it goes with any. */
function bareType(type: string): string {
  return type === 'null' ? '' : type
}

/**
 * Patterns that name the files of a table and none of the others; null where no pattern can, as signs of patterns stand in a path.
 * @param all paths of all data files
 */
export function patternsFor({ files }: Table, all: readonly string[]): string[] | null {
  const paths = files.map(({ path }) => path)
  if (paths.some((path) => /[*?[\]{}\\]/.test(path))) return null
  const own = new Set(paths)
  const byFolder = [...new Set(paths.map((path) => `${folderOf(path)}*${endingOf(path)}`))]
  const tests = byFolder.map(globTest)
  const isExact = all.every((path) => tests.some((test) => test?.(path) === true) === own.has(path))
  // A pattern without a folder speaks of names in any folder.
  return isExact && byFolder.every((pattern) => pattern.includes('/') || all.every((path) => !path.includes('/')))
    ? byFolder
    : paths
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /(?:\.[A-Za-z0-9]{1,12}){1,2}$/.exec(name)?.[0] ?? name
}

export interface SplitRule {
  /** As they stand in the paths. */
  readonly words: readonly string[]
  /** Takes the word out of a path, whatever stands before it. */
  readonly regex: string
}

/** Null where not every file has a split, or its path does not say it in a word that stands alone. */
export function splitRule({ files }: Table): SplitRule | null {
  const words = files.map(({ path, split }) => wordOf(path, split))
  const distinct = [...new Set(words.flatMap((word) => word ?? []))].sort()
  if (distinct.length === 0 || words.includes(null)) return null
  const regex = `(?:.*[^A-Za-z0-9])?(${distinct.join('|')})(?:[^A-Za-z0-9].*)?$`
  const pattern = new RegExp(`^${regex}`)
  return files.every(({ path }, i) => pattern.exec(path)?.[1] === words[i]) ? { words: distinct, regex } : null
}

/** The last word of a path that says the split. */
function wordOf(path: string, split: string | null): string | null {
  return split === null
    ? null
    : (path.split(/[^A-Za-z0-9]+/).findLast((word) => word !== '' && canonicalSplit(word) === split) ?? null)
}
