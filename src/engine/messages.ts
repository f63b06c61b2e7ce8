import type { DeviceName } from '../embed/encoder.js'
import type { ErrorRecord } from '../errors.js'
import type { DataSet } from '../read/dataset.js'
import type { DataSetInfo } from '../scanner.js'
import type { PassIndices } from './plan.js'
import type { StateKey } from './state-file.js'
import type { ShardReceipt } from './task.js'

/** How children embed: chosen once by the parent, so that all do the same. */
export interface EncoderSettings {
  readonly encoder: string
  readonly device: 'auto' | DeviceName
  readonly dim: number
  readonly cacheDir: string | null
  readonly cacheBytes: number
}

/** All that a child needs before its first task. Structured-clonable. */
export interface Job {
  /** Module URL whose `scanners` export is the registry. */
  readonly registry: string
  /** Module URLs with scanners of the user's own. */
  readonly plugins: readonly string[]
  /** Ids, in order. */
  readonly scanners: readonly string[]
  readonly scannerOptions: Readonly<Record<string, unknown>>
  readonly dataset: DataSet
  readonly info: DataSetInfo
  readonly seed: number
  readonly alpha: number
  readonly encoder: EncoderSettings | null
  /** Of state files. */
  readonly stateKey: StateKey
  /** Resident bytes that a child may take. */
  readonly taskMemory: number
}

/** A scanner's next pass. */
export interface PassStart {
  readonly index: number
  /** State file with what it starts from; null where that is nothing. */
  readonly input: string | null
}

/** By scanner. */
export type PassStarts = Readonly<Record<string, PassStart>>

export function indicesOf(passes: PassStarts): PassIndices {
  return Object.fromEntries(Object.entries(passes).map(([scanner, { index }]) => [scanner, index]))
}

/** One trip over some shards, one after another, which come to one state of each scanner. */
export interface MapMessage {
  readonly kind: 'map'
  /** Ids of those to begin with. When it is through with them, the child asks for more. */
  readonly shards: readonly number[]
  readonly passes: PassStarts
  /** State file to write. */
  readonly output: string
}

/** The end of one scanner's pass. */
export interface FinishMessage {
  readonly kind: 'finish'
  readonly scanner: string
  readonly pass: PassStart
  /** State file with the merged state; null where every shard was lost. */
  readonly state: string | null
  /** State file to write. */
  readonly output: string
}

export type TaskMessage = MapMessage | FinishMessage

export type ToChild =
  | { readonly kind: 'job'; readonly job: Job }
  | TaskMessage
  /** What was asked for, by ids; none for the end of the task. */
  | { readonly kind: 'more'; readonly shards: readonly number[] }

export type FromChild =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'encoder'; readonly device: DeviceName; readonly notes: readonly string[] }
  /** It is through with one of its task's shards. */
  | { readonly kind: 'shard' }
  /** It is through with all that it was given. */
  | { readonly kind: 'ask' }
  | {
      readonly kind: 'mapped'
      readonly failed: Record<string, ErrorRecord>
      readonly receipts: ReadonlyMap<number, ShardReceipt>
    }
  | { readonly kind: 'finished' }
  | { readonly kind: 'error'; readonly error: ErrorRecord }
