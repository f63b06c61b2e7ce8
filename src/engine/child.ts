/** Entry point of a child process: takes a job, then tasks one at a time, over the IPC channel. */
import type { FromChild, Job, TaskMessage, ToChild } from './messages.js'
import { activate, planTrips, sourceTrip, type Trip } from './plan.js'
import { readState, writeState } from './state-file.js'
import { runTask } from './task.js'
import { openCache, withCache } from '../embed/cache.js'
import type { Encoder } from '../embed/encoder.js'
import { openEncoder } from '../embed/open.js'
import { toErrorRecord } from '../errors.js'
import type { PassContext, ScannerDefinition } from '../scanner.js'

interface Prepared {
  readonly job: Job
  readonly trips: readonly Trip[]
  readonly context: PassContext
}

let prepared: Promise<Prepared> | null = null
let encoder: Promise<Encoder> | null = null
let inputs: { path: string; value: Record<string, unknown> } | null = null

function send(message: FromChild): void {
  process.send?.(message)
}

async function prepare(job: Job): Promise<Prepared> {
  const registry = (await import(job.registry)) as { scanners: readonly ScannerDefinition[] }
  const definitions = registry.scanners.filter((scanner) => job.scanners.includes(scanner.id))
  const { active } = activate(definitions, job.scannerOptions, job.info)
  const context = { data: job.info, seed: job.seed, alpha: job.alpha, embeddingDim: job.encoder?.dim ?? 0 }
  const trips = planTrips(active)
  return { job, trips: [...trips, sourceTrip(trips.length)], context }
}

function theEncoder(job: Job): Promise<Encoder> | null {
  const settings = job.encoder
  if (settings === null) return null
  encoder ??= openEncoder({ encoder: settings.encoder, device: settings.device, threads: 1 }).then((opened) => {
    send({ kind: 'encoder', device: opened.device, notes: opened.notes })
    return withCache(opened, openCache(settings.cacheDir, settings.cacheBytes))
  })
  return encoder
}

async function perform(task: TaskMessage): Promise<void> {
  if (prepared === null) throw new Error('a task came before the job')
  const { job, trips, context } = await prepared
  const shard = job.dataset.shards[task.shard]
  const trip = trips[task.trip]
  if (shard === undefined || trip === undefined) throw new Error(`no shard ${task.shard} or trip ${task.trip}`)
  if (inputs?.path !== task.inputs) inputs = { path: task.inputs, value: readState(task.inputs) as Record<string, unknown> }
  const source = trip.needs.has('embedding') ? await theEncoder(job) : null
  const result = await runTask(job.dataset, shard, trip, inputs.value, context, source, (rows) => {
    send({ kind: 'rows', rows })
  })
  writeState(task.output, result.states)
  send({ kind: 'done', failed: result.failed, receipt: result.receipt })
}

process.on('message', (message: ToChild) => {
  if (message.kind === 'job') prepared = prepare(message.job)
  else
    perform(message).catch((error: unknown) => {
      send({ kind: 'error', error: toErrorRecord(error) })
    })
})
// The parent is gone: nobody waits for the result.
process.on('disconnect', () => process.exit(0))
