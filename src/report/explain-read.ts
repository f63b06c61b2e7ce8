/** From a path and a name to a report and one of its findings. A report may come from a stranger: nothing in it is trusted. */
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asCredenceError, CredenceError } from '../errors.js'
import { reportJsonSchema, type ReportJson } from './json-schema.js'
import { safeText } from './safe-text.js'

const SCHEMA_VERSION = 1
/** A report lists at most 1,000 rows a finding: far more bytes than any has. */
const MOST_BYTES = 256 * 2 ** 20
const MOST_LISTED = 10
const LONGEST_TITLE = 100

/** Where a report lies, with all that belongs to it in its folder. */
interface ReportPlace {
  readonly folder: string
  readonly file: string
}

/**
 * @param path `report.json`, or the folder that holds it
 * @throws CredenceError `not-found`, `io`
 */
export async function locateReport(path: string): Promise<ReportPlace> {
  const isFolder = (await infoOf(path, path)).isDirectory()
  return isFolder ? { folder: path, file: join(path, 'report.json') } : { folder: dirname(path), file: path }
}

/**
 * @param path as {@link locateReport} takes it
 * @throws CredenceError `not-found`, `usage` for what is no report of this version, `limit`, `io`
 */
export async function readReport(path: string): Promise<ReportJson> {
  const { file } = await locateReport(path)
  const info = await infoOf(file, path)
  if (!info.isFile()) throw notReport(file, 'not a file')
  if (info.size > MOST_BYTES) throw new CredenceError('limit', `${file}: ${info.size} bytes are more than a report has`)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file })
  })
  return parseReport(text, file)
}

async function infoOf(file: string, asked: string): Promise<Awaited<ReturnType<typeof stat>>> {
  return stat(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw asCredenceError(error, 'io', { file })
    const what = file === asked ? `${file} does not exist` : `${asked} holds no report.json`
    throw new CredenceError('not-found', what, { suggestions: [HOW], cause: error })
  })
}

const HOW = 'write a report with: credence scan PATH --out DIR --format json'

/** @throws CredenceError `usage` */
export function parseReport(text: string, file: string): ReportJson {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw notReport(file, 'not JSON')
  }
  const version = typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : undefined
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    throw new CredenceError('usage', `${file} has report version ${version}; this credence reads version ${SCHEMA_VERSION}`, {
      suggestions: ['explain it with the credence that wrote it, or a newer one'],
    })
  }
  const parsed = reportJsonSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notReport(file, `at ${safeText(issue?.path.join('.') || 'the top', 200)}: ${safeText(issue?.message ?? '', 200)}`)
}

function notReport(file: string, why: string): CredenceError {
  return new CredenceError('usage', `${file} is not a report of credence: ${why}`, { suggestions: [HOW] })
}

/**
 * The 1-based number of the finding that `name` says: that number, its id, or a start that no other id has.
 * @throws CredenceError `usage`, which lists the findings there are
 */
export function findFinding({ findings }: ReportJson, name: string): number {
  if (findings.length === 0) throw new CredenceError('usage', 'the report has no findings to explain')
  if (/^\d+$/.test(name)) {
    const number = Number(name)
    if (number >= 1 && number <= findings.length) return number
    throw new CredenceError('usage', `there is no finding ${name}: the report has ${findings.length}`, {
      suggestions: listed(findings.map((finding, i) => [i + 1, finding])),
    })
  }
  const numbered = findings.map((finding, i) => [i + 1, finding] as const)
  const exact = numbered.filter(([, { id }]) => id === name)
  const matches = exact.length > 0 ? exact : numbered.filter(([, { id }]) => name !== '' && id.startsWith(name))
  const [first, second] = matches
  if (first !== undefined && second === undefined) return first[0]
  const [message, those] =
    first === undefined
      ? [`there is no finding ${JSON.stringify(name)} in the report, which has:`, numbered]
      : [
          `${JSON.stringify(name)} is ${exact.length > 0 ? 'the id' : 'the start of the ids'} of ${matches.length} findings:`,
          matches,
        ]
  throw new CredenceError('usage', message, { suggestions: listed(those) })
}

/** `NUMBER ID TITLE` of the first few. */
function listed(those: readonly (readonly [number, ReportJson['findings'][number]])[]): string[] {
  const lines = those
    .slice(0, MOST_LISTED)
    .map(([number, { id, title }]) => `${number}  ${safeText(id, 60)}  ${safeText(title, LONGEST_TITLE)}`)
  return those.length > lines.length ? [...lines, `… and ${those.length - lines.length} more`] : lines
}
