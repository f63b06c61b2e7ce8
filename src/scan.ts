/** The main flow: discover → plan shards → for each pass: map → merge → finish → fuse → report. */
import { LocalEngine, type TripResult } from './engine/local.js'
import { activate, planTrips, sourceTrip, type ActiveScanner, type SkippedScanner, type Trip } from './engine/plan.js'
import { createProgressMeter, type ScanProgress } from './engine/progress-meter.js'
import { fileReceipts, incompleteFiles } from './engine/receipts.js'
import type { ShardReceipt } from './engine/task.js'
import { namedColumns } from './config/columns.js'
import type { Config } from './config/schema.js'
import { describeEncoder } from './embed/open.js'
import { toErrorRecord, type CredenceError, type ErrorRecord } from './errors.js'
import { ordered, verdictOf } from './fuse/fuse.js'
import { REPORTED_BY, suspicionOf } from './fuse/sources.js'
import type { Finding } from './model/finding.js'
import type { Coverage, Report, ScannerReceipt } from './model/report.js'
import { dataSetInfo, disposeDataSet, openDataSet, type DataSet } from './read/dataset.js'
import type { PassContext, ScannerDefinition, ScanResult } from './scanner.js'
import { version } from './version.js'

export type { ScanProgress } from './engine/progress-meter.js'

export interface ScanRequest {
  /** Files, folders, globs, or `-` for JSON lines on standard input. */
  readonly paths: readonly string[]
  readonly config: Config
  readonly scanners: readonly ScannerDefinition[]
  /** URL of the module whose `scanners` export child processes load. */
  readonly registry: string
  readonly onProgress?: (progress: ScanProgress) => void
  /** Lines worth a person's notice: a device fallen back to, for example. */
  readonly onNotice?: (line: string) => void
  readonly signal?: AbortSignal
  readonly cwd?: string
}

/** What a scan has come to so far, by scanner. */
interface Outcome {
  readonly results: Map<string, ScanResult>
  readonly failed: Map<string, ErrorRecord>
  readonly receipts: Map<number, ShardReceipt>
  readonly lost: Map<number, CredenceError>
}

/**
 * Scans one data set. What cannot be read, and scanners that fail, end in the report, which is then `incomplete`.
 * @throws CredenceError when there is nothing to report on: wrong usage, no rows, unclear columns, no encoder
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const { config } = request
  const startedAt = new Date()
  const dataset = await openDataSet(request.paths, {
    roles: namedColumns(config),
    ...(config.split === null ? {} : { split: config.split }),
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    shardBytes: config.shardBytes,
  })
  try {
    const { active, skipped } = activate(selected(request), config.scannerOptions, dataSetInfo(dataset))
    const { outcome, encoder } = await run(request, dataset, active)
    const coverage = coverageOf(config, dataset, active, skipped, outcome, encoder)
    const findings = ordered([...outcome.results.values()].flatMap((result): readonly Finding[] => result.findings))
    return {
      schemaVersion: 1,
      tool: { name: 'credence', version },
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      verdict: verdictOf(findings, coverage.incomplete, config.failOn),
      kind: dataset.kind,
      roles: dataset.roles,
      findings,
      coverage,
    }
  } finally {
    await disposeDataSet(dataset)
  }
}

function selected({ config, scanners }: ScanRequest): ScannerDefinition[] {
  return scanners.filter(({ id }) => (config.scanners?.includes(id) ?? true) && !config.skipScanners.includes(id))
}

type EncoderReceipt = NonNullable<Coverage['encoder']>

async function run(
  request: ScanRequest,
  dataset: DataSet,
  active: readonly ActiveScanner[],
): Promise<{ outcome: Outcome; encoder: EncoderReceipt | null }> {
  const { config, registry } = request
  const info = dataSetInfo(dataset)
  const trips = planTrips(active)
  const described = trips.some(({ needs }) => needs.has('embedding')) ? describeEncoder(config) : null
  const { seed, alpha, scannerOptions, device, cacheBytes } = config
  const encoder =
    described === null
      ? null
      : {
          encoder: config.encoder,
          device,
          dim: described.dim,
          cacheDir: config.cache === 'off' ? null : config.cache,
          cacheBytes,
        }
  const scanners = active.map(({ definition }) => definition.id)
  const job = { registry, scanners, scannerOptions, dataset, info, seed, alpha, encoder }
  const context = { data: info, seed, alpha, embeddingDim: described?.dim ?? 0 }
  const engine = await LocalEngine.start(job, config.jobs, config.taskTimeout * 1000, request.onNotice ?? (() => undefined))
  try {
    const outcome = await travel(engine, trips, context, request)
    const receipt =
      described === null ? null : { name: described.name, sha256: described.sha256, device: engine.device ?? device }
    return { outcome, encoder: receipt }
  } finally {
    await engine.close()
  }
}

async function travel(engine: LocalEngine, trips: readonly Trip[], context: PassContext, request: ScanRequest): Promise<Outcome> {
  const outcome: Outcome = { results: new Map(), failed: new Map(), receipts: new Map(), lost: new Map() }
  const meter = createProgressMeter(trips.length, context.data.rows, request.onProgress)
  let inputs: Record<string, unknown> = Object.fromEntries((trips[0]?.steps ?? []).map(({ scanner }) => [scanner, null]))
  for (const trip of trips) {
    const steps = trip.steps.filter(({ scanner }) => scanner in inputs)
    if (steps.length === 0) break
    meter.start(trip.index)
    const result = await engine.map({ ...trip, steps }, inputs, new Set(outcome.lost.keys()), meter.add, request.signal)
    for (const [shard, cause] of result.lost) outcome.lost.set(shard, cause)
    if (trip.index === 0) for (const [shard, receipt] of result.receipts) outcome.receipts.set(shard, receipt)
    inputs = finish({ ...trip, steps }, result, inputs, context, outcome)
  }
  await traceSources(engine, trips.length, context, request, outcome)
  return outcome
}

/** One more trip where rows have sources and something serious was found: does one source hold most of it? */
async function traceSources(
  engine: LocalEngine,
  index: number,
  context: PassContext,
  request: ScanRequest,
  outcome: Outcome,
): Promise<void> {
  const own = outcome.results.get(REPORTED_BY)
  const suspicion = suspicionOf([...outcome.results.values()].flatMap((result): readonly Finding[] => result.findings))
  if (own === undefined || suspicion === null || !context.data.roles.includes('source')) return
  const trip = sourceTrip(index)
  const inputs = { [REPORTED_BY]: suspicion }
  const result = await engine.map(trip, inputs, new Set(outcome.lost.keys()), () => undefined, request.signal)
  for (const [shard, cause] of result.lost) outcome.lost.set(shard, cause)
  finish(trip, result, inputs, context, outcome)
  const traced = outcome.results.get(REPORTED_BY)?.findings ?? []
  outcome.results.set(REPORTED_BY, { ...own, findings: [...own.findings, ...traced] })
}

/** Ends the trip's passes: results of those that are through, the next trip's inputs of the others. */
function finish(
  trip: Trip,
  result: TripResult,
  inputs: Readonly<Record<string, unknown>>,
  context: PassContext,
  outcome: Outcome,
): Record<string, unknown> {
  const next: Record<string, unknown> = {}
  for (const [scanner, error] of Object.entries(result.failed)) outcome.failed.set(scanner, error)
  for (const { scanner, pass, last } of trip.steps) {
    if (outcome.failed.has(scanner)) continue
    try {
      // Every shard was lost: there is still an answer to "nothing".
      const state: unknown = scanner in result.states ? result.states[scanner] : pass.init(inputs[scanner], context)
      const out: unknown = pass.finish(state, inputs[scanner], context)
      if (last) outcome.results.set(scanner, out as ScanResult)
      else next[scanner] = out
    } catch (error) {
      outcome.failed.set(scanner, toErrorRecord(error))
    }
  }
  return next
}

function coverageOf(
  config: Config,
  dataset: DataSet,
  active: readonly ActiveScanner[],
  skipped: readonly SkippedScanner[],
  outcome: Outcome,
  encoder: EncoderReceipt | null,
): Coverage {
  const files = fileReceipts(dataset, outcome.receipts, outcome.lost)
  const sum = (of: (file: Coverage['files'][number]) => number): number => files.reduce((total, file) => total + of(file), 0)
  const read = sum((file) => file.read)
  const scanners: ScannerReceipt[] = [
    ...active.map(({ definition: { id } }): ScannerReceipt => {
      const failure = outcome.failed.get(id)
      if (failure !== undefined) return { id, status: 'failed', reason: failure.message, limits: {} }
      const { limits = {}, skipped: reason = null } = outcome.results.get(id) ?? {}
      return { id, status: reason === null ? 'ran' : 'skipped', reason, limits }
    }),
    ...skipped.map(({ definition: { id }, reason }): ScannerReceipt => ({ id, status: 'skipped', reason, limits: {} })),
  ]
  const incomplete = [
    ...incompleteFiles(files),
    ...scanners.flatMap(({ id, status, reason }) => (status === 'failed' ? [`scanner ${id} failed: ${reason ?? ''}`] : [])),
    ...(read === 0 ? ['no row was read'] : []),
  ]
  const declared = files.every((file) => file.declared !== null) ? sum((file) => file.declared ?? 0) : null
  const rows = { declared, read, skipped: sum((file) => file.skipped) }
  return { files, rows, scanners, incomplete, alpha: config.alpha, seed: config.seed, encoder }
}
