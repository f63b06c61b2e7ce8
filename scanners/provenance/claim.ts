import { fingerprint } from '../../src/math/fingerprint.js'
import type { Category, Example, Finding, Severity } from '../../src/model/finding.js'
import type { MessageId } from './messages.js'
import { ADVICE } from './messages.js'

/** What differs from one finding of this scanner to the next. */
export interface Claim {
  readonly message: MessageId
  /** Tells findings with the same message apart: a role, or nothing. */
  readonly about?: string
  readonly category?: Category
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly evidence: Finding['evidence']
  readonly rows?: readonly { readonly file: number; readonly row: number }[]
  readonly examples?: readonly Example[]
}

/** These are facts, not estimates: the score says how much each should worry, by severity. */
const SCORES: Readonly<Record<Severity, number>> = { info: 0.1, low: 0.3, medium: 0.6, high: 0.9, critical: 1 }

export function claim({
  message,
  about = '',
  category = 'provenance',
  severity,
  title,
  why,
  evidence,
  rows = [],
  examples = [],
}: Claim): Finding {
  const score = SCORES[severity]
  return {
    id: `provenance-${fingerprint(`${message} ${about}`)}`,
    scanner: 'provenance',
    message,
    category,
    severity,
    score,
    title,
    why,
    advice: ADVICE[message],
    evidence,
    rows: rows.map(({ file, row }) => ({ file, row, score })).sort((a, b) => a.file - b.file || a.row - b.row),
    examples,
  }
}

/** `1 row`, `2 rows`. */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Untrusted names, quoted and cut: the first three and how many more. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name))
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ')
}
