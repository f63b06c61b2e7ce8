import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Engine } from './engine.js'
import { mergeInto } from './merge.js'
import type { Job, PassStart } from './messages.js'
import type { Trip } from './plan.js'
import { Pool } from './pool.js'
import { readState, writeState } from './state-file.js'
import type { TripSoFar } from './scan-record.js'
import type { Workspace } from './workspace.js'
import { asCredenceError, CredenceError, isFatal, toErrorRecord, type ErrorRecord } from '../errors.js'

/**
 * Time between two tellings of how far a trip is, and after which a task is given no more shards: what a run that goes on, or
 * another process, may have to do again.
 */
const TELL_MS = 15_000

/** Shards that are so small together that a process reads them in a moment are given out together. */
const SMALL_BYTES = 2 ** 20

/** Runs tasks in child processes on this machine and merges the states of shards as they come. */
export class LocalEngine implements Engine {
  readonly waitsForAll = false
  private readonly limit: LimitFunction
  /** Files of an earlier run may lie in the same folder. */
  private readonly prefix = randomBytes(6).toString('hex')
  private files = 0

  private constructor(
    private readonly job: Job,
    processes: number,
    private readonly pool: Pool,
    private readonly workspace: Pick<Workspace, 'folder' | 'key'>,
  ) {
    this.limit = pLimit(processes)
  }

  static start(job: Job, workspace: Workspace, jobs: number, deadlineMs: number, onNotice: (line: string) => void): LocalEngine {
    const pool = new Pool(job, deadlineMs, onNotice)
    // More than there are shards would only end passes, which a process that starts up for it does not do sooner.
    const processes = Math.max(1, Math.min(jobs, job.dataset.shards.length))
    pool.warm(processes)
    return new LocalEngine(job, processes, pool, workspace)
  }

  get device(): string | null {
    return this.pool.device
  }

  async map(
    trip: Trip,
    begun: TripSoFar,
    givenUp: ReadonlySet<number>,
    onRows: (rows: number) => void,
    onProgress: (sofar: TripSoFar) => void,
    signal?: AbortSignal,
  ): Promise<TripSoFar> {
    const { passes } = begun
    const merged = Object.fromEntries(Object.entries(begun.states).map(([scanner, path]) => [scanner, this.read(path)]))
    const failed: Record<string, ErrorRecord> = { ...begun.failed }
    const [receipts, lost] = [new Map(begun.receipts), new Map(begun.lost)]
    const seen = new Set(begun.shards)
    const sofar = (): TripSoFar => {
      const live = Object.entries(merged).filter(([scanner]) => !(scanner in failed))
      const states = Object.fromEntries(live.map(([scanner, state]) => [scanner, this.provide(state)]))
      return { passes, shards: [...seen], states, failed: { ...failed }, receipts: new Map(receipts), lost: new Map(lost) }
    }
    let told = performance.now()
    const shards = this.job.dataset.shards.filter((shard) => !givenUp.has(shard.id) && !seen.has(shard.id))
    const take = async (ids: readonly number[], output: string): Promise<void> => {
      try {
        mergeInto(trip, merged, failed, this.read(output) as Record<string, unknown>)
      } catch (error) {
        for (const id of ids) lost.set(id, toErrorRecord(asCredenceError(error, 'worker')))
      } finally {
        await rm(output, { force: true })
      }
      for (const id of ids) seen.add(id)
      if (performance.now() - told < TELL_MS) return
      onProgress(sofar())
      told = performance.now()
    }
    // One after another, beside the next tasks: a process that is through with its shards does not wait for their merge,
    let taken = Promise.resolve()
    /** @param more shards for it when it is through with these: added to them */
    const run = async (ids: number[], more?: () => readonly number[]): Promise<void> => {
      const output = this.newFile()
      // but states must not heap up either: at most one for each process waits.
      const before = taken
      try {
        const done = await this.pool.run({ kind: 'map', shards: ids, passes, output }, onRows, more)
        if (done.kind !== 'mapped') throw new CredenceError('internal', `a map task ended as ${done.kind}`)
        Object.assign(failed, done.failed)
        for (const [id, receipt] of done.receipts) receipts.set(id, receipt)
      } catch (error) {
        await rm(output, { force: true })
        const cause = asCredenceError(error, 'worker')
        // Wrong for one shard, wrong for all.
        if (isFatal(cause)) throw cause
        // A process that was ended because the scan was is no loss of the shard's own.
        signal?.throwIfAborted()
        // One of several is at fault: the others are not given up with it.
        for (const id of ids) {
          if (ids.length > 1) await run([id])
          else {
            lost.set(id, toErrorRecord(cause))
            seen.add(id)
          }
        }
        return
      }
      signal?.throwIfAborted()
      await before
      taken = taken.then(() => immediate()).then(() => take(ids, output))
      // Whoever waits for it is told.
      taken.catch(() => undefined)
    }
    const left = shards.map(({ id }) => id)
    const next = this.portion()
    const work = async (): Promise<void> => {
      while (left.length > 0) {
        await this.one(signal, async () => {
          const until = performance.now() + TELL_MS
          const ids = next(left)
          // Another process may have taken the last while this one waited for its turn.
          if (ids.length > 0) await run(ids, () => (performance.now() < until ? append(ids, next(left)) : []))
        })
      }
    }
    await Promise.all(Array.from({ length: this.limit.concurrency }, work))
    await taken
    return sofar()
  }

  async finish(scanner: string, pass: PassStart, state: string | null, signal?: AbortSignal): Promise<string> {
    const output = this.newFile()
    await this.one(signal, async () => {
      await this.pool.run({ kind: 'finish', scanner, pass, state, output }, () => undefined)
    })
    return output
  }

  async discard(files: readonly (string | null)[]): Promise<void> {
    for (const path of files) if (path !== null) await rm(path, { force: true })
  }

  provide(value: unknown): string {
    const path = this.newFile()
    writeState(path, value, this.workspace.key)
    return path
  }

  read(path: string): unknown {
    return readState(path, this.workspace.key)
  }

  private newFile(): string {
    return join(this.workspace.folder, `${this.prefix}-${this.files++}`)
  }

  /** Does something when a process is free for it. */
  private async one(signal: AbortSignal | undefined, task: () => Promise<void>): Promise<void> {
    await this.limit(async () => {
      signal?.throwIfAborted()
      await task()
    })
    signal?.throwIfAborted()
  }

  close(): void {
    this.pool.close()
  }

  leave(): Promise<void> {
    return Promise.resolve()
  }

  /** Takes shards from a list: one, or as many as are small together, but no more than leaves some for all processes. */
  private portion(): (left: number[]) => number[] {
    const { files, shards } = this.job.dataset
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0) / shards.length
    const most = Math.max(1, Math.floor(SMALL_BYTES / bytes))
    return (left) => left.splice(0, Math.min(most, Math.ceil(left.length / (2 * this.limit.concurrency))))
  }
}

function append(to: number[], items: readonly number[]): readonly number[] {
  to.push(...items)
  return items
}
