/** What is known of where a data set is from: rows that say it, files that metadata vouches for. */

/** Rows that give their provenance. A chat counts once. */
export interface GivenRows {
  readonly rows: number
  readonly source: number
  readonly url: number
  readonly license: number
  readonly hash: number
  /** Licences that are known by name, those of most rows first. */
  readonly licenses: readonly { readonly name: string; readonly rows: number }[]
}

export interface MetadataReceipt {
  readonly path: string
  readonly kind: string
  /** Data files that it names, and those of them that it gives a SHA-256 of. */
  readonly files: number
  readonly digests: number
  readonly licenses: readonly string[]
  readonly origins: readonly string[]
  /** Terms of the vocabularies for responsible AI and of PROV that it gives. */
  readonly terms: readonly string[]
  /** Why it cannot be read; null where it was. */
  readonly error: string | null
  /** Mistakes in it, the first ones. */
  readonly problems: readonly string[]
}

export interface ProvenanceBoard {
  /** Null where the scanner that counts them did not run. */
  readonly rows: Omit<GivenRows, 'licenses'> | null
  readonly files: {
    readonly total: number
    /** With a declared SHA-256, and those whose bytes have it. */
    readonly declared: number
    readonly matching: number
  }
  readonly metadata: readonly MetadataReceipt[]
}
