/** The engine of a scan that other machines work on. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { ClusterEngine } from './cluster-engine.js'
import { RayRunner, type RaySettings } from './ray-runner.js'
import { ScanFolder } from './scan-folder.js'
import { activeOf, PLAN, type ScanPlan, type StepNotes, type StepPlan } from './scan-plan.js'
import { KEY_VARIABLE, keyOfScan, keyText } from './state-key.js'
import { StepRunner } from './step-runner.js'
import type { Engine } from '../engine.js'
import type { LocalEngine } from '../local.js'
import type { Job } from '../messages.js'
import type { Workspace } from '../workspace.js'
import type { Config } from '../../config/schema.js'
import { CredenceError } from '../../errors.js'
import { ORIGIN_ROLES } from '../../fuse/sources.js'
import { below } from '../../storage/s3-address.js'
import { version } from '../../version.js'

/** A scan whose tasks are run by hand, or by a scheduler. */
export interface Steps {
  readonly folder: ScanFolder
  /** Of a trip; null: by the size of the data. */
  readonly parts: number | null
  /** Whether parts without a result are lost. */
  readonly giveUp: boolean
  /** What the next steps are to know beside the plan. */
  readonly notes: StepNotes
}

/** The plan of a job, without what each machine has of its own. */
function planOf({ stateKey: _key, registry: _registry, ...job }: Job, deadlineMs: number): ScanPlan {
  if (job.dataset.temporary !== null) {
    throw new CredenceError('usage', 'standard input cannot be read by other machines', {
      suggestions: ['write it to a file that all of them can read, and name that'],
    })
  }
  return { version, job: { ...job, encoder: job.encoder && { ...job.encoder, cacheDir: null } }, deadlineMs }
}

export async function stepEngine(
  local: LocalEngine,
  job: Job,
  deadlineMs: number,
  { folder, parts, giveUp, notes }: Steps,
): Promise<Engine> {
  if (!(await folder.store.has(PLAN))) {
    const plan = planOf(job, deadlineMs)
    const passes = (await activeOf(plan, job.registry)).map((scanner) => scanner.passes.length)
    // The last one traces sources.
    const trips = Math.max(0, ...passes) + (ORIGIN_ROLES.some((role) => job.info.roles.includes(role)) ? 1 : 0)
    await folder.write(PLAN, { ...notes, ...plan, trips } satisfies StepPlan)
  }
  return new ClusterEngine(local, folder, new StepRunner(folder, parts, giveUp), job.dataset, parts)
}

export async function rayEngine(
  config: Config,
  local: LocalEngine,
  job: Job,
  workspace: Workspace,
  onNotice: (line: string) => void,
): Promise<Engine> {
  const { storage } = config
  if (storage === null) {
    throw new CredenceError('usage', '--engine ray needs --storage: a folder that all nodes have, or s3://BUCKET/PREFIX')
  }
  const plan = planOf(job, config.taskTimeout * 1000)
  const scan = basename(workspace.folder)
  const key = keyOfScan(workspace.key, scan)
  const settings = await raySettings(config, keyText(key))
  const folder = await ScanFolder.open(below(storage, scan), key)
  const runner = new RayRunner(settings, folder, scan, onNotice)
  await folder.write(PLAN, plan)
  return new ClusterEngine(local, folder, runner, job.dataset, config.parts)
}

const runtimeEnvSchema = z.looseObject({ env_vars: z.record(z.string(), z.string()).default({}) })

async function raySettings(config: Config, key: string): Promise<RaySettings> {
  const address = config.rayAddress ?? process.env['RAY_API_SERVER_ADDRESS'] ?? process.env['RAY_ADDRESS']
  if (!address) throw new CredenceError('usage', "--engine ray needs --ray-address, that of Ray's dashboard: http://HEAD:8265")
  const named = config.rayEnv.map((name): [string, string] => {
    const value = process.env[name]
    if (value === undefined) throw new CredenceError('usage', `--ray-env ${name}: there is no such variable`)
    return [name, value]
  })
  const own = await runtimeEnv(config.rayRuntimeEnv)
  const env_vars = { ...own.env_vars, ...Object.fromEntries(named), [KEY_VARIABLE]: key }
  const { rayCommand: command, rayCpus: cpus, rayGpus: gpus, rayMemory: memory, rayJobs: jobs } = config
  return { address, command, cpus, gpus, memory, jobs, runtimeEnv: { ...own, env_vars } }
}

async function runtimeEnv(path: string | null): Promise<z.output<typeof runtimeEnvSchema>> {
  if (path === null) return { env_vars: {} }
  try {
    return runtimeEnvSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw new CredenceError('usage', `--ray-runtime-env ${path}: expected a JSON file with an object`, { cause: error })
  }
}
