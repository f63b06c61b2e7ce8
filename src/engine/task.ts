import { embedShared, requireSource, type EmbeddingSource } from './embedding-source.js'
import type { Trip } from './plan.js'
import { toErrorRecord, type ErrorRecord } from '../errors.js'
import type { Role } from '../model/role.js'
import { ROLES } from '../model/role.js'
import type { DataSet, Shard } from '../read/dataset.js'
import { readShard } from '../read/dataset.js'
import type { ReadLog } from '../read/format.js'
import type { Need, PassContext } from '../scanner.js'

/** What one trip over one shard gives: a state for each scanner that survived, and what was read. */
export interface TaskResult {
  readonly states: Record<string, unknown>
  /** Scanners that threw; their states are absent. */
  readonly failed: Record<string, ErrorRecord>
  readonly receipt: ShardReceipt
}

export interface ShardReceipt {
  readonly read: number
  readonly skipped: number
  readonly truncated: number
  readonly errors: readonly ErrorRecord[]
}

/**
 * A pure function of shard, trip and the passes' inputs: run it here, in a child, or on another machine.
 * What cannot be read ends in the receipt; a scanner that throws ends in `failed`; neither stops the others.
 * @param inputs the trip's input of each scanner, by id
 * @param onRows called with the number of examples after each batch
 * @param begun what shards before this one came to: it goes on from there, as if they were one; changed
 */
export async function runTask(
  dataset: DataSet,
  shard: Shard,
  trip: Trip,
  inputs: Readonly<Record<string, unknown>>,
  context: PassContext,
  embedding: EmbeddingSource | null,
  onRows: (rows: number) => void,
  begun: Pick<TaskResult, 'states' | 'failed'> = { states: {}, failed: {} },
): Promise<TaskResult> {
  const { states, failed } = begun
  const log: ReadLog = { read: 0, skipped: 0, truncated: 0, errors: [] }
  const live = trip.steps.filter(({ scanner, pass }) => {
    if (scanner in failed || scanner in states) return !(scanner in failed)
    return attempt(failed, scanner, () => {
      states[scanner] = pass.init(inputs[scanner], context)
    })
  })
  try {
    for await (const batch of readShard(dataset, shard, rolesOf(trip.needs), undefined, log, trip.needs.has('digest'))) {
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
  } catch (error) {
    log.errors.push(toErrorRecord(error))
  }
  for (const scanner of Object.keys(failed)) delete states[scanner]
  return { states, failed, receipt: { read: log.read ?? 0, skipped: log.skipped, truncated: log.truncated, errors: log.errors } }
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
