/** Whether the data is what was scanned, file by file. */
import { sep } from 'node:path'
import { CredenceError } from '../errors.js'
import type { SourceFile } from '../read/format.js'
import type { ReportJson } from '../report/json-schema.js'

type Scanned = ReportJson['coverage']['files'][number]

/** A file of the report, and where it is. */
export interface MatchedFile {
  readonly scanned: Scanned
  readonly source: SourceFile
  /** Path below the folder that all files share, Hive partitions kept: its layout in any copy of the data set. */
  readonly inside: string
}

/**
 * The files in the report's order. They are matched by their paths below the folder that they share, so the data may have been
 * moved as a whole since.
 * @throws CredenceError `usage` where a file is missing, was not scanned, or has other bytes or another format
 */
export function matchData(files: readonly Scanned[], sources: readonly SourceFile[]): MatchedFile[] {
  if (files.some(({ path }) => path === '-')) throw differs('it was scanned from standard input', ['scan the file itself'])
  const scanned = layout(files.map(({ path }) => path))
  const found = layout(sources.map(({ absolute }) => absolute))
  const byPlace = new Map(sources.map((source, i) => [found[i]!, source]))
  const missing = files.filter((_, i) => !byPlace.has(scanned[i]!))
  const known = new Set(scanned)
  const fresh = sources.filter((_, i) => !known.has(found[i]!))
  if (missing.length > 0) throw differs(`${missing[0]!.path} was scanned and is not among it`, HOW)
  if (fresh.length > 0) throw differs(`${fresh[0]!.path} was not scanned`, HOW)
  return files.map((file, i) => {
    const source = byPlace.get(scanned[i]!)!
    if (source.bytes !== file.bytes) {
      throw differs(`${source.path} has ${source.bytes} bytes and had ${file.bytes} when it was scanned`, AGAIN)
    }
    const format = source.compression === 'none' ? source.format : `${source.format}+${source.compression}`
    if (format !== file.format) throw differs(`${source.path} is ${format} and was ${file.format} when it was scanned`, AGAIN)
    return { scanned: file, source, inside: scanned[i]! }
  })
}

/** @throws CredenceError `usage` */
export function checkRowCount({ scanned, source }: MatchedFile, rows: number): void {
  const expected = scanned.declared ?? scanned.read + scanned.skipped
  if (rows !== expected) throw differs(`${source.path} has ${rows} rows and had ${expected} when it was scanned`, AGAIN)
}

const AGAIN = ['scan the data again']
const HOW = ['name the same files, folders or patterns as for the scan, and the same --split']

function differs(what: string, suggestions: readonly string[]): CredenceError {
  return new CredenceError('usage', `the data is not what the report is about: ${what}`, { suggestions })
}

/** The paths below their common folder; partition folders (`lang=en`) say what rows are, and stay. */
function layout(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[\\/]/))
  const [first = []] = parts
  let shared = 0
  while (parts.every((own) => shared < own.length - 1 && own[shared] === first[shared])) shared++
  while (shared > 0 && /^[A-Za-z_][\w.-]*=/.test(first[shared - 1] ?? '')) shared--
  return parts.map((own) => own.slice(shared).join(sep))
}
