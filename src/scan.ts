/** The main flow: discover → plan shards → for each pass: map → merge → finish → fuse → report. */
import { readAccepted, withAccepted } from './accepted/apply.js'
import { declaredOf } from './declared/scan.js'
import { ChildOpener } from './engine/child-opener.js'
import { activate, type ActiveScanner, type SkippedScanner } from './engine/plan.js'
import { fileReceipts, shortfalls, type Shortfall } from './engine/receipts.js'
import { runScanners, type EncoderReceipt, type Run } from './engine/run.js'
import type { Outcome } from './engine/travel.js'
import { namedColumns } from './config/columns.js'
import { readLimits } from './config/limits.js'
import type { Config } from './config/schema.js'
import { checkOnlineSettings } from './online/check.js'
import { lookOnline, withOnline } from './online/look.js'
import { fused, ordered, verdictOf } from './fuse/fuse.js'
import { integrityFindings } from './fuse/integrity.js'
import { redactReport } from './fuse/redact.js'
import { REPORTED_BY } from './fuse/sources.js'
import type { Finding } from './model/finding.js'
import type { Coverage, Report, ScannerReceipt } from './model/report.js'
import { dataSetInfo, disposeDataSet, openDataSet, type DataSet } from './read/dataset.js'
import { InputDigests, type FileDigest } from './read/input-digests.js'
import type { ScannerDefinition } from './scanner.js'
import { addressSurvey, type RecordedAddresses } from './survey/addresses.js'
import { surveys } from './survey/index.js'
import { picturesOf, pictureSurveys } from './survey/pictures.js'
import { version } from './version.js'

export type { ScanProgress } from './engine/progress-meter.js'

export interface ScanRequest extends Run {
  /** Files, folders, globs, or `-` for JSON lines on standard input. */
  readonly paths: readonly string[]
  readonly scanners: readonly ScannerDefinition[]
  /** Ids of surveys to run beside the scanners. */
  readonly surveys?: readonly string[]
  /** Of each file, in their order, the rows to look at, ascending; absent for all. */
  readonly only?: readonly Float64Array[]
  readonly cwd?: string
  /** The data set, where an earlier step has opened it. */
  readonly opened?: DataSet
  readonly startedAt?: Date
}

/**
 * Scans one data set. What cannot be read, and scanners that fail, end in the report, which is then `incomplete`.
 * @throws CredenceError when there is nothing to report on: wrong usage, no rows, unclear columns, no encoder
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const accepted = await acceptedFor(request)
  const { report } = await scanAndSurvey(request)
  return accepted(report)
}

/** What makes a report count only what is not accepted. @throws CredenceError where a file that says so cannot be read */
export async function acceptedFor({ config, scanners, cwd }: ScanRequest): Promise<(report: Report) => Report> {
  const accepted = await readAccepted(config, cwd ?? process.cwd())
  const eachRow = new Set(scanners.filter((scanner) => scanner.eachRow === true).map(({ id }) => id))
  return (report) => {
    const { findings, ...rest } = withAccepted(report, accepted, eachRow, new Date())
    const verdict = verdictOf(findings, report.coverage.incomplete, config.failOn)
    return redactReport({ ...rest, verdict, findings: ordered(findings) }, config.showValues)
  }
}

export interface Surveyed {
  readonly report: Report
  /** What the surveys came to, by id; a survey that failed has none. */
  readonly values: ReadonlyMap<string, unknown>
}

/** A scan with its surveys. @throws CredenceError as {@link scan} does */
export async function scanAndSurvey(request: ScanRequest): Promise<Surveyed> {
  const { config } = request
  const { startedAt = new Date() } = request
  if (config.online) checkOnlineSettings(config)
  const dataset = request.opened ?? (await openFor(request))
  const inputs = new InputDigests(dataset.files)
  try {
    const { active, skipped } = activate(selected(request), config.scannerOptions, dataSetInfo(dataset))
    const drawn = pictured(config, active)
    const isOnline = config.online && active.some(isReporter)
    const asked = wanted(request, isOnline ? [...drawn, addressSurvey.id] : drawn)
    const { active: surveying, skipped: unsurveyed } = activate(asked, {}, dataSetInfo(dataset))
    const declared = await declaredOf(request, dataset, active.some(isReporter))
    const { outcome, encoder } = await runScanners(request, dataset, [...active, ...surveying], inputs)
    const values = valuesOf(surveying, outcome)
    const addresses = values.get(addressSurvey.id) as RecordedAddresses | undefined
    const online = isOnline ? await lookOnline(addresses, config, request) : null
    const offline = coverageOf(config, dataset, active, skipped, outcome, encoder, await inputs.settle())
    const isAllowed = config.allowIncomplete.includes('scanner')
    const coverage = online === null ? offline : withOnline(offline, online, REPORTED_BY, isAllowed)
    const weighed = declared?.weigh(coverage.files, outcome.results.get(REPORTED_BY)?.value)
    const findings = findingsOf(active, outcome, coverage, [...(online?.findings ?? []), ...(weighed?.findings ?? [])])
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
      ...(drawn.length === 0 ? {} : { pictures: picturesOf(values, whyNot(unsurveyed, outcome), findings) }),
    }
    return { report: redactReport(report, config.showValues), values }
  } finally {
    inputs.stop()
    await disposeDataSet(dataset)
  }
}

/** Looks into the files in a child process. */
async function openFor(request: ScanRequest): Promise<DataSet> {
  const { config } = request
  const opener = new ChildOpener({ deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory }, request.signal)
  return openDataSet(request.paths, {
    roles: namedColumns(config),
    limits: readLimits(config),
    opener,
    remote: true,
    ...(config.split === null ? {} : { split: config.split }),
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    ...(request.only === undefined ? {} : { only: request.only }),
    shardBytes: config.shardBytes,
  }).finally(() => {
    opener.close()
  })
}

/** Whether it is the scanner under whose name findings are reported that no pass can make. */
const isReporter = ({ definition: { id } }: ActiveScanner): boolean => id === REPORTED_BY

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

/** The scanners that the settings ask for. */
export function selected({ config, scanners }: Pick<ScanRequest, 'config' | 'scanners'>): ScannerDefinition[] {
  return scanners.filter(({ id }) => (config.scanners?.includes(id) ?? true) && !config.skipScanners.includes(id))
}

/** Surveys for the pictures of `report.html`: none where it is not asked for, so that they cost nothing. */
function pictured({ out, format }: Config, active: readonly ActiveScanner[]): readonly string[] {
  if (out === null || !format.includes('html')) return []
  return pictureSurveys(active.some(({ passes }) => passes.some(({ needs }) => needs.includes('embedding'))))
}

function wanted({ surveys: ids = [] }: ScanRequest, drawn: readonly string[]): ScannerDefinition[] {
  return surveys.filter(({ id }) => ids.includes(id) || drawn.includes(id))
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

function coverageOf(
  config: Config,
  dataset: DataSet,
  active: readonly ActiveScanner[],
  skipped: readonly SkippedScanner[],
  outcome: Outcome,
  encoder: EncoderReceipt | null,
  digests: readonly FileDigest[],
): Coverage {
  const files = fileReceipts(dataset, outcome.receipts, outcome.lost, digests)
  const sum = (of: (file: Coverage['files'][number]) => number): number => files.reduce((total, file) => total + of(file), 0)
  const read = sum((file) => file.read)
  const scanners: ScannerReceipt[] = [
    ...active.map(({ definition: { id, version } }): ScannerReceipt => {
      const failure = outcome.failed.get(id)
      if (failure !== undefined) return { id, version, status: 'failed', reason: failure.message, limits: {} }
      const { limits = {}, skipped: reason = null } = outcome.results.get(id) ?? {}
      return { id, version, status: reason === null ? 'ran' : 'skipped', reason, limits }
    }),
    ...skipped.map(({ definition: { id, version }, reason }): ScannerReceipt => ({
      id,
      version,
      status: 'skipped',
      reason,
      limits: {},
    })),
  ]
  const gaps: Shortfall[] = [
    ...shortfalls(files),
    ...scanners.flatMap(({ id, status, reason }): Shortfall[] =>
      status === 'failed' ? [{ gap: 'scanner', text: `scanner ${id} failed: ${reason ?? ''}` }] : [],
    ),
  ]
  const isAllowed = ({ gap }: Shortfall): boolean => config.allowIncomplete.includes(gap)
  const allowed = gaps.filter(isAllowed).map(({ text }) => text)
  // Nothing read is nothing known, whatever is allowed.
  const incomplete = [
    ...gaps.filter((gap) => !isAllowed(gap)).map(({ text }) => text),
    ...(read === 0 ? ['no row was read'] : []),
  ]
  const declared = files.every((file) => file.declared !== null) ? sum((file) => file.declared ?? 0) : null
  const rows = { declared, read, skipped: sum((file) => file.skipped) }
  const { failOn, alpha, seed } = config
  return { files, rows, scanners, incomplete, allowed, failOn, alpha, seed, encoder }
}
