import { readdirSync, symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { scan } from '../../library/index.js'
import { CredenceError } from '../../src/errors.js'
import type { Report } from '../../src/model/report.js'
import { discoverFiles } from '../../src/read/discover.js'
import { openHere } from '../../src/read/file-opener.js'
import { DEFAULT_READ_LIMITS } from '../../src/model/read-limits.js'

/** Files that others found to break readers, by what they are meant to be. */
export interface Family {
  /** Folder below the corpora. */
  readonly folder: string
  /** Most have names without an ending, by which the program would not know them. */
  readonly ending: string
}

export const FAMILIES: readonly Family[] = [
  { folder: 'parquet-testing/bad_data', ending: 'parquet' },
  { folder: 'arrow-testing/data/parquet/fuzzing', ending: 'parquet' },
  { folder: 'arrow-testing/data/parquet/encoding-fuzzing', ending: 'parquet' },
  { folder: 'arrow-testing/data/arrow-ipc-file', ending: 'arrow' },
  { folder: 'arrow-testing/data/arrow-ipc-stream', ending: 'arrow' },
  { folder: 'arrow-testing/data/csv/fuzzing', ending: 'csv' },
]

/** How the scan of a file ended. */
export interface Outcome {
  /** In full; refused or read in part, with a reason; or stopped at a bound. */
  readonly outcome: 'read' | 'refused' | 'limit'
  /** Of the error; null where the file was read. */
  readonly code: string | null
  /** Rows that were read. */
  readonly rows: number
}

/** The family's files, in order of name: the folders beside them hold sound files. */
export function filesOf({ folder }: Family, corpora: string): string[] {
  const entries = readdirSync(join(corpora, folder), { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
}

/** A path under which the program knows the file's format. */
export function withEnding(path: string, { ending }: Family, folder: string): string {
  const link = join(folder, `${basename(path)}.${ending}`)
  symlinkSync(resolve(path), link)
  return link
}

/**
 * Scans one file as the program does, in child processes. Where no column looks like text, the first is named as the text:
 * it is not what the file means that is asked, but whether it can be read.
 * @throws Error for an outcome that is not a declared one
 */
export async function outcomeOf(path: string): Promise<Outcome> {
  try {
    return await scanned(path)
  } catch (error) {
    if (!(error instanceof CredenceError) || error.code !== 'roles') throw error
    return await scanned(path, await firstColumn(path))
  }
}

async function scanned(path: string, text?: string): Promise<Outcome> {
  try {
    const settings = { scanners: ['provenance'], cache: 'off', jobs: 1, taskTimeout: 60, quiet: true }
    return ofReport(await scan(path, text === undefined ? settings : { ...settings, text }), path)
  } catch (error) {
    if (!(error instanceof CredenceError)) throw error
    if (error.code === 'internal') throw new Error(`a defect of ours: ${error.message}`, { cause: error })
    if (error.code === 'roles' && text === undefined) throw error
    if (!error.message.includes(basename(path)) || error.place.file === undefined)
      throw new Error(`the error names no file: ${error.message}`, { cause: error })
    if (/\n\s+at /.test(error.message)) throw new Error(`the error holds a stack: ${error.message}`, { cause: error })
    return { outcome: error.code === 'limit' ? 'limit' : 'refused', code: error.code, rows: 0 }
  }
}

function ofReport({ verdict, coverage }: Report, path: string): Outcome {
  const { read, declared } = coverage.rows
  const [error] = coverage.files.flatMap((file) => file.errors)
  if (coverage.incomplete.length > 0) {
    if (verdict === 'pass') throw new Error(`an incomplete scan passed: ${path}`)
    if (error?.code === 'internal') throw new Error(`a defect of ours: ${error.message}`)
    return { outcome: error?.code === 'limit' ? 'limit' : 'refused', code: error?.code ?? 'counts', rows: read }
  }
  if (read === 0) throw new Error(`nothing was read, and the scan says it is complete: ${path}`)
  if (declared !== null && declared !== read)
    throw new Error(`${read} of ${declared} rows, and the scan says it is complete: ${path}`)
  return { outcome: 'read', code: null, rows: read }
}

async function firstColumn(path: string): Promise<string> {
  const { files } = await discoverFiles([path], process.cwd(), null)
  const [source] = files
  if (source === undefined) throw new Error(`no file: ${path}`)
  const { file } = await openHere.open(source, 2 ** 20, DEFAULT_READ_LIMITS)
  const [column] = file.schema.columns
  if (column === undefined) throw new Error(`no column: ${path}`)
  return column.name
}
