/** What a scan and its reviewers left in the report's folder. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asCredenceError, CredenceError } from '../errors.js'
import { readReport } from '../report/explain-read.js'
import type { ReportJson } from '../report/json-schema.js'
import { readDecisions, type Decision } from '../review/decisions.js'

export interface Sources {
  readonly folder: string
  readonly report: ReportJson
  readonly decisions: readonly Decision[]
  /** Hex SHA-256 of the files. */
  readonly digests: { readonly report: string; readonly flags: string; readonly decisions: string | null }
}

/**
 * @param decisions a file; the folder's own, if it has one, where null
 * @throws CredenceError `not-found`, `usage`, `limit`, `io`
 */
export async function readSources(folder: string, decisions: string | null): Promise<Sources> {
  const report = await readReport(folder)
  const info = await stat(folder)
  if (!info.isDirectory()) {
    throw new CredenceError('usage', `--report ${folder} is a file: name its folder, which holds flags.parquet as well`)
  }
  const own = join(folder, 'decisions.jsonl')
  const path = decisions ?? ((await isThere(own)) ? own : null)
  return {
    folder,
    report,
    decisions: path === null ? [] : await readDecisions(path),
    digests: {
      report: await digest(join(folder, 'report.json')),
      flags: await digest(join(folder, 'flags.parquet')),
      decisions: path === null ? null : await digest(path),
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
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
