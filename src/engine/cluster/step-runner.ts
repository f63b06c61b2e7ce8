import type { Ordered, TaskRunner } from './cluster-engine.js'
import type { ScanFolder } from './scan-folder.js'
import { OVER } from './scan-plan.js'
import type { ErrorRecord } from '../../errors.js'

/** A planned scan that has come to a trip whose parts others are to read; not an error. */
export class ScanPaused extends Error {
  /**
   * @param trip its number
   * @param missing parts without a result
   * @param isNew whether it has come to this trip just now; else its parts were waited for before
   */
  constructor(
    readonly trip: number,
    readonly missing: readonly number[],
    readonly isNew: boolean,
  ) {
    super(`trip ${trip} waits for ${missing.length} parts`)
  }
}

/** Parts of small data, where nobody says how many. */
const SLOTS = 8

/** Leaves tasks to whoever runs `credence map`: the scan pauses until they are done. */
export class StepRunner implements TaskRunner {
  /** Scripts make as many trips as passes, no more. */
  readonly waitsForAll = true
  readonly merge = null

  constructor(
    private readonly folder: ScanFolder,
    private readonly parts: number | null,
    /** Whether parts that have no result are lost. */
    private readonly giveUp: boolean,
  ) {}

  slots(): Promise<number> {
    return Promise.resolve(this.parts ?? SLOTS)
  }

  map(trip: number, { missing, isNew }: Ordered): Promise<Map<number, ErrorRecord>> {
    if (!this.giveUp || isNew) return Promise.reject(new ScanPaused(trip, missing, isNew))
    const cause = (part: number): ErrorRecord => {
      const message = `part ${part} of trip ${trip} was given up`
      return { code: 'worker', message, suggestions: [], place: {} }
    }
    return Promise.resolve(new Map(missing.map((part) => [part, cause(part)])))
  }

  /** Tasks of later trips that are already on their way are to find that nothing is left to do. */
  async leave(keep: boolean): Promise<void> {
    if (keep) return
    await this.folder.store.removeAll()
    await this.folder.write(OVER, true)
  }
}
