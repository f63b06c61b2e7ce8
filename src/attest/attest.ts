/** From the folder of a report to an attestation of it. */
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { readBounded } from './bounded-file.js'
import { makeStatement, type Place } from './make-statement.js'
import { PAYLOAD_TYPE, type Subject } from './statement.js'
import { CredenceError } from '../errors.js'
import { locateReport, parseReport } from '../report/explain-read.js'

const MOST_BYTES = 256 * 2 ** 20
/** Beside the report: every row of every finding. */
const FLAGS = 'flags.parquet'

export interface AttestRequest extends Place {
  /** `report.json`, or the folder that holds it. */
  readonly report: string
  /** Of the run that scanned; null for none. */
  readonly url: string | null
}

export interface Unsigned {
  readonly payload: Buffer
  readonly payloadType: string
  readonly subjects: readonly Subject[]
  readonly result: string
}

/** @throws CredenceError `not-found`, `usage`, `limit`, `io` */
export async function unsignedStatement(request: AttestRequest): Promise<Unsigned> {
  const { folder, file } = await locateReport(request.report)
  const bytes = await readBounded(file, MOST_BYTES)
  const sources = [{ name: basename(file), sha256: sha256(bytes) }]
  const flags = await readBounded(join(folder, FLAGS), MOST_BYTES).catch((error: unknown) => {
    if (error instanceof CredenceError && error.code === 'not-found') return null
    throw error
  })
  if (flags !== null) sources.push({ name: FLAGS, sha256: sha256(flags) })
  const statement = makeStatement(parseReport(bytes.toString('utf8'), file), request, sources, request.url)
  return {
    payload: Buffer.from(JSON.stringify(statement)),
    payloadType: PAYLOAD_TYPE,
    subjects: statement.subject,
    result: statement.predicate.result,
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The run that GitHub Actions says this is; null elsewhere. */
export function runUrl(env: NodeJS.ProcessEnv): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : null
}
