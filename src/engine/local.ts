import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { Job } from './messages.js'
import type { Trip } from './plan.js'
import { Pool } from './pool.js'
import { readState, writeState } from './state-file.js'
import type { ShardReceipt } from './task.js'
import { asCredenceError, type CredenceError, type ErrorRecord } from '../errors.js'

export interface TripResult {
  /** Merged state of each scanner that has not failed. */
  readonly states: Record<string, unknown>
  readonly failed: Record<string, ErrorRecord>
  /** By shard id; absent for shards given up before this trip. */
  readonly receipts: Map<number, ShardReceipt>
  /** Shards whose process was lost: no later trip reads them. */
  readonly lost: Map<number, CredenceError>
}

/** Runs shard tasks in child processes on this machine and merges their states as they come. */
export class LocalEngine {
  private constructor(
    private readonly job: Job,
    private readonly jobs: number,
    private readonly pool: Pool,
    private readonly folder: string,
  ) {}

  static async start(job: Job, jobs: number, deadlineMs: number): Promise<LocalEngine> {
    const pool = new Pool(job, deadlineMs)
    pool.warm(Math.min(jobs, job.dataset.shards.length))
    return new LocalEngine(job, jobs, pool, await mkdtemp(join(tmpdir(), 'credence-')))
  }

  /**
   * One trip over all shards but those given up.
   * @param inputs the trip's input of each live scanner, by id
   */
  async map(
    trip: Trip,
    inputs: Readonly<Record<string, unknown>>,
    givenUp: ReadonlySet<number>,
    onRows: (rows: number) => void,
    signal?: AbortSignal,
  ): Promise<TripResult> {
    const result: TripResult = { states: {}, failed: {}, receipts: new Map(), lost: new Map() }
    const inputFile = join(this.folder, `inputs-${trip.index}`)
    writeState(inputFile, inputs)
    const limit = pLimit(this.jobs)
    await Promise.all(
      this.job.dataset.shards
        .filter((shard) => !givenUp.has(shard.id))
        .map((shard) =>
          limit(async () => {
            signal?.throwIfAborted()
            const output = join(this.folder, `state-${trip.index}-${shard.id}`)
            try {
              const done = await this.pool.run({ kind: 'task', shard: shard.id, trip: trip.index, inputs: inputFile, output }, onRows)
              Object.assign(result.failed, done.failed)
              result.receipts.set(shard.id, done.receipt)
              mergeInto(trip, result, readState(output) as Record<string, unknown>)
            } catch (error) {
              result.lost.set(shard.id, asCredenceError(error, 'worker'))
            } finally {
              await rm(output, { force: true })
            }
          }),
        ),
    )
    signal?.throwIfAborted()
    for (const scanner of Object.keys(result.failed)) delete result.states[scanner]
    return result
  }

  async close(): Promise<void> {
    this.pool.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

function mergeInto(trip: Trip, result: TripResult, states: Record<string, unknown>): void {
  for (const { scanner, pass } of trip.steps) {
    if (!(scanner in states)) continue
    const before = result.states[scanner]
    result.states[scanner] = before === undefined ? states[scanner] : pass.merge(before, states[scanner])
  }
}
