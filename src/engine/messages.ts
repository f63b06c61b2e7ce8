import type { DeviceName } from '../embed/encoder.js'
import type { ErrorRecord } from '../errors.js'
import type { DataSet } from '../read/dataset.js'
import type { DataSetInfo } from '../scanner.js'
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
  /** Ids, in order. */
  readonly scanners: readonly string[]
  readonly scannerOptions: Readonly<Record<string, unknown>>
  readonly dataset: DataSet
  readonly info: DataSetInfo
  readonly seed: number
  readonly alpha: number
  readonly encoder: EncoderSettings | null
}

export interface TaskMessage {
  readonly kind: 'task'
  readonly shard: number
  readonly trip: number
  /** State file with the trip's inputs. */
  readonly inputs: string
  /** State file to write. */
  readonly output: string
}

export type ToChild = { readonly kind: 'job'; readonly job: Job } | TaskMessage

export type FromChild =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'encoder'; readonly device: DeviceName; readonly notes: readonly string[] }
  | { readonly kind: 'done'; readonly failed: Record<string, ErrorRecord>; readonly receipt: ShardReceipt }
  | { readonly kind: 'error'; readonly error: ErrorRecord }
