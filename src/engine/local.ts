import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Job, PassStart, PassStarts } from './messages.js'
import type { Trip } from './plan.js'
import { Pool } from './pool.js'
import { readState, writeState } from './state-file.js'
import type { ShardReceipt } from './task.js'
import { asCredenceError, CredenceError, toErrorRecord, type ErrorCode, type ErrorRecord } from '../errors.js'

export interface TripResult {
  /** State file with the merged state of each scanner that has not failed; absent where every shard was lost. */
  readonly states: Record<string, string>
  readonly failed: Record<string, ErrorRecord>
  /** By shard id; absent for shards given up before this trip. */
  readonly receipts: Map<number, ShardReceipt>
  /** Shards whose process was lost: no later trip reads them. */
  readonly lost: Map<number, CredenceError>
}

const FATAL: ReadonlySet<ErrorCode> = new Set(['device', 'model', 'usage'])

/** Runs tasks in child processes on this machine and merges the states of shards as they come. */
export class LocalEngine {
  private readonly limit: LimitFunction
  private files = 0

  private constructor(
    private readonly job: Job,
    processes: number,
    private readonly pool: Pool,
    private readonly folder: string,
  ) {
    this.limit = pLimit(processes)
  }

  static async start(job: Job, jobs: number, deadlineMs: number, onNotice: (line: string) => void): Promise<LocalEngine> {
    const pool = new Pool(job, deadlineMs, onNotice)
    // More than there are shards would only end passes, which a process that starts up for it does not do sooner.
    const processes = Math.max(1, Math.min(jobs, job.dataset.shards.length))
    pool.warm(processes)
    return new LocalEngine(job, processes, pool, await mkdtemp(join(tmpdir(), 'credence-')))
  }

  /** Where vectors are computed; null before the first. */
  get device(): string | null {
    return this.pool.device
  }

  /**
   * One trip over all shards but those given up.
   * @param passes the next pass of each scanner that goes along
   */
  async map(
    trip: Trip,
    passes: PassStarts,
    givenUp: ReadonlySet<number>,
    onRows: (rows: number) => void,
    signal?: AbortSignal,
  ): Promise<TripResult> {
    const merged: Record<string, unknown> = {}
    const result: TripResult = { states: {}, failed: {}, receipts: new Map(), lost: new Map() }
    const shards = this.job.dataset.shards.filter((shard) => !givenUp.has(shard.id))
    await this.all(shards, signal, async (shard) => {
      const output = this.newFile()
      try {
        const done = await this.pool.run({ kind: 'map', shard: shard.id, passes, output }, onRows)
        if (done.kind !== 'mapped') throw new CredenceError('internal', `a map task ended as ${done.kind}`)
        Object.assign(result.failed, done.failed)
        result.receipts.set(shard.id, done.receipt)
        mergeInto(trip, merged, result.failed, readState(output) as Record<string, unknown>)
      } catch (error) {
        const cause = asCredenceError(error, 'worker')
        // Wrong for one shard, wrong for all: without its encoder a scan is not the one that was asked for.
        if (FATAL.has(cause.code)) throw cause
        result.lost.set(shard.id, cause)
      } finally {
        await rm(output, { force: true })
      }
    })
    for (const [scanner, state] of Object.entries(merged)) {
      if (!(scanner in result.failed)) result.states[scanner] = this.provide(state)
    }
    return result
  }

  /**
   * Ends a scanner's pass.
   * @param state file with its merged state; null where every shard was lost
   * @returns the file with what comes out
   * @throws CredenceError the scanner's own, or that its process was lost
   */
  async finish(scanner: string, pass: PassStart, state: string | null, signal?: AbortSignal): Promise<string> {
    const output = this.newFile()
    await this.all([scanner], signal, async () => {
      await this.pool.run({ kind: 'finish', scanner, pass, state, output }, () => undefined)
    })
    for (const used of [state, pass.input]) if (used !== null) await rm(used, { force: true })
    return output
  }

  /** A value for a pass to start from. */
  provide(value: unknown): string {
    const path = this.newFile()
    writeState(path, value)
    return path
  }

  private newFile(): string {
    return join(this.folder, String(this.files++))
  }

  /** Each of the items, as many at a time as there are processes. */
  private async all<T>(items: readonly T[], signal: AbortSignal | undefined, task: (item: T) => Promise<void>): Promise<void> {
    const stop = (): void => {
      this.pool.close()
    }
    signal?.addEventListener('abort', stop)
    await Promise.all(
      items.map((item) =>
        this.limit(async () => {
          signal?.throwIfAborted()
          await task(item)
        }),
      ),
    )
    signal?.removeEventListener('abort', stop)
    signal?.throwIfAborted()
  }

  async close(): Promise<void> {
    this.pool.close()
    // A child that was just ended may still have been writing.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function mergeInto(
  trip: Trip,
  merged: Record<string, unknown>,
  failed: Record<string, ErrorRecord>,
  states: Readonly<Record<string, unknown>>,
): void {
  for (const { scanner, pass } of trip.steps) {
    if (!(scanner in states)) continue
    const before = merged[scanner]
    try {
      merged[scanner] = before === undefined ? states[scanner] : pass.merge(before, states[scanner])
    } catch (error) {
      failed[scanner] = toErrorRecord(error)
    }
  }
}
