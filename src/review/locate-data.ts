/** Where the files of a report lie now. */
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { discoverFiles } from '../read/discover.js'
import type { SourceFile } from '../read/format.js'

/** A file as the report knows it. */
export interface ScannedFile {
  readonly path: string
  readonly bytes: number
}

/** A file of the report: where it is, or why it is not to be had. */
export type Located = { readonly source: SourceFile; readonly reason: null } | { readonly source: null; readonly reason: string }

const HINT = 'name where it is with --data'

/**
 * @param given files, folders or globs that hold the data now; where empty, the report's own paths, from `cwd`
 * @throws CredenceError `not-found` and others for what is given and is no data
 */
export async function locateData(files: readonly ScannedFile[], given: readonly string[], cwd: string): Promise<Located[]> {
  if (given.length === 0) return Promise.all(files.map((file) => asReported(file, cwd)))
  const sources = (await discoverFiles(given, cwd, null)).files
  return files.map((file) => amongGiven(file, sources, files.length === 1))
}

async function asReported(file: ScannedFile, cwd: string): Promise<Located> {
  if (file.path === '-') return missing(`the data came on standard input: ${HINT}`)
  const absolute = resolve(cwd, file.path)
  const info = await stat(absolute).catch(() => null)
  // A report may come from a stranger: its paths must name the file that was scanned, never a folder or a pattern to search.
  if (info?.isFile() !== true) return missing(`${file.path} is not there: ${HINT}`)
  if (info.size !== file.bytes) return missing(otherSize(file, info.size))
  try {
    const [source] = (await discoverFiles([absolute], cwd, null)).files
    return source === undefined ? missing(`${file.path} is not there: ${HINT}`) : { source, reason: null }
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error))
  }
}

/** The one of the same size whose path ends most like the report's. */
function amongGiven(file: ScannedFile, sources: readonly SourceFile[], only: boolean): Located {
  const [best] = sources
    .filter(({ bytes }) => bytes === file.bytes)
    .map((source) => ({ source, parts: sameEnd(source.absolute, file.path) }))
    .sort((a, b) => b.parts - a.parts)
  const fits = best !== undefined && (best.parts > 0 || (only && sources.length === 1))
  if (fits) return { source: best.source, reason: null }
  const namesake = sources.find(({ absolute }) => basename(absolute) === basename(file.path))
  return missing(namesake === undefined ? `${file.path} is not among the files of --data` : otherSize(file, namesake.bytes))
}

/** Parts that two paths have in common, from their end. */
function sameEnd(a: string, b: string): number {
  const [those, these] = [a, b].map((path) => path.split(/[/\\]/).reverse())
  const differs = these?.findIndex((part, i) => part !== those?.[i]) ?? 0
  return differs === -1 ? (these?.length ?? 0) : differs
}

function otherSize(file: ScannedFile, bytes: number): string {
  return `${file.path} has ${bytes} bytes now and had ${file.bytes} when it was scanned: its rows may be others`
}

function missing(reason: string): Located {
  return { source: null, reason }
}
