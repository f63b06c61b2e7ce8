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
  /** The label that the row's content speaks for, as the data's label cells read; absent where no one label does. */
  readonly suggested?: string
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

/** What a finding is beside those known before, in the words of SARIF's `baselineState`. */
export const CHANGES = ['new', 'updated', 'unchanged'] as const
/** `updated`: known before, and significantly stronger now. */
export type Change = (typeof CHANGES)[number]

/** A person's word that a finding is no reason to stop. */
export interface Suppression {
  readonly reason: string
  /** Last day that it holds, `2027-01-31`; null where it holds for good. */
  readonly expires: string | null
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
  /** Beside a baseline or another state of the data; absent where there was nothing to compare with. */
  readonly change?: Change
  /** Of its rows, those that a contribution added or changed; only where two states of the data were compared. */
  readonly contributed?: number
  /** Why it does not count; it stays in the report all the same. */
  readonly suppression?: Suppression
  /** The numbers behind the claim: finite numbers and short strings. */
  readonly evidence: Readonly<Record<string, number | string>>
  /** Rows in (file, row) order, each at most once. May be empty for claims about a whole data set. */
  readonly rows: readonly FlaggedRow[]
  /** Up to five, most telling first. */
  readonly examples: readonly Example[]
}

/** How a finding stands beside what was known and accepted; of a scan, or read from a report. */
export interface Standing {
  readonly change?: Change | undefined
  readonly suppression?: Suppression | undefined
}

/** Whether a finding counts for the verdict: not what was known before, nor what a person has accepted. */
export function counts({ change, suppression }: Standing): boolean {
  return change !== 'unchanged' && suppression === undefined
}
