/** The main flow: discover → plan shards → for each pass: map → merge → finish → fuse → report. */
import { join } from 'node:path'
import { ChildOpener } from './engine/child-opener.js'
import { LocalEngine } from './engine/local.js'
import { activate, type ActiveScanner, type SkippedScanner } from './engine/plan.js'
import type { ScanProgress } from './engine/progress-meter.js'
import { fileReceipts, shortfalls, type Shortfall } from './engine/receipts.js'
import type { ScanRecord } from './engine/scan-record.js'
import { travel, type Outcome } from './engine/travel.js'
import { keptWorkspace, temporaryWorkspace, type Workspace } from './engine/workspace.js'
import { namedColumns } from './config/columns.js'
import { readLimits } from './config/limits.js'
import type { Config } from './config/schema.js'
import { describeEncoder } from './embed/open.js'
import { fused, verdictOf } from './fuse/fuse.js'
import { integrityFindings } from './fuse/integrity.js'
import { redactReport } from './fuse/redact.js'
import { REPORTED_BY } from './fuse/sources.js'
import type { Finding } from './model/finding.js'
import type { Coverage, Report, ScannerReceipt } from './model/report.js'
import { dataSetInfo, disposeDataSet, openDataSet, type DataSet } from './read/dataset.js'
import type { ScannerDefinition } from './scanner.js'
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

/**
 * Scans one data set. What cannot be read, and scanners that fail, end in the report, which is then `incomplete`.
 * @throws CredenceError when there is nothing to report on: wrong usage, no rows, unclear columns, no encoder
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const { config } = request
  const startedAt = new Date()
  const opener = new ChildOpener({ deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory }, request.signal)
  const dataset = await openDataSet(request.paths, {
    roles: namedColumns(config),
    limits: readLimits(config),
    opener,
    ...(config.split === null ? {} : { split: config.split }),
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    shardBytes: config.shardBytes,
  }).finally(() => {
    opener.close()
  })
  try {
    const { active, skipped } = activate(selected(request), config.scannerOptions, dataSetInfo(dataset))
    const { outcome, encoder } = await run(request, dataset, active)
    const coverage = coverageOf(config, dataset, active, skipped, outcome, encoder)
    const findings = findingsOf(active, outcome, coverage)
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
    }
    return redactReport(report, config.showValues)
  } finally {
    await disposeDataSet(dataset)
  }
}

function findingsOf(active: readonly ActiveScanner[], { results }: Outcome, coverage: Coverage): Finding[] {
  const reports = active.some(({ definition: { id } }) => id === REPORTED_BY)
  const own = active.flatMap(({ definition: { id } }): readonly Finding[] => results.get(id)?.findings ?? [])
  return fused([...own, ...(reports ? integrityFindings(coverage.files) : [])], {
    rows: coverage.rows.read,
    alpha: coverage.alpha,
  })
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
  const embedding = active.some(({ passes }) => passes.some(({ needs }) => needs.includes('embedding')))
  const described = embedding ? describeEncoder(config) : null
  const { seed, alpha, plugins, scannerOptions, device, cacheBytes } = config
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
  const setting = { registry, plugins, scanners, scannerOptions, dataset, info, seed, alpha, encoder }
  const notice = request.onNotice ?? ((): void => undefined)
  const versions = active.map(({ identity }) => identity)
  const workspace = await workspaceFor(config, dataset, { version, versions, setting, model: described?.sha256 })
  if (config.resume) notice(resumedFrom(workspace.earlier))
  const job = { ...setting, stateKey: workspace.key, taskMemory: config.taskMemory }
  const engine = LocalEngine.start(job, workspace, config.jobs, config.taskTimeout * 1000, notice)
  let keep = false
  const stop = (): void => {
    engine.close()
  }
  request.signal?.addEventListener('abort', stop)
  try {
    const outcome = await travel(engine, workspace, active, info, request.onProgress, request.signal)
    const receipt =
      described === null ? null : { name: described.name, sha256: described.sha256, device: engine.device ?? device }
    return { outcome, encoder: receipt }
  } catch (error) {
    keep = request.signal?.aborted === true
    throw error
  } finally {
    request.signal?.removeEventListener('abort', stop)
    engine.close()
    await workspace.close(keep)
  }
}

/** @param identity of all that decides what comes out, but for the bytes of the files */
async function workspaceFor({ cache, resume }: Config, dataset: DataSet, identity: unknown): Promise<Workspace> {
  // Standard input cannot be read again, and a cache that is off is to keep nothing.
  if (cache === 'off' || dataset.temporary !== null) return temporaryWorkspace()
  const files = dataset.files.map(({ absolute }) => absolute)
  return keptWorkspace(join(cache, 'scans'), identity, files, resume)
}

function resumedFrom(earlier: ScanRecord | null): string {
  if (earlier === null) return 'no interrupted scan of these files with these settings: starting from the beginning'
  const within = earlier.trip === null ? '' : ` and ${earlier.trip.shards.length} pieces of the next`
  return `going on after ${earlier.trips} passes${within} of an interrupted scan`
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
  return { files, rows, scanners, incomplete, allowed, alpha: config.alpha, seed: config.seed, encoder }
}
