import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { Job } from './messages.js'
import type { Trip } from './plan.js'
import { Pool } from './pool.js'
import { readState, writeState } from './state-file.js'
import type { ShardReceipt } from './task.js'
import { asCredenceError, toErrorRecord, type CredenceError, type ErrorCode, type ErrorRecord } from '../errors.js'

export interface TripResult {
  /** Merged state of each scanner that has not failed. */
  readonly states: Record<string, unknown>
  readonly failed: Record<string, ErrorRecord>
  /** By shard id; absent for shards given up before this trip. */
  readonly receipts: Map<number, ShardReceipt>
  /** Shards whose process was lost: no later trip reads them. */
  readonly lost: Map<number, CredenceError>
}

const FATAL: ReadonlySet<ErrorCode> = new Set(['device', 'model', 'usage'])

/** Runs shard tasks in child processes on this machine and merges their states as they come. */
export class LocalEngine {
  private constructor(
    private readonly job: Job,
    private readonly jobs: number,
    private readonly pool: Pool,
    private readonly folder: string,
  ) {}

  static async start(job: Job, jobs: number, deadlineMs: number, onNotice: (line: string) => void): Promise<LocalEngine> {
    const pool = new Pool(job, deadlineMs, onNotice)
    pool.warm(Math.min(jobs, job.dataset.shards.length))
    return new LocalEngine(job, jobs, pool, await mkdtemp(join(tmpdir(), 'credence-')))
  }

  /** Where vectors are computed; null before the first. */
  get device(): string | null {
    return this.pool.device
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
    const stop = (): void => {
      this.pool.close()
    }
    signal?.addEventListener('abort', stop)
    await Promise.all(
      this.job.dataset.shards
        .filter((shard) => !givenUp.has(shard.id))
        .map((shard) =>
          limit(async () => {
            signal?.throwIfAborted()
            const output = join(this.folder, `state-${trip.index}-${shard.id}`)
            try {
              const done = await this.pool.run(
                { kind: 'task', shard: shard.id, trip: trip.index, inputs: inputFile, output },
                onRows,
              )
              Object.assign(result.failed, done.failed)
              result.receipts.set(shard.id, done.receipt)
              mergeInto(trip, result, readState(output) as Record<string, unknown>)
            } catch (error) {
              const cause = asCredenceError(error, 'worker')
              // Wrong for one shard, wrong for all: without its encoder a scan is not the one that was asked for.
              if (FATAL.has(cause.code)) throw cause
              result.lost.set(shard.id, cause)
            } finally {
              await rm(output, { force: true })
            }
          }),
        ),
    )
    signal?.removeEventListener('abort', stop)
    signal?.throwIfAborted()
    for (const scanner of Object.keys(result.failed)) delete result.states[scanner]
    return result
  }

  async close(): Promise<void> {
    this.pool.close()
    // A child that was just ended may still have been writing.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function mergeInto(trip: Trip, result: TripResult, states: Record<string, unknown>): void {
  for (const { scanner, pass } of trip.steps) {
    if (!(scanner in states)) continue
    const before = result.states[scanner]
    try {
      result.states[scanner] = before === undefined ? states[scanner] : pass.merge(before, states[scanner])
    } catch (error) {
      result.failed[scanner] = toErrorRecord(error)
    }
  }
}
