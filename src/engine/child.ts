/** Entry point of a child process: takes a job, then tasks one at a time, over the IPC channel. */
import type { MemoryMessage } from './bounded-child.js'
import { mustTell, tellMemory } from './child-memory.js'
import {
  indicesOf,
  type FinishMessage,
  type FromChild,
  type Job,
  type MapMessage,
  type PassStart,
  type PassStarts,
  type TaskMessage,
  type ToChild,
} from './messages.js'
import { activate, tripOf, type ActiveScanner } from './plan.js'
import { definitionsOf } from './registry.js'
import { readState, writeState, type StateKey } from './state-file.js'
import { runTask } from './task.js'
import type { Encoder } from '../embed/encoder.js'
import { toErrorRecord } from '../errors.js'
import type { DataSet, Shard } from '../read/dataset.js'
import type { PassContext } from '../scanner.js'

interface Prepared {
  readonly job: Job
  readonly active: readonly ActiveScanner[]
  readonly context: PassContext
}

let prepared: Promise<Prepared> | null = null
let encoder: Promise<Encoder> | null = null
/** What the passes of the last trip started from, by file: every shard of a trip starts from the same. */
let known = new Map<string, unknown>()
/** Called with the shards that were asked for. */
let answered: (shards: readonly number[]) => void = () => undefined

function send(message: FromChild): void {
  process.send?.(message)
}

async function prepare(job: Job): Promise<Prepared> {
  const { active } = activate(await definitionsOf(job), job.scannerOptions, job.info)
  const context = { data: job.info, seed: job.seed, alpha: job.alpha, embeddingDim: job.encoder?.dim ?? 0 }
  return { job, active, context }
}

function theEncoder(job: Job): Promise<Encoder> | null {
  const settings = job.encoder
  if (settings === null) return null
  encoder ??= openOne(settings)
  return encoder
}

async function openOne({ encoder, device, cacheDir, cacheBytes }: NonNullable<Job['encoder']>): Promise<Encoder> {
  // Loaded here, not with the module: many a scan embeds nothing.
  const [{ openCache, withCache }, { openEncoder }] = await Promise.all([import('../embed/cache.js'), import('../embed/open.js')])
  const opened = await openEncoder({ encoder, device, threads: 1 })
  send({ kind: 'encoder', device: opened.device, notes: opened.notes })
  return withCache(opened, openCache(cacheDir, cacheBytes))
}

async function perform(task: TaskMessage): Promise<void> {
  if (prepared === null) throw new Error('a task came before the job')
  const ready = await prepared
  send(task.kind === 'map' ? await map(task, ready) : finish(task, ready))
}

async function map({ shards: ids, passes, output }: MapMessage, { job, active, context }: Prepared): Promise<FromChild> {
  const trip = tripOf(active, indicesOf(passes))
  const source = trip.needs.has('embedding') ? await theEncoder(job) : null
  const inputs = readInputs(passes, job.stateKey)
  const onRows = (rows: number): void => {
    send({ kind: 'rows', rows })
  }
  const onShard = (): void => {
    send({ kind: 'shard' })
  }
  const result = await runTask(job.dataset, shardsOf(job.dataset, ids), trip, inputs, context, source, onRows, onShard)
  writeState(output, result.states, job.stateKey)
  return { kind: 'mapped', failed: result.failed, receipts: result.receipts }
}

/** Those given, then those that it is given when it asks: one state for all of them, and no process waits for another. */
async function* shardsOf({ shards }: DataSet, given: readonly number[]): AsyncGenerator<Shard> {
  for (let ids = given; ids.length > 0; ids = await moreShards()) {
    for (const id of ids) {
      const shard = shards[id]
      if (shard === undefined) throw new Error(`no shard ${id}`)
      yield shard
    }
  }
}

function moreShards(): Promise<readonly number[]> {
  send({ kind: 'ask' })
  return new Promise((resolve) => {
    answered = resolve
  })
}

function finish({ scanner, pass: start, state: file, output }: FinishMessage, { job, active, context }: Prepared): FromChild {
  const [step] = tripOf(active, { [scanner]: start.index }).steps
  if (step === undefined) throw new Error(`${scanner} is not active`)
  const input = readInput(start, job.stateKey)
  // Every shard was lost: there is still an answer to "nothing".
  const state: unknown = file === null ? step.pass.init(input, context) : readState(file, job.stateKey)
  writeState(output, step.pass.finish(state, input, context), job.stateKey)
  return { kind: 'finished' }
}

function readInputs(passes: PassStarts, key: StateKey): Record<string, unknown> {
  const values = Object.entries(passes).map(([scanner, start]): [string, unknown] => [scanner, readInput(start, key)])
  // What another trip started from is not asked for again.
  known = new Map(values.flatMap(([scanner, value]) => (passes[scanner]?.input ? [[passes[scanner].input, value]] : [])))
  return Object.fromEntries(values)
}

function readInput({ input }: PassStart, key: StateKey): unknown {
  if (input === null) return null
  return known.has(input) ? known.get(input) : readState(input, key)
}

if (mustTell)
  tellMemory((bytes) => {
    process.send?.({ kind: 'memory', bytes } satisfies MemoryMessage)
  })

process.on('message', (message: ToChild) => {
  if (message.kind === 'job') prepared = prepare(message.job)
  else if (message.kind === 'more') answered(message.shards)
  else
    perform(message).catch((error: unknown) => {
      send({ kind: 'error', error: toErrorRecord(error) })
    })
})
// The parent is gone: nobody waits for the result.
process.on('disconnect', () => process.exit(0))
