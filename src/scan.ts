/** The main flow: discover → plan shards → for each pass: map → merge → finish → fuse → report. */
import { readAccepted, withAccepted } from './accepted/apply.js'
import { conclude, isReporter, type Surveyed } from './conclude.js'
import { declaredOf } from './declared/scan.js'
import { ChildOpener } from './engine/child-opener.js'
import { activate, type ActiveScanner } from './engine/plan.js'
import { runScanners, type Run } from './engine/run.js'
import { namedColumns } from './config/columns.js'
import { readLimits } from './config/limits.js'
import type { Config } from './config/schema.js'
import { checkOnlineSettings } from './online/check.js'
import { ordered, verdictOf } from './fuse/fuse.js'
import { redactReport } from './fuse/redact.js'
import type { Report } from './model/report.js'
import { dataSetInfo, disposeDataSet, openDataSet, type DataSet } from './read/dataset.js'
import { InputDigests } from './read/input-digests.js'
import type { ScannerDefinition } from './scanner.js'
import { addressSurvey } from './survey/addresses.js'
import { surveys } from './survey/index.js'
import { pictureSurveys } from './survey/pictures.js'

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
    const digests = await inputs.settle()
    const passed = { dataset, active, skipped, surveying, unsurveyed, drawn, outcome, encoder, digests, declared, isOnline }
    return await conclude(request, passed, startedAt)
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
