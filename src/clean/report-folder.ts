/** What a scan and its reviewers left for a clean. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asCredenceError } from '../errors.js'
import { locateReport, readReport } from '../report/explain-read.js'
import type { ReportJson } from '../report/json-schema.js'
import { DECISIONS_FILE, readDecisions, type Decision } from '../review/decisions.js'

export interface Sources {
  readonly folder: string
  readonly report: ReportJson
  readonly decisions: readonly Decision[]
  /** Hex SHA-256 of the files. */
  readonly digests: { readonly report: string; readonly flags: string; readonly decisions: string | null }
}

/**
 * @param path of the report or its folder
 * @param decisions a file; the folder's own, if it has one, where null
 * @throws CredenceError `not-found`, `usage`, `limit`, `io`
 */
export async function readSources(path: string, decisions: string | null): Promise<Sources> {
  const report = await readReport(path)
  const { folder, file } = await locateReport(path)
  const decided = decisions ?? (await ownDecisions(folder))
  return {
    folder,
    report,
    decisions: decided === null ? [] : await readDecisions(decided),
    digests: {
      report: await digest(file),
      flags: await digest(join(folder, report.flags)),
      decisions: decided === null ? null : await digest(decided),
    },
  }
}

async function ownDecisions(folder: string): Promise<string | null> {
  const path = join(folder, DECISIONS_FILE)
  return stat(path).then(
    () => path,
    () => null,
  )
}

async function digest(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw asCredenceError(error, missing ? 'not-found' : 'io', { file: path })
  }
}
