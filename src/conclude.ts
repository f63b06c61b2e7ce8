/** From what the passes came to, to the report: addresses fetched, metadata weighed, the receipt, findings fused. */
import type { DeclaredWork } from './declared/scan.js'
import { coverageOf } from './engine/coverage.js'
import type { ActiveScanner, SkippedScanner } from './engine/plan.js'
import type { EncoderReceipt, Run } from './engine/run.js'
import type { Outcome } from './engine/travel.js'
import { fused, verdictOf } from './fuse/fuse.js'
import { integrityFindings } from './fuse/integrity.js'
import { redactReport } from './fuse/redact.js'
import { REPORTED_BY } from './fuse/sources.js'
import type { Finding } from './model/finding.js'
import type { Coverage, Report } from './model/report.js'
import { lookOnline, withOnline } from './online/look.js'
import type { DataSet } from './read/dataset.js'
import type { FileDigest } from './read/input-digests.js'
import { addressSurvey, type RecordedAddresses } from './survey/addresses.js'
import { picturesOf } from './survey/pictures.js'
import { version } from './version.js'

/** What lies there when all passes are over. */
export interface Passed {
  readonly dataset: DataSet
  readonly active: readonly ActiveScanner[]
  readonly skipped: readonly SkippedScanner[]
  readonly surveying: readonly ActiveScanner[]
  readonly unsurveyed: readonly SkippedScanner[]
  /** Ids of the surveys that pictures are drawn from. */
  readonly drawn: readonly string[]
  readonly outcome: Outcome
  readonly encoder: EncoderReceipt | null
  /** By file. */
  readonly digests: readonly FileDigest[]
  /** Null where nothing is asked of metadata. */
  readonly declared: DeclaredWork | null
  readonly isOnline: boolean
}

export interface Surveyed {
  readonly report: Report
  /** What the surveys came to, by id; a survey that failed has none. */
  readonly values: ReadonlyMap<string, unknown>
}

/** @param startedAt when the scan began */
export async function conclude(request: Run, passed: Passed, startedAt: Date): Promise<Surveyed> {
  const { config } = request
  const { dataset, active, outcome, drawn } = passed
  const values = valuesOf(passed.surveying, outcome)
  const { coverage, more: fetched } = await receipt(request, passed, values)
  const weighed = passed.declared?.weigh(coverage.files, outcome.results.get(REPORTED_BY)?.value)
  const findings = findingsOf(active, outcome, coverage, [...fetched, ...(weighed?.findings ?? [])])
  const report: Report = {
    schemaVersion: 1,
    tool: { name: 'credence', version },
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    verdict: verdictOf(findings, coverage.incomplete, config.failOn),
    kind: dataset.kind,
    roles: dataset.roles,
    findings,
    coverage,
    ...(weighed === undefined ? {} : { provenance: weighed.board }),
    ...(drawn.length === 0 ? {} : { pictures: picturesOf(values, whyNot(passed.unsurveyed, outcome), findings) }),
  }
  return { report: redactReport(report, config.showValues), values }
}

/** With what was fetched where the scan is online, and what that found. */
async function receipt(
  request: Run,
  { dataset, active, skipped, outcome, encoder, digests, isOnline }: Passed,
  values: Surveyed['values'],
): Promise<{ coverage: Coverage; more: readonly Finding[] }> {
  const { config } = request
  const addresses = values.get(addressSurvey.id) as RecordedAddresses | undefined
  const online = isOnline ? await lookOnline(addresses, config, request) : null
  const coverage = coverageOf(config, dataset, active, skipped, outcome, encoder, digests)
  if (online === null) return { coverage, more: [] }
  const isAllowed = config.allowIncomplete.includes('scanner')
  return { coverage: withOnline(coverage, online, REPORTED_BY, isAllowed), more: online.findings }
}

/** Whether it is the scanner under whose name findings are reported that no pass can make. */
export const isReporter = ({ definition: { id } }: ActiveScanner): boolean => id === REPORTED_BY

function findingsOf(
  active: readonly ActiveScanner[],
  { results }: Outcome,
  coverage: Coverage,
  more: readonly Finding[],
): Finding[] {
  const reports = active.some(isReporter)
  const own = active.flatMap(({ definition: { id } }): readonly Finding[] => results.get(id)?.findings ?? [])
  return fused([...own, ...(reports ? integrityFindings(coverage.files) : []), ...more], {
    rows: coverage.rows.read,
    alpha: coverage.alpha,
    scanners: active.map(({ definition }) => definition),
  })
}

function valuesOf(surveying: readonly ActiveScanner[], { results }: Outcome): Map<string, unknown> {
  return new Map(
    surveying.flatMap(({ definition: { id } }): [string, unknown][] => {
      const result = results.get(id)
      return result === undefined ? [] : [[id, result.value]]
    }),
  )
}

/** By survey. */
function whyNot(skipped: readonly SkippedScanner[], { failed }: Outcome): Map<string, string> {
  return new Map([
    ...skipped.map(({ definition: { id }, reason }): [string, string] => [id, reason]),
    ...[...failed].map(([id, { message }]): [string, string] => [id, message]),
  ])
}
