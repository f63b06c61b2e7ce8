import { PartMerger } from './part-merger.js'
import { cutParts } from './parts.js'
import type { ScanFolder } from './scan-folder.js'
import * as names from './scan-plan.js'
import { nameOfPasses, type Done, type PartResult, type TripOrder } from './scan-plan.js'
import type { Engine } from '../engine.js'
import type { LocalEngine } from '../local.js'
import type { PassStart } from '../messages.js'
import type { Trip } from '../plan.js'
import type { TripSoFar } from '../scan-record.js'
import type { ErrorRecord } from '../../errors.js'
import type { DataSet } from '../../read/dataset.js'

/** The parts of a trip that are to be read. */
export interface Ordered {
  /** Those that have no result yet. */
  readonly missing: readonly number[]
  /** Whether nobody can have begun any. */
  readonly isNew: boolean
}

/** Sees to it that tasks are run, by whatever machines there are. */
export interface TaskRunner {
  readonly waitsForAll: boolean
  /** How many parts a trip is cut into at least, where there are as many shards. */
  slots(): Promise<number>
  /**
   * @param onDone told of each as soon as it has one
   * @returns parts that are given up, and why
   */
  map(
    trip: number,
    ordered: Ordered,
    onDone: (part: number) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<Map<number, ErrorRecord>>
  /** Merges groups of results; null where that is left to the engine. */
  readonly merge: ((trip: number, level: number, groups: number, signal?: AbortSignal) => Promise<void>) | null
  /** After everything. */
  leave(keep: boolean): Promise<void>
}

/** More results than this are merged in a tree, by tasks, before the engine takes them. */
const FAN_IN = 16

/** Runs trips as tasks of other machines, over a folder that all share; passes end on this one, as those of a local scan. */
export class ClusterEngine implements Engine {
  private known: string | null = null

  constructor(
    private readonly local: LocalEngine,
    private readonly folder: ScanFolder,
    private readonly runner: TaskRunner,
    private readonly dataset: DataSet,
    /** Null: by the size of the data. */
    private readonly parts: number | null,
  ) {}

  get device(): string | null {
    return this.known ?? this.local.device
  }

  get waitsForAll(): boolean {
    return this.runner.waitsForAll
  }

  async map(
    trip: Trip,
    begun: TripSoFar,
    givenUp: ReadonlySet<number>,
    onRows: (rows: number) => void,
    onProgress: (sofar: TripSoFar) => void,
    signal?: AbortSignal,
  ): Promise<TripSoFar> {
    const shards = this.dataset.shards.flatMap(({ id }) => (givenUp.has(id) ? [] : [id]))
    const { number, order, isNew } = await this.orderOf(begun, shards)
    // From here on another run finds this trip, and the parts that have a result.
    onProgress(begun)
    const all = order.parts.map((_, part) => part)
    const found = isNew ? [] : await this.found(number, all, onRows)
    const missing = all.filter((part) => !found.includes(part))
    const onDone = async (part: number): Promise<void> => {
      await this.take(number, part, onRows)
      onProgress(begun)
    }
    const gone =
      missing.length === 0 ? new Map<number, ErrorRecord>() : await this.runner.map(number, { missing, isNew }, onDone, signal)
    const results = all.filter((part) => !gone.has(part)).map((part) => names.partName(number, part))
    const merged = await this.merge(number, trip, results, signal)
    signal?.throwIfAborted()
    for (const [part, cause] of gone) for (const shard of order.parts[part] ?? []) merged.lost.set(shard, cause)
    const states = Object.fromEntries(
      Object.entries(merged.states).map(([scanner, state]) => [scanner, this.local.provide(state)]),
    )
    const { failed, receipts, lost } = merged
    return { passes: begun.passes, shards, states, failed, receipts, lost }
  }

  /** The order of the trip that the scan has come to: the one that an earlier run made, or a new one. */
  private async orderOf(
    { passes }: TripSoFar,
    shards: readonly number[],
  ): Promise<{ number: number; order: TripOrder; isNew: boolean }> {
    const name = nameOfPasses(passes)
    for (let number = 0; ; number++) {
      const earlier = (await this.folder.find(names.orderName(number))) as TripOrder | undefined
      if (earlier?.name === name) return { number, order: earlier, isNew: false }
      if (earlier !== undefined) continue
      const starts: Record<string, PassStart> = {}
      for (const [scanner, { index, input }] of Object.entries(passes)) {
        const stored = input === null ? null : names.inputName(number, scanner)
        if (stored !== null && input !== null) await this.folder.write(stored, this.local.read(input))
        starts[scanner] = { index, input: stored }
      }
      const bytes = this.dataset.files.reduce((sum, file) => sum + file.bytes, 0)
      const order: TripOrder = { name, passes: starts, parts: cutParts(shards, bytes, this.parts, await this.runner.slots()) }
      await this.folder.write(names.orderName(number), order)
      return { number, order, isNew: true }
    }
  }

  /** The parts that have a result from an earlier run. */
  private async found(trip: number, parts: readonly number[], onRows: (rows: number) => void): Promise<number[]> {
    const found: number[] = []
    for (const part of parts) if (await this.take(trip, part, onRows)) found.push(part)
    return found
  }

  private async take(trip: number, part: number, onRows: (rows: number) => void): Promise<boolean> {
    const done = (await this.folder.find(names.doneName(names.partName(trip, part)))) as Done | undefined
    if (done === undefined || done.error !== null) return false
    this.known ??= done.device
    onRows(done.rows)
    return true
  }

  private async merge(
    trip: number,
    { steps, needs }: Trip,
    results: readonly string[],
    signal?: AbortSignal,
  ): Promise<PartMerger> {
    let left = results
    for (let level = 0; this.runner.merge !== null && left.length > FAN_IN; level++) {
      const count = Math.ceil(left.length / FAN_IN)
      const groups = Array.from({ length: count }, (_, group) => left.slice(group * FAN_IN, (group + 1) * FAN_IN))
      await this.folder.write(names.groupsName(trip, level), groups)
      await this.runner.merge(trip, level, count, signal)
      left = groups.map((_, group) => names.mergedName(trip, level, group))
    }
    const merger = new PartMerger({ steps, needs })
    for (const name of left) {
      signal?.throwIfAborted()
      merger.add((await this.folder.read(name)) as PartResult)
    }
    return merger
  }

  finish(...args: Parameters<Engine['finish']>): Promise<string> {
    return this.local.finish(...args)
  }

  discard(files: readonly (string | null)[]): Promise<void> {
    return this.local.discard(files)
  }

  provide(value: unknown): string {
    return this.local.provide(value)
  }

  read(path: string): unknown {
    return this.local.read(path)
  }

  close(): void {
    this.local.close()
  }

  async leave(keep: boolean): Promise<void> {
    await this.runner.leave(keep)
    await this.folder.close()
  }
}
