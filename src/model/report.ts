import type { ErrorRecord } from '../errors.js'
import type { Finding } from './finding.js'
import type { DataKind, Role } from './role.js'

/** `incomplete` wins over `pass` and `review`: silence about unread rows is not a pass. A `fail` stays a `fail`. */
export type Verdict = 'pass' | 'review' | 'fail' | 'incomplete'

/** What was read of one file. */
export interface FileReceipt {
  /** As the user would type it: relative to where the scan ran. */
  readonly path: string
  readonly format: string
  readonly bytes: number
  readonly split: string | null
  /** Rows that the file declares (Parquet footer, Arrow batches); null where the format has no count. */
  readonly declared: number | null
  readonly read: number
  readonly skipped: number
  /** Cells cut at a limit. */
  readonly truncated: number
  readonly errors: readonly ErrorRecord[]
}

export interface ScannerReceipt {
  readonly id: string
  readonly status: 'ran' | 'skipped' | 'failed'
  /** Why it was skipped or what failed. */
  readonly reason: string | null
  /** What the scanner could see at best, e.g. `{ nStar: 21 }`; finite numbers and short strings. */
  readonly limits: Readonly<Record<string, number | string>>
}

/**
 * Why a scan is incomplete: a file or a part of one could not be read; rows were skipped; cells were cut at a limit; a file
 * declares another number of rows than it gave; a scanner failed. That no row was read at all is a reason that has no name.
 */
export const GAPS = ['errors', 'skipped', 'cut', 'counts', 'scanner'] as const

export type Gap = (typeof GAPS)[number]

/** What was looked at, and what was not. */
export interface Coverage {
  readonly files: readonly FileReceipt[]
  readonly rows: { readonly declared: number | null; readonly read: number; readonly skipped: number }
  readonly scanners: readonly ScannerReceipt[]
  /** Reasons why the scan is incomplete; empty when complete. */
  readonly incomplete: readonly string[]
  /** Reasons that the user let pass by name: the scan counts as complete in spite of them. */
  readonly allowed: readonly string[]
  readonly alpha: number
  readonly seed: number
  readonly encoder: { readonly name: string; readonly sha256: string; readonly device: string } | null
}

export interface RoleChoice {
  readonly role: Role
  readonly column: string
  readonly why: string
}

/** Everything a renderer needs. Plain data: it survives JSON. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'credence'; readonly version: string }
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly seconds: number
  readonly verdict: Verdict
  readonly kind: DataKind
  readonly roles: readonly RoleChoice[]
  /** Most serious first, then by score, then by id. */
  readonly findings: readonly Finding[]
  readonly coverage: Coverage
}
