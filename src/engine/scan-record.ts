/** How far a scan is: all that another run needs to go on from there. Plain data. */
import type { PassStart, PassStarts } from './messages.js'
import type { ShardReceipt } from './task.js'
import type { ErrorRecord } from '../errors.js'
import type { ScanResult } from '../scanner.js'

/** A trip over the data that has begun: which shards it has been to, and what came of it. */
export interface TripSoFar {
  readonly passes: PassStarts
  /** Ids. */
  readonly shards: readonly number[]
  /** State files with the merged states, by scanner. */
  readonly states: Readonly<Record<string, string>>
  readonly failed: Readonly<Record<string, ErrorRecord>>
  readonly receipts: ReadonlyMap<number, ShardReceipt>
  readonly lost: ReadonlyMap<number, ErrorRecord>
}

/** A pass whose rows have all been seen. */
export interface EndingPass {
  readonly pass: PassStart
  /** State file with its merged state; null where every shard was lost. */
  readonly state: string | null
}

export interface ScanRecord {
  /** Trips that are over. */
  trips: number
  /** By scanner. */
  readonly ready: Map<string, PassStart>
  readonly ending: Map<string, EndingPass>
  readonly results: Map<string, ScanResult>
  readonly failed: Map<string, ErrorRecord>
  /** By shard, of the first trip. */
  readonly receipts: Map<number, ShardReceipt>
  readonly lost: Map<number, ErrorRecord>
  /** Where vectors were computed; a run that goes on may have none left to compute. */
  device: string | null
  trip: TripSoFar | null
}

export function newScanRecord(scanners: readonly string[]): ScanRecord {
  return {
    trips: 0,
    ready: new Map(scanners.map((id): [string, PassStart] => [id, { index: 0, input: null }])),
    ending: new Map(),
    results: new Map(),
    failed: new Map(),
    receipts: new Map(),
    lost: new Map(),
    device: null,
    trip: null,
  }
}

/** State files that a record speaks of. */
export function filesOf({ ready, ending, trip }: ScanRecord): string[] {
  const starts = [...ready.values(), ...[...ending.values()].map(({ pass }) => pass), ...Object.values(trip?.passes ?? {})]
  const states = [...[...ending.values()].map(({ state }) => state), ...Object.values(trip?.states ?? {})]
  return [...starts.map(({ input }) => input), ...states].filter((path) => path !== null)
}

/** The same record with its state files elsewhere. */
export function relocated(record: ScanRecord, move: (path: string) => string): ScanRecord {
  const file = (path: string | null): string | null => (path === null ? null : move(path))
  const start = ({ index, input }: PassStart): PassStart => ({ index, input: file(input) })
  const { trip } = record
  return {
    ...record,
    ready: new Map([...record.ready].map(([scanner, pass]) => [scanner, start(pass)])),
    ending: new Map([...record.ending].map(([scanner, { pass, state }]) => [scanner, { pass: start(pass), state: file(state) }])),
    trip: trip && {
      ...trip,
      passes: Object.fromEntries(Object.entries(trip.passes).map(([scanner, pass]) => [scanner, start(pass)])),
      states: Object.fromEntries(Object.entries(trip.states).map(([scanner, path]) => [scanner, move(path)])),
    },
  }
}
