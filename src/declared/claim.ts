/** A finding about metadata: a fact, as those of the scanner `provenance` are, under whose name it is reported. */
import { fingerprint } from '../math/fingerprint.js'
import type { Finding, Severity } from '../model/finding.js'

const DECLARED_BY = 'provenance'

const SCORES: Readonly<Record<Severity, number>> = { info: 0.1, low: 0.3, medium: 0.6, high: 0.9, critical: 1 }

export const ADVICE = {
  'provenance/declared-digest': 'Fetch those files again from where they were published, and do not train on these copies.',
  'provenance/declared-form': 'Write the SHA-256 of each file, in hexadecimal: credence croissant does.',
  'provenance/declared-size': 'Find out which copy was meant: the sizes are those of other files.',
  'provenance/declared-rows': 'Find out which rows were added or left out since the metadata was written.',
  'provenance/declared-columns': 'Find out who changed the columns, and write the metadata anew where it is right so.',
  'provenance/declared-license': 'Find out which licence holds before you use the data, and say the same in every place.',
  'provenance/declared-absent': 'Fetch the missing files, or take them out of the metadata.',
  'provenance/unlisted-file': 'Find out who added the file before you train on it.',
  'provenance/metadata-unreadable': 'Repair the file, or take it away: what it declares was not checked.',
  'provenance/metadata-invalid': 'Correct the metadata: other readers will refuse it, or read it otherwise.',
  'provenance/metadata-gap': 'Add what is missing: credence croissant writes files and digests, the rest only you know.',
} as const

export interface Claim {
  readonly message: keyof typeof ADVICE
  /** Tells findings with the same message apart. */
  readonly about?: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly evidence: Finding['evidence']
}

export function claim({ message, about = '', severity, title, why, evidence }: Claim): Finding {
  return {
    id: `${DECLARED_BY}-${fingerprint(`${message} ${about}`)}`,
    scanner: DECLARED_BY,
    message,
    category: 'provenance',
    severity,
    score: SCORES[severity],
    title,
    why,
    advice: ADVICE[message],
    evidence,
    rows: [],
    examples: [],
  }
}

export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Untrusted names, quoted and cut: the first three and how many more. */
export function named(names: readonly string[]): string {
  const distinct = [...new Set(names)]
  const shown = distinct.slice(0, 3).map((name) => JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name))
  return distinct.length > 3 ? `${shown.join(', ')} and ${distinct.length - 3} more` : shown.join(', ')
}
