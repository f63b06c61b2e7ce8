/** What a contribution changes: both states' rows matched by content, the head scanned, and the base's findings taken off. */
import { contributedRows, shownAlone } from './compare/alone.js'
import { withChanges } from './compare/changes.js'
import { matchRows } from './compare/match.js'
import { shiftsOf } from './compare/shifts.js'
import { CredenceError } from './errors.js'
import { ordered } from './fuse/fuse.js'
import type { Alone, Report } from './model/report.js'
import { acceptedFor, scanAndSurvey, selected, type ScanRequest } from './scan.js'
import { rowSurvey, type Rows } from './survey/rows.js'

export interface DiffRequest extends ScanRequest {
  readonly base: {
    readonly paths: readonly string[]
    /** Where the paths are meant from. */
    readonly cwd?: string
    /** As shown to people. */
    readonly name: string
  }
}

/**
 * Scans both; a finding counts as far as it is the contribution's.
 * @throws CredenceError as `scan` does, for either state
 */
export async function diff(request: DiffRequest): Promise<Report> {
  const { config, base, scanners } = request
  const accepted = await acceptedFor(request)
  const surveys = [rowSurvey.id]
  const { paths, cwd } = base
  const before = await scanAndSurvey({ ...request, paths, surveys, ...(cwd === undefined ? {} : { cwd }) })
  const after = await scanAndSurvey({ ...request, surveys })
  const [old, now] = [rowsOf(before.values), rowsOf(after.values)]
  const matched = matchRows(old, now)
  const { report } = after
  const known = before.report
  const earlier = new Map(known.findings.map((finding) => [finding.id, finding]))
  const whole = withChanges(report.findings, { base: earlier, head: now, matched, scanners, alpha: config.alpha })
  const only = contributedRows(now, matched)
  const alone = only === null ? null : await lookedAtAlone(request, only)
  const findings = [...whole, ...shownAlone(alone?.findings ?? [], whole, earlier)]
  const ids = new Set(findings.map(({ id }) => id))
  const incomplete = [
    ...report.coverage.incomplete,
    // What could not be read of the base may be what the head seems to add.
    ...known.coverage.incomplete.map((reason) => `base: ${reason}`),
    ...(alone?.coverage.incomplete ?? [])
      .filter((reason) => !report.coverage.incomplete.includes(reason))
      .map((reason) => `contribution alone: ${reason}`),
  ]
  const compared: Report = {
    ...report,
    seconds: (Date.now() - Date.parse(known.startedAt)) / 1000,
    startedAt: known.startedAt,
    findings: ordered(findings),
    coverage: { ...report.coverage, incomplete },
    comparison: {
      with: 'data',
      base: base.name,
      rows: matched.rows,
      resolved: known.findings.filter(({ id }) => !ids.has(id)).map(({ id, title, severity }) => ({ id, title, severity })),
      shifts: shiftsOf(old, now, matched.contributed, config.alpha),
      alone: only === null || alone === null ? null : aloneOf(only, alone),
    },
  }
  return accepted(compared)
}

function aloneOf(only: readonly Float64Array[], { coverage }: Report): Alone {
  const scanners = coverage.scanners.filter(({ status }) => status === 'ran').map(({ id }) => id)
  return { rows: only.reduce((sum, rows) => sum + rows.length, 0), scanners }
}

/** By the scanners that a few rows among very many escape; null where none of them is wanted, or has enough rows. */
async function lookedAtAlone(request: DiffRequest, only: readonly Float64Array[]): Promise<Report | null> {
  const scanners = selected(request).filter(({ dilutes }) => dilutes === true)
  if (scanners.length === 0) return null
  // Pictures are of the whole.
  const config = { ...request.config, out: null }
  const { report } = await scanAndSurvey({ ...request, config, scanners, only })
  // Too few rows for any of them: that no row was read is no gap then.
  return report.coverage.scanners.every(({ status }) => status === 'skipped') ? null : report
}

function rowsOf(values: ReadonlyMap<string, unknown>): Rows {
  const value = values.get(rowSurvey.id)
  if (value === undefined) throw new CredenceError('worker', 'the rows could not be listed, so that nothing can be compared')
  return value as Rows
}
