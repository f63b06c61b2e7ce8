import type { PassStart } from './messages.js'
import type { Trip } from './plan.js'
import type { TripSoFar } from './scan-record.js'

/** Who runs the tasks of a scan: processes of this machine, or other machines. Files are state files of the workspace. */
export interface Engine {
  /** Where vectors are computed; null before the first. */
  readonly device: string | null
  /** Whether a trip costs so much to begin that it waits for every scanner whose last pass is still ending. */
  readonly waitsForAll: boolean
  /**
   * One trip over all shards but those given up before.
   * @param begun how far it is: nothing yet, or where an earlier run of the scan was cut short
   * @param onProgress called now and then with how far it has come, for another run to go on from
   * @returns how far it is in the end
   */
  map(
    trip: Trip,
    begun: TripSoFar,
    givenUp: ReadonlySet<number>,
    onRows: (rows: number) => void,
    onProgress: (sofar: TripSoFar) => void,
    signal?: AbortSignal,
  ): Promise<TripSoFar>
  /**
   * Ends a scanner's pass.
   * @param state file with its merged state; null where every shard was lost
   * @returns the file with what comes out
   * @throws CredenceError the scanner's own, or that its process was lost
   */
  finish(scanner: string, pass: PassStart, state: string | null, signal?: AbortSignal): Promise<string>
  /** Removes files that nothing starts from any more. */
  discard(files: readonly (string | null)[]): Promise<void>
  /** A value for a pass to start from. */
  provide(value: unknown): string
  read(path: string): unknown
  /** Ends all processes. */
  close(): void
  /** After everything. @param keep for another run to go on from */
  leave(keep: boolean): Promise<void>
}
