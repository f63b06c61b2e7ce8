/** A scan that goes from step to step: other machines read the data in between, run by hand or by a scheduler. */
import { randomBytes } from 'node:crypto'
import { ScanFolder } from './engine/cluster/scan-folder.js'
import { OVER, readPlan, type StepPlan } from './engine/cluster/scan-plan.js'
import { ScanPaused } from './engine/cluster/step-runner.js'
import { newStateKey, type StateKey } from './engine/state-file.js'
import { CredenceError } from './errors.js'
import type { Config } from './config/schema.js'
import type { Report } from './model/report.js'
import { loadPlugins } from './plugins.js'
import { scan, type ScanRequest } from './scan.js'
import { below } from './storage/s3-address.js'

/** Where a scan stands: parts of a trip are to be read before it can go on. */
export interface Standing {
  /** Of its folder, for `credence map` and `credence reduce`. */
  readonly address: string
  readonly trip: number
  readonly missing: readonly number[]
  /** Whether it has come to this trip just now. */
  readonly isNew: boolean
  /** Most trips that it takes. */
  readonly trips: number
}

type Watch = Pick<ScanRequest, 'onProgress' | 'onNotice' | 'signal'>

/** Writes the plan and the order of the first trip into a new folder of the storage. */
export async function planScan(
  request: Omit<ScanRequest, 'steps' | 'opened'>,
  cwd: string,
): Promise<{ standing: Standing; key: StateKey }> {
  const { storage, parts } = request.config
  if (storage === null) {
    throw new CredenceError('usage', 'credence plan needs --storage: a folder that all machines have, or s3://BUCKET/PREFIX')
  }
  const address = below(storage, `credence-${randomBytes(8).toString('hex')}`)
  const key = newStateKey()
  const folder = await ScanFolder.open(address, key)
  // As every machine names it, wherever it runs the next step.
  const named = folder.store.address
  const notes = { config: request.config, cwd, startedAt: new Date().toISOString() }
  const standing = await pauseOf(scan({ ...request, cwd, steps: { folder, parts, giveUp: false, notes } }), named, key)
  if ('findings' in standing) throw new CredenceError('internal', 'a scan ended without having read anything')
  return { standing, key }
}

/**
 * Merges what has been read, ends the passes, and goes on to the next trip or the end.
 * @param changed settings of this step alone
 * @param giveUp whether parts that have no result are lost
 * @returns where it stands, the report, or null where it was over before
 */
export async function stepScan(
  address: string,
  key: StateKey,
  { scanners: own, registry, ...watch }: Pick<ScanRequest, 'scanners' | 'registry'> & Watch,
  changed: Partial<Config>,
  giveUp: boolean,
): Promise<{ report: Report | Standing; config: Config; scanners: ScanRequest['scanners'] } | null> {
  const folder = await ScanFolder.open(address, key)
  if (await folder.store.has(OVER)) {
    await folder.close()
    return null
  }
  const plan = (await readPlan(folder)) as StepPlan
  const config = { ...plan.config, ...changed }
  const plugins = await loadPlugins(
    config.plugins,
    own.map(({ id }) => id),
  )
  const scanners = [...own, ...plugins]
  const { cwd, startedAt } = plan
  const steps = { folder, parts: config.parts, giveUp, notes: plan }
  const opened = plan.job.dataset
  const request = { paths: [], config, scanners, registry, cwd, steps, opened, startedAt: new Date(startedAt), ...watch }
  return { report: await pauseOf(scan(request), folder.store.address, key), config, scanners }
}

/** The report of a scan, or where it has paused. */
async function pauseOf(scanning: Promise<Report>, address: string, key: StateKey): Promise<Report | Standing> {
  try {
    return await scanning
  } catch (error) {
    if (!(error instanceof ScanPaused)) throw error
    const folder = await ScanFolder.open(address, key)
    try {
      const { trips } = (await readPlan(folder)) as StepPlan
      const { trip, missing, isNew } = error
      return { address, trip, missing, isNew, trips }
    } finally {
      await folder.close()
    }
  }
}
