/** What a machine of a cluster does: `credence map` and `credence reduce`. */
import { PartMerger } from './part-merger.js'
import type { ScanFolder } from './scan-folder.js'
import * as names from './scan-plan.js'
import { activeOf, readPlan, type Done, type PartResult, type TripOrder } from './scan-plan.js'
import { LocalEngine } from '../local.js'
import { indicesOf, type PassStart } from '../messages.js'
import { tripOf } from '../plan.js'
import { temporaryWorkspace } from '../workspace.js'
import { CredenceError, isFatal, toErrorRecord } from '../../errors.js'

export interface TaskSetting {
  /** URL of the module whose `scanners` export is the registry. */
  readonly registry: string
  /** Child processes. */
  readonly jobs: number
  /** Folder for vectors on this machine; null for none. */
  readonly cacheDir: string | null
  readonly onNotice: (line: string) => void
  readonly signal?: AbortSignal
}

/** What a task came to; null where there was nothing to do. */
export type TaskDone = Done & { readonly shards: number }

/**
 * Reads the shards of one part and leaves their merged states in the folder. A part that is there already is left alone.
 * @throws CredenceError where there is no such order, or for what is wrong with every shard; that is left in the folder as well
 */
export async function mapPart(folder: ScanFolder, trip: number, part: number, setting: TaskSetting): Promise<TaskDone | null> {
  if (await folder.store.has(names.OVER)) return null
  const order = (await folder.read(names.orderName(trip))) as TripOrder
  const shards = order.parts[part]
  const name = names.partName(trip, part)
  if (shards === undefined || (await folder.store.has(names.doneName(name)))) return null
  try {
    const { result, device } = await observe(folder, order, shards, setting)
    await folder.write(name, result)
    const rows = [...result.receipts.values()].reduce((sum, { read }) => sum + read, 0)
    const done: Done = { rows, device, error: null }
    await folder.write(names.doneName(name), done)
    return { ...done, shards: shards.length }
  } catch (error) {
    // Each machine would fail alike: whoever follows the scan is to know why.
    const done: Done = { rows: 0, device: null, error: toErrorRecord(error) }
    if (isFatal(error)) await folder.write(names.doneName(name), done)
    throw error
  }
}

async function observe(
  folder: ScanFolder,
  order: TripOrder,
  shards: readonly number[],
  { registry, jobs, cacheDir, onNotice, signal }: TaskSetting,
): Promise<{ result: PartResult; device: string | null }> {
  const plan = await readPlan(folder)
  const active = await activeOf(plan, registry)
  const workspace = await temporaryWorkspace()
  const encoder = plan.job.encoder && { ...plan.job.encoder, cacheDir }
  const job = { ...plan.job, encoder, registry, stateKey: workspace.key }
  const engine = LocalEngine.start(job, workspace, Math.min(jobs, shards.length), plan.deadlineMs, onNotice)
  const stop = (): void => {
    engine.close()
  }
  signal?.addEventListener('abort', stop)
  try {
    const passes: Record<string, PassStart> = {}
    for (const [scanner, { index, input }] of Object.entries(order.passes)) {
      passes[scanner] = { index, input: input === null ? null : engine.provide(await folder.read(input)) }
    }
    const begun = { passes, shards: [], states: {}, failed: {}, receipts: new Map(), lost: new Map() }
    const wanted = new Set(shards)
    const others = new Set(plan.job.dataset.shards.flatMap(({ id }) => (wanted.has(id) ? [] : [id])))
    const nobody = (): void => undefined
    const after = await engine.map(tripOf(active, indicesOf(order.passes)), begun, others, nobody, nobody, signal)
    const states = Object.fromEntries(Object.entries(after.states).map(([scanner, path]) => [scanner, engine.read(path)]))
    const { failed, receipts, lost } = after
    return { result: { states, failed, receipts, lost }, device: engine.device }
  } finally {
    signal?.removeEventListener('abort', stop)
    engine.close()
    await workspace.close(false)
  }
}

/** Merges one group of results into one, in their order. */
export async function mergeGroup(
  folder: ScanFolder,
  trip: number,
  level: number,
  group: number,
  registry: string,
): Promise<number> {
  const groups = (await folder.read(names.groupsName(trip, level))) as readonly (readonly string[])[]
  const results = groups[group]
  if (results === undefined) throw new CredenceError('usage', `level ${level} of trip ${trip} has no group ${group}`)
  const name = names.mergedName(trip, level, group)
  if (await folder.store.has(names.doneName(name))) return results.length
  const order = (await folder.read(names.orderName(trip))) as TripOrder
  const merger = new PartMerger(tripOf(await activeOf(await readPlan(folder), registry), indicesOf(order.passes)))
  for (const result of results) merger.add((await folder.read(result)) as PartResult)
  await folder.write(name, merger.result)
  await folder.write(names.doneName(name), { rows: 0, device: null, error: null } satisfies Done)
  return results.length
}
