/** What a metadata file says of a data set, whatever its format. Plain data, bounded: it crosses process boundaries. */

export type MetadataKind = 'croissant' | 'data-card' | 'dataset-infos' | 'data-package' | 'checksums'

/** A size as it is written: `1.5 MB` has one decimal and the power 2 of 1,000 or 1,024. */
export interface DeclaredSize {
  readonly text: string
  readonly value: number
  readonly decimals: number
  readonly power: number
  /** False for the units of 1,024 (`KiB`), true where 1,000 may be meant as well. */
  readonly decimal: boolean
}

export interface DeclaredFile {
  /** As the metadata names it: a path from its folder, or an address. */
  readonly path: string
  /** Lower-case hexadecimal; null where there is none, or what stands there is no SHA-256. */
  readonly sha256: string | null
  /** What stands in the place of a SHA-256 and is none, cut; null where nothing does. */
  readonly malformed: string | null
  readonly size: DeclaredSize | null
  /** Whether it is a part of another file, such as an archive. */
  readonly contained: boolean
}

/** Rows of some files that the metadata describes together. */
export interface DeclaredTable {
  /** As the metadata names it, for people. */
  readonly name: string
  /** Paths or glob patterns of its files; null for all of the data set. */
  readonly files: readonly string[] | null
  readonly split: string | null
  readonly columns: readonly string[]
  /** Whether these are all columns, so that another one is not declared. */
  readonly allColumns: boolean
  readonly rows: number | null
}

/** A mistake in the metadata itself. */
export interface Problem {
  /** For programs: `reference`, `sha256`, … */
  readonly code: string
  /** In a sentence, with untrusted values quoted. */
  readonly text: string
}

/** What one metadata file says. */
export interface Declared {
  readonly licenses: readonly string[]
  /** Where the data comes from: derived from, home page, sources. */
  readonly origins: readonly string[]
  readonly files: readonly DeclaredFile[]
  /** Patterns of files that it covers without naming each. */
  readonly patterns: readonly string[]
  readonly tables: readonly DeclaredTable[]
  /** Terms of the responsible-AI vocabulary, and of PROV, that have a value. */
  readonly rai: readonly string[]
  readonly prov: readonly string[]
  /** What contradicts the format's rules. */
  readonly problems: readonly Problem[]
  /** Properties that the format requires or a reader needs, and that are not there. */
  readonly missing: readonly string[]
}

export interface Declaration extends Declared {
  readonly kind: MetadataKind
  /** As shown to people. */
  readonly path: string
  /** Absolute: paths are meant from here. */
  readonly folder: string
  /** Why it cannot be read; then all else is empty. */
  readonly error: string | null
}

export const NOTHING: Declared = {
  licenses: [],
  origins: [],
  files: [],
  patterns: [],
  tables: [],
  rai: [],
  prov: [],
  problems: [],
  missing: [],
}
