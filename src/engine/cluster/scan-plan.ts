/** What the machines of a scan leave each other, by name in its folder. Plain data. */
import type { ScanFolder } from './scan-folder.js'
import { activate, type ActiveScanner } from '../plan.js'
import { indicesOf, type Job, type PassStarts } from '../messages.js'
import type { ShardReceipt } from '../task.js'
import type { Config } from '../../config/schema.js'
import { CredenceError, type ErrorRecord } from '../../errors.js'
import { definitionsOf } from '../registry.js'
import { version } from '../../version.js'

/** All that is the same for every task. */
export interface ScanPlan {
  /** Of the program that made it: states are those of one version. */
  readonly version: string
  /** Each machine has a registry of its own, and the key from its environment. */
  readonly job: Omit<Job, 'stateKey' | 'registry'>
  readonly deadlineMs: number
}

/** What a scan that goes from step to step was asked for. */
export interface StepNotes {
  readonly config: Config
  /** Where its paths start. */
  readonly cwd: string
  /** ISO 8601. */
  readonly startedAt: string
}

export interface StepPlan extends ScanPlan, StepNotes {
  /** Most trips over the data that it takes. */
  readonly trips: number
}

/** One trip over the data: which passes, and which shards make up a part. */
export interface TripOrder {
  /** Of the passes: whether this is the trip that a scan has come to. */
  readonly name: string
  /** `input` names a value of the folder. */
  readonly passes: PassStarts
  /** Ids of shards. */
  readonly parts: readonly (readonly number[])[]
}

/** What a part comes to, or several. */
export interface PartResult {
  readonly states: Readonly<Record<string, unknown>>
  readonly failed: Readonly<Record<string, ErrorRecord>>
  readonly receipts: ReadonlyMap<number, ShardReceipt>
  readonly lost: ReadonlyMap<number, ErrorRecord>
}

/** Written last: that a result is there, and what is to be known of it at once. */
export interface Done {
  readonly rows: number
  readonly device: string | null
  /** An error that every shard would have: it ends the scan, and there is no result. */
  readonly error: ErrorRecord | null
}

export const PLAN = 'plan'
/** Left behind where a planned scan is over. */
export const OVER = 'over'
export const orderName = (trip: number): string => `trips/${trip}/order`
export const inputName = (trip: number, scanner: string): string => `trips/${trip}/input-${scanner}`
export const partName = (trip: number, part: number): string => `trips/${trip}/part-${part}`
export const groupsName = (trip: number, level: number): string => `trips/${trip}/groups-${level}`
export const mergedName = (trip: number, level: number, group: number): string => `trips/${trip}/merged-${level}-${group}`
export const doneName = (result: string): string => `${result}.done`

/** The trip of a scan that has these passes: a scanner has each of its passes on one trip, whatever it starts from. */
export function nameOfPasses(passes: PassStarts): string {
  return JSON.stringify(Object.entries(indicesOf(passes)).sort())
}

/** @throws CredenceError `usage` where another version made it */
export async function readPlan(folder: ScanFolder): Promise<ScanPlan> {
  const plan = (await folder.read(PLAN)) as ScanPlan
  if (plan.version === version) return plan
  throw new CredenceError(
    'usage',
    `the plan is of credence ${plan.version}, this is ${version}: all machines need the same version`,
  )
}

/** The scanners of a plan, as this machine's registry has them. */
export async function activeOf({ job }: ScanPlan, registry: string): Promise<ActiveScanner[]> {
  return activate(await definitionsOf({ ...job, registry }), job.scannerOptions, job.info).active
}
