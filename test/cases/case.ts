import type { DataKind } from '../../src/model/role.js'
import type { ExampleRow } from '../scanners/drive.js'

/** A small data set that a scanner must flag or pass. At least thirty of each make its line in docs/scanners.md. */
export interface Case {
  /** What is in it, in a few words; unique for the scanner. */
  readonly name: string
  readonly kind: DataKind
  /** The message of a finding above `info` that it must give; null where it must pass: see test/cases/confusion.ts. */
  readonly flags: string | null
  readonly rows: readonly ExampleRow[]
  /** Places of the rows that the case is about, in `rows`; where absent, it is about all of them. */
  readonly at?: readonly number[]
}
