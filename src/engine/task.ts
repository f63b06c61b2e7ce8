import { embedShared, requireSource, type EmbeddingSource } from './embedding-source.js'
import type { Trip } from './plan.js'
import { toErrorRecord, type ErrorRecord } from '../errors.js'
import type { Role } from '../model/role.js'
import { ROLES } from '../model/role.js'
import type { RowBatch } from '../model/row-batch.js'
import type { DataSet, Shard } from '../read/dataset.js'
import { readShard } from '../read/dataset.js'
import type { ReadLog } from '../read/format.js'
import type { Need, PassContext } from '../scanner.js'

/** What one trip over some shards gives: a state for each scanner that survived, and what was read. */
export interface TaskResult {
  readonly states: Record<string, unknown>
  /** Scanners that threw; their states are absent. */
  readonly failed: Record<string, ErrorRecord>
  /** By shard. */
  readonly receipts: ReadonlyMap<number, ShardReceipt>
}

export interface ShardReceipt {
  readonly read: number
  readonly skipped: number
  readonly truncated: number
  readonly errors: readonly ErrorRecord[]
}

/**
 * A pure function of shards, trip and the passes' inputs: run it here, in a child, or on another machine.
 * What cannot be read ends in the shard's receipt; a scanner that throws ends in `failed`; neither stops the others.
 * @param shards one after another: states have a size of their own, however few rows they have seen
 * @param inputs the trip's input of each scanner, by id
 * @param onRows called with the number of examples after each batch
 * @param onShard called after each shard
 */
export async function runTask(
  dataset: DataSet,
  shards: Iterable<Shard> | AsyncIterable<Shard>,
  trip: Trip,
  inputs: Readonly<Record<string, unknown>>,
  context: PassContext,
  embedding: EmbeddingSource | null,
  onRows: (rows: number) => void,
  onShard: () => void = () => undefined,
): Promise<TaskResult> {
  const failed: Record<string, ErrorRecord> = {}
  const states: Record<string, unknown> = {}
  const receipts = new Map<number, ShardReceipt>()
  const live = trip.steps.filter(({ scanner, pass }) =>
    attempt(failed, scanner, () => {
      states[scanner] = pass.init(inputs[scanner], context)
    }),
  )
  const observe = async (batch: RowBatch): Promise<void> => {
    const shared = embedShared(embedding, batch)
    for (const { scanner, pass } of live) {
      if (failed[scanner]) continue
      try {
        const input = inputs[scanner]
        const asks = pass.needs.includes('embedding')
        const request = asks ? (pass.request?.(input, batch, context) ?? null) : null
        const own = request === null ? null : requireSource(embedding).embed(request.texts)
        const vectors = asks ? await (own ?? shared()) : null
        pass.observe(states[scanner], batch, vectors, input, context)
      } catch (error) {
        failed[scanner] = toErrorRecord(error)
      }
    }
    onRows(batch.length)
  }
  const roles = rolesOf(trip.needs)
  for await (const shard of shards) {
    const log: ReadLog = { read: 0, skipped: 0, truncated: 0, errors: [] }
    try {
      for await (const batch of readShard(dataset, shard, roles, undefined, log, trip.needs.has('digest'))) await observe(batch)
    } catch (error) {
      log.errors.push(toErrorRecord(error))
    }
    const { read = 0, skipped, truncated, errors } = log
    receipts.set(shard.id, { read, skipped, truncated, errors })
    onShard()
  }
  for (const scanner of Object.keys(failed)) delete states[scanner]
  return { states, failed, receipts }
}

function attempt(failed: Record<string, ErrorRecord>, scanner: string, action: () => void): boolean {
  try {
    action()
    return true
  } catch (error) {
    failed[scanner] = toErrorRecord(error)
    return false
  }
}

/** `input` and `output` are views of roles; the reader needs the roles themselves. */
function rolesOf(needs: ReadonlySet<Need>): ReadonlySet<Role> {
  const roles = new Set<Role>(ROLES.filter((role) => needs.has(role)))
  if (needs.has('input') || needs.has('embedding')) for (const role of ['text', 'prompt', 'chosen'] as const) roles.add(role)
  if (needs.has('output')) for (const role of ['response', 'chosen'] as const) roles.add(role)
  return roles
}
