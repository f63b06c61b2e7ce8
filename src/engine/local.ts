import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Engine } from './engine.js'
import { mergeInto } from './merge.js'
import type { Job, PassStart } from './messages.js'
import type { Trip } from './plan.js'
import { Pool } from './pool.js'
import { readState, writeState } from './state-file.js'
import type { TripSoFar } from './scan-record.js'
import type { Workspace } from './workspace.js'
import { asCredenceError, CredenceError, toErrorRecord, type ErrorCode, type ErrorRecord } from '../errors.js'

/** Time between two tellings of how far a trip is: what a run that goes on may have to do again. */
const TELL_MS = 15_000

/** Of files, about: what a process reads in a moment. */
const BATCH_BYTES = 2 ** 20
/** So many at least for every process, lest some wait for one. */
const BATCHES_EACH = 4

const FATAL: ReadonlySet<ErrorCode> = new Set(['device', 'model', 'usage'])

/** Runs tasks in child processes on this machine and merges the states of shards as they come. */
export class LocalEngine implements Engine {
  readonly waitsForAll = false
  private readonly limit: LimitFunction
  /** Files of an earlier run may lie in the same folder. */
  private readonly prefix = randomBytes(6).toString('hex')
  private files = 0

  private constructor(
    private readonly job: Job,
    private readonly processes: number,
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

  /** Of an error that would be the same for every shard. */
  static isFatal(code: ErrorCode): boolean {
    return FATAL.has(code)
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
    const shards = this.job.dataset.shards.flatMap(({ id }) => (givenUp.has(id) || seen.has(id) ? [] : [id]))
    const run = async (some: readonly number[]): Promise<void> => {
      const output = this.newFile()
      try {
        const done = await this.pool.run({ kind: 'map', shards: some, passes, output }, onRows)
        if (done.kind !== 'mapped') throw new CredenceError('internal', `a map task ended as ${done.kind}`)
        Object.assign(failed, done.failed)
        for (const [shard, receipt] of done.receipts) receipts.set(shard, receipt)
        mergeInto(trip, merged, failed, this.read(output) as Record<string, unknown>)
      } catch (error) {
        const cause = asCredenceError(error, 'worker')
        // Wrong for one shard, wrong for all: without its encoder a scan is not the one that was asked for.
        if (FATAL.has(cause.code)) throw cause
        signal?.throwIfAborted()
        // One of them takes its process down: the others are not to go with it.
        if (some.length > 1) for (const shard of some) await run([shard])
        else for (const shard of some) lost.set(shard, toErrorRecord(cause))
      } finally {
        await rm(output, { force: true })
      }
    }
    await this.all(this.batches(shards), signal, async (some) => {
      await run(some)
      // A process that was ended because the scan was is no loss of the shard's own.
      signal?.throwIfAborted()
      for (const shard of some) seen.add(shard)
      if (performance.now() - told < TELL_MS) return
      onProgress(sofar())
      told = performance.now()
    })
    return sofar()
  }

  async finish(scanner: string, pass: PassStart, state: string | null, signal?: AbortSignal): Promise<string> {
    const output = this.newFile()
    await this.all([scanner], signal, async () => {
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

  /** Shards that go to a process together, so that a small one does not cost more than its rows. */
  private batches(shards: readonly number[]): number[][] {
    const bytes = this.job.dataset.files.reduce((sum, file) => sum + file.bytes, 0) / this.job.dataset.shards.length
    const most = Math.min(BATCH_BYTES / bytes, shards.length / (this.processes * BATCHES_EACH))
    const size = Math.max(1, Math.floor(most))
    return Array.from({ length: Math.ceil(shards.length / size) }, (_, i) => shards.slice(i * size, (i + 1) * size))
  }

  private newFile(): string {
    return join(this.workspace.folder, `${this.prefix}-${this.files++}`)
  }

  /** Each of the items, as many at a time as there are processes. */
  private async all<T>(items: readonly T[], signal: AbortSignal | undefined, task: (item: T) => Promise<void>): Promise<void> {
    await Promise.all(
      items.map((item) =>
        this.limit(async () => {
          signal?.throwIfAborted()
          await task(item)
        }),
      ),
    )
    signal?.throwIfAborted()
  }

  close(): void {
    this.pool.close()
  }
  leave(): Promise<void> {
    return Promise.resolve()
  }
}
