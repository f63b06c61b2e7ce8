import type { ErrorRecord } from '../errors.js'
import type { Finding, Severity } from './finding.js'
import type { Pictures } from './pictures.js'
import type { ProvenanceBoard } from './provenance.js'
import type { DataKind, Role } from './role.js'

/** `incomplete` wins over all others: what was found stands, but nobody may take it for all that is there. */
export type Verdict = 'pass' | 'review' | 'fail' | 'incomplete'

/** What was read of one file. */
export interface FileReceipt {
  /** As the user would type it: relative to where the scan ran. */
  readonly path: string
  readonly format: string
  readonly bytes: number
  /** Hex, of the bytes that were read; absent where nobody can say, as of standard input or a file that was changed meanwhile. */
  readonly sha256?: string | undefined
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
  readonly version?: string | undefined
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
  /** What counted as a failure; absent in reports of 0.1.0. */
  readonly failOn?: Severity | 'never' | undefined
  readonly alpha: number
  readonly seed: number
  readonly encoder: { readonly name: string; readonly sha256: string; readonly device: string } | null
}

export interface RoleChoice {
  readonly role: Role
  readonly column: string
  readonly why: string
}

/** Rows of two states of a data set, matched by content: each row of the one with at most one of the other. */
export interface RowChanges {
  readonly base: number
  readonly head: number
  /** In both, at the same place or at another. */
  readonly unchanged: number
  /** Of these, in another place among the rows that both have. */
  readonly moved: number
  /** In the head alone, and not another version of a row of the base. */
  readonly added: number
  /** In both by their id, with other content. */
  readonly changed: number
  readonly removed: number
}

/** A way in which the rows of a contribution are unlike those that were there. */
export interface Shift {
  /** Such as `label` or `length of text`. */
  readonly what: string
  /** In a sentence. Untrusted values are quoted. */
  readonly text: string
  /** Probability that chance gives one so large. */
  readonly p: number
}

/** What a report was compared with, and what came of it beside the findings' own `change`. */
export interface Comparison {
  /** Findings accepted before, or another state of the data. */
  readonly with: 'baseline' | 'data'
  /** As the user would type it. */
  readonly base: string
  /** Null for a baseline, which knows no rows. */
  readonly rows: RowChanges | null
  /** Findings of the base that are gone. */
  readonly resolved: readonly { readonly id: string; readonly title: string; readonly severity: Severity }[]
  readonly shifts: readonly Shift[]
  /** What looked at the contribution by itself; null where nothing did, absent for a baseline. */
  readonly alone?: Alone | null | undefined
}

/** Rows that a contribution adds or changes, looked at without the others, in which they may be too small a share to be seen. */
export interface Alone {
  readonly rows: number
  /** Ids. */
  readonly scanners: readonly string[]
}

/** An entry of the file of accepted findings, and what became of it. */
export interface SuppressionReceipt {
  /** What it names, as in the file. */
  readonly entry: string
  readonly reason: string
  readonly expires: string | null
  /** `expired` ones suppress nothing; `unused` ones name nothing that was found. */
  readonly state: 'used' | 'expired' | 'unused'
  readonly findings: number
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
  readonly comparison?: Comparison
  /** Where the data is from, as far as rows and metadata say; absent where that was not looked at. */
  readonly provenance?: ProvenanceBoard
  /** Of `.credenceignore.yaml`; absent where there is none. */
  readonly suppressions?: readonly SuppressionReceipt[]
  /** What `report.html` draws; absent where that was not asked for. */
  readonly pictures?: Pictures
}
