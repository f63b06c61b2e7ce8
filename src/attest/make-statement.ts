/** From a report to the statement that is signed. */
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { ANNOTATIONS_VERSION, PREDICATE_TYPE, STATEMENT_TYPE, type AttestedScan, type Result, type Subject } from './statement.js'
import { CredenceError } from '../errors.js'
import { counts, SEVERITIES } from '../model/finding.js'
import type { ReportJson } from '../report/json-schema.js'

const RESULT_OF: Readonly<Record<ReportJson['verdict'], Result>> = {
  pass: 'PASSED',
  review: 'WARNED',
  fail: 'FAILED',
  incomplete: 'FAILED',
}
const LONGEST = 500
/** Of reasons why a scan is incomplete: one is enough to refuse it. */
const MOST_REASONS = 20

export interface Digested {
  readonly name: string
  readonly sha256: string
}

export interface Statement {
  readonly _type: string
  readonly subject: readonly Subject[]
  readonly predicateType: string
  readonly predicate: { readonly result: Result; readonly [field: string]: unknown }
}

export interface Place {
  /** Where the scan ran: paths in its report are said from there. */
  readonly cwd: string
  /** Subjects are named from here. */
  readonly base: string
}

/**
 * @param sources the report's own files
 * @param url of the run that scanned, if there is one
 * @returns plain JSON
 * @throws CredenceError `usage` where the report does not say what would have to be attested
 */
export function makeStatement(report: ReportJson, place: Place, sources: readonly Digested[], url: string | null): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: subjectsOf(report, place),
    predicateType: PREDICATE_TYPE,
    predicate: {
      result: RESULT_OF[report.verdict],
      configuration: [
        { name: 'credence', uri: `pkg:generic/credence@${report.tool.version}`, annotations: { scan: scanOf(report) } },
        ...(report.coverage.encoder === null
          ? []
          : [{ name: `encoder ${report.coverage.encoder.name}`, digest: { sha256: report.coverage.encoder.sha256 } }]),
        ...sources.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
      ],
      ...(url === null ? {} : { url }),
      ...testsOf(report),
    },
  }
}

function subjectsOf({ coverage, comparison }: ReportJson, { cwd, base }: Place): Subject[] {
  if (comparison?.with === 'data') {
    throw new CredenceError('usage', 'the report compares two states of the data: its verdict is not one of all that is there', {
      suggestions: ['attest the report of credence scan'],
    })
  }
  return coverage.files.map(({ path, sha256 }) => {
    if (path === '-') throw new CredenceError('usage', 'standard input was scanned: there is no file to attest')
    if (sha256 === undefined) {
      throw new CredenceError('usage', `the report has no digest of ${path}: nobody can say which bytes were scanned`, {
        suggestions: ['scan again with this credence, while nobody writes to the data'],
      })
    }
    return { name: nameOf(path, cwd, base), digest: { sha256 } }
  })
}

function nameOf(path: string, cwd: string, base: string): string {
  const name = relative(base, resolve(cwd, path))
  if (name === '' || isAbsolute(name) || name === '..' || name.startsWith(`..${sep}`)) {
    throw new CredenceError('usage', `${path} does not lie below ${base}, where names begin`, {
      suggestions: ['name a folder above all data with --base DIR, and the same place again to verify'],
    })
  }
  return name.split(sep).join('/')
}

function scanOf({ tool, kind, roles, verdict, coverage, findings, startedAt, seconds }: ReportJson): AttestedScan {
  const { incomplete, allowed, failOn, alpha, seed, rows, encoder } = coverage
  if (failOn === undefined) throw older('what counts as a failure')
  return {
    version: ANNOTATIONS_VERSION,
    credence: tool.version,
    verdict,
    complete: verdict !== 'incomplete' && incomplete.length === 0,
    incomplete: incomplete.slice(0, MOST_REASONS).map((reason) => reason.slice(0, LONGEST)),
    allowedGaps: allowed.length,
    acceptedFindings: findings.filter((finding) => !counts(finding)).length,
    failOn,
    alpha,
    seed,
    startedAt,
    finishedAt: new Date(Date.parse(startedAt) + seconds * 1000).toISOString(),
    rows: rows.read,
    kind,
    columns: roles.map(({ role, column }) => ({ role, column: column.slice(0, LONGEST) })),
    scanners: coverage.scanners.map(({ id, version, status, limits }) => {
      if (version === undefined) throw older('the versions of its scanners')
      const rules = limits['rules']
      return { id, version, status, ...(typeof rules === 'string' ? { rules: rules.slice(0, LONGEST) } : {}) }
    }),
    encoder: encoder === null ? null : { name: encoder.name, sha256: encoder.sha256 },
  }
}

function older(what: string): CredenceError {
  return new CredenceError('usage', `the report does not say ${what}: an earlier credence wrote it`, {
    suggestions: ['scan again with this credence'],
  })
}

/** A scanner is a test: failed where it did, or found what makes the scan fail; warned where it found what people should see. */
function testsOf({
  coverage: { scanners, failOn },
  findings,
}: ReportJson): Record<`${'passed' | 'warned' | 'failed'}Tests`, string[]> {
  const fails = SEVERITIES.indexOf(failOn === undefined || failOn === 'never' ? 'high' : failOn)
  const warns = SEVERITIES.indexOf('medium')
  const worst = new Map<string, number>()
  for (const finding of findings.filter(counts)) {
    worst.set(finding.scanner, Math.max(worst.get(finding.scanner) ?? -1, SEVERITIES.indexOf(finding.severity)))
  }
  const tests: ReturnType<typeof testsOf> = { passedTests: [], warnedTests: [], failedTests: [] }
  for (const { id, status } of scanners) {
    const rank = worst.get(id) ?? -1
    if (status === 'skipped' && rank < 0) continue
    if (status === 'failed' || rank >= fails) tests.failedTests.push(id)
    else if (rank >= warns) tests.warnedTests.push(id)
    else tests.passedTests.push(id)
  }
  return tests
}
