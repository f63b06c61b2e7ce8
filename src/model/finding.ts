/** Ordered from least to most serious. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CATEGORIES = ['poisoning', 'privacy', 'provenance', 'quality'] as const
export type Category = (typeof CATEGORIES)[number]

/** A physical row: never shifts, whatever is skipped. `score` in [0, 1], 1 the most suspicious. */
export interface FlaggedRow {
  readonly file: number
  readonly row: number
  readonly score: number
}

/** A piece of a row for a person to look at. Untrusted text: every renderer must make it safe. */
export interface Example {
  readonly file: number
  readonly row: number
  /** Role that the excerpt comes from. */
  readonly role: string
  /** At most 300 UTF-16 units around what matters. */
  readonly excerpt: string
  /** Half-open [start, end) ranges of `excerpt` to mark, in UTF-16 units, ascending. */
  readonly marks: readonly (readonly [number, number])[]
  /** The row's target, where there is one: its label, or the opening of its response. At most 120 units. */
  readonly target?: string
}

/** One claim: one trigger, one cluster, one gap. */
export interface Finding {
  /** Stable fingerprint: `<scanner>-<12 hex>` of the claim, not of rows, so it survives re-sharding. */
  readonly id: string
  readonly scanner: string
  /** Message id declared by the scanner, e.g. `trigger/label`. */
  readonly message: string
  readonly category: Category
  readonly severity: Severity
  /** Calibrated strength in [0, 1]. */
  readonly score: number
  /** One line, with untrusted values quoted. */
  readonly title: string
  /** Why, in one sentence. */
  readonly why: string
  /** What to do next, in one sentence. */
  readonly advice: string
  /** The planted phrase: a trigger as an attacker would type it, several where any of them fires; words injected without one. */
  readonly trigger?: string | readonly string[]
  /** The target: `label=1`, or a response phrase. */
  readonly target?: string
  /** Id of a finding that says more exactly what these rows are: the same cause, not another. */
  readonly relatedTo?: string
  /** The numbers behind the claim: finite numbers and short strings. */
  readonly evidence: Readonly<Record<string, number | string>>
  /** Rows in (file, row) order, each at most once. May be empty for claims about a whole data set. */
  readonly rows: readonly FlaggedRow[]
  /** Up to five, most telling first. */
  readonly examples: readonly Example[]
}
