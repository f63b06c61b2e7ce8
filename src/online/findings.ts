/** Findings of the split view, reported under `provenance`. */
import type { SplitView } from './check.js'
import type { OutcomeKind } from './outcomes.js'
import { fingerprint } from '../math/fingerprint.js'
import type { Finding, Severity } from '../model/finding.js'
import { hostIn } from '../model/host.js'
import { ALGORITHMS } from '../survey/addresses.js'

const SCANNER = 'provenance'
const MOST_EXAMPLES = 5
const EXCERPT_UNITS = 300
const SCORES: Readonly<Record<Severity, number>> = { info: 0.1, low: 0.3, medium: 0.6, high: 0.9, critical: 1 }

interface Claim {
  readonly message: string
  readonly kinds: readonly OutcomeKind[]
  readonly severity: Severity
  readonly title: (rows: string) => string
  readonly why: string
  readonly advice: string
}

const CLAIMS: readonly Claim[] = [
  {
    message: 'provenance/split-view',
    kinds: ['changed'],
    severity: 'high',
    title: (rows) => `The addresses of ${rows} give other content than was recorded`,
    why: 'Whoever fetches the data now trains on something that nobody looked at when the digests were recorded.',
    advice: 'Do not fetch these rows again, look at what lies there now, and find out whether the others have changed as well.',
  },
  {
    message: 'provenance/dead-host',
    kinds: ['no-host'],
    severity: 'medium',
    title: (rows) => `The hosts of ${rows} have no address any more`,
    why: 'Whoever takes such a name decides what is fetched from it.',
    advice: 'Leave these rows out, or keep a copy of what was fetched.',
  },
  {
    message: 'provenance/dead-address',
    kinds: ['gone', 'no-answer'],
    severity: 'low',
    title: (rows) => `The addresses of ${rows} give nothing`,
    why: 'What the rows were made from cannot be looked at any more.',
    advice: 'Keep a copy of what was fetched, or leave these rows out.',
  },
  {
    message: 'provenance/refused-address',
    kinds: ['refused'],
    severity: 'medium',
    title: (rows) => `The addresses of ${rows} were refused`,
    why: 'They lead into a private or special network, by no protocol of the web or to a port of another: who fetches the data would be made to ask there.',
    advice: 'Leave these rows out; if it is your own network, allow its range with --online-allow.',
  },
]

export function splitViewFindings({ compared, rows }: SplitView): Finding[] {
  return CLAIMS.flatMap(({ message, kinds, severity, title, why, advice }): Finding[] => {
    const found = compared.filter(({ outcome }) => kinds.includes(outcome.kind)).sort((a, b) => a.file - b.file || a.row - b.row)
    if (found.length === 0) return []
    const score = SCORES[severity]
    const weak = found.filter(({ digest }) => ALGORITHMS[digest.length] !== 'sha256').length
    const reasons = [...new Set(found.map(({ outcome }) => outcome.why))].sort().slice(0, 5)
    return [
      {
        id: `${SCANNER}-${fingerprint(message)}`,
        scanner: SCANNER,
        message,
        category: 'provenance',
        severity,
        score,
        title: title(`${found.length} of ${compared.length} fetched rows`),
        why,
        advice,
        evidence: {
          rows: found.length,
          fetched: compared.length,
          ofRows: rows,
          hosts: new Set(found.map(({ url }) => hostIn(url))).size,
          reasons: reasons.join(', '),
          // Digests by which nobody has to keep to what was recorded.
          byWeakDigest: weak,
        },
        rows: found.map(({ file, row }) => ({ file, row, score })),
        examples: found.slice(0, MOST_EXAMPLES).map(({ file, row, url }) => ({
          file,
          row,
          role: 'url',
          excerpt: url.slice(0, EXCERPT_UNITS).toWellFormed(),
          marks: [],
        })),
      },
    ]
  })
}
