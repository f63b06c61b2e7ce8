/** Scanners run over one data set, to the end or until interrupted: an engine, a workspace, an encoder where one is needed. */
import { join } from 'node:path'
import { rayEngine, stepEngine, type Steps } from './cluster/start.js'
import { ScanPaused } from './cluster/step-runner.js'
import { storedWorkspace } from './cluster/stored-workspace.js'
import type { Engine } from './engine.js'
import { LocalEngine } from './local.js'
import type { Job } from './messages.js'
import type { ActiveScanner } from './plan.js'
import type { ScanProgress } from './progress-meter.js'
import type { ScanRecord } from './scan-record.js'
import { travel, type Outcome } from './travel.js'
import { keptWorkspace, temporaryWorkspace, type Workspace } from './workspace.js'
import type { Config } from '../config/schema.js'
import { describeEncoder } from '../embed/open.js'
import type { Coverage } from '../model/report.js'
import { dataSetInfo, type DataSet } from '../read/dataset.js'
import type { InputDigests } from '../read/input-digests.js'
import { version } from '../version.js'

export interface Run {
  readonly config: Config
  /** URL of the module whose `scanners` export child processes load. */
  readonly registry: string
  readonly onProgress?: (progress: ScanProgress) => void
  /** Lines worth a person's notice: a device fallen back to, for example. */
  readonly onNotice?: (line: string) => void
  readonly signal?: AbortSignal
  /** Of a scan that goes from step to step: it ends in a `ScanPaused`, but for the last. */
  readonly steps?: Steps
}

export type EncoderReceipt = NonNullable<Coverage['encoder']>

export async function runScanners(
  request: Run,
  dataset: DataSet,
  active: readonly ActiveScanner[],
  inputs: Pick<InputDigests, 'whole'>,
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
  // Stamps are held against those of an earlier run with the bytes.
  const unstamped = { ...dataset, files: dataset.files.map((file) => ({ ...file, stamp: undefined })) }
  const identity = { version, versions, setting: { ...setting, dataset: unstamped }, model: described?.sha256 }
  const workspace = await workspaceFor(request, dataset, inputs.whole, identity)
  if (config.resume) notice(resumedFrom(workspace.earlier))
  const job = { ...setting, stateKey: workspace.key, taskMemory: config.taskMemory }
  const engine = await engineFor(request, job, workspace, notice)
  let keep = false
  const stop = (): void => {
    engine.close()
  }
  request.signal?.addEventListener('abort', stop)
  try {
    const outcome = await travel(engine, workspace, active, info, request.onProgress, request.signal)
    const receipt =
      described === null ? null : { name: described.name, sha256: described.sha256, device: outcome.device ?? device }
    return { outcome, encoder: receipt }
  } catch (error) {
    keep = request.signal?.aborted === true || error instanceof ScanPaused
    throw error
  } finally {
    request.signal?.removeEventListener('abort', stop)
    engine.close()
    await workspace.close(keep)
    // Where nobody can go on from it, what lies on other machines is of no use.
    await engine.leave(keep && workspace.resumable)
  }
}

/** @param identity of all that decides what comes out, but for the bytes of the files */
async function workspaceFor(
  { config: { cache, resume }, steps }: Run,
  dataset: DataSet,
  digest: Promise<string>,
  identity: unknown,
): Promise<Workspace> {
  if (steps !== undefined) return storedWorkspace(steps.folder)
  // Standard input cannot be read again, and a cache that is off is to keep nothing.
  if (cache === 'off' || dataset.temporary !== null) return temporaryWorkspace()
  return keptWorkspace(join(cache, 'scans'), identity, digest, resume)
}

function resumedFrom(earlier: ScanRecord | null): string {
  if (earlier === null) return 'no interrupted scan of these files with these settings: starting from the beginning'
  const within = earlier.trip === null ? '' : ` and ${earlier.trip.shards.length} pieces of the next`
  return `going on after ${earlier.trips} passes${within} of an interrupted scan`
}

async function engineFor(
  { config, steps }: Run,
  job: Job,
  workspace: Workspace,
  notice: (line: string) => void,
): Promise<Engine> {
  const deadlineMs = config.taskTimeout * 1000
  const local = LocalEngine.start(job, workspace, config.jobs, deadlineMs, notice)
  try {
    if (steps !== undefined) return await stepEngine(local, job, deadlineMs, steps)
    return config.engine === 'ray' ? await rayEngine(config, local, job, workspace, notice) : local
  } catch (error) {
    local.close()
    await workspace.close(false)
    throw error
  }
}
