/** The numbers behind one finding of a written report: what `credence explain` shows, as plain data. */
import type { EvidenceNote, ScannerDefinition } from '../scanner.js'
import { valueText } from './explain-value.js'
import type { ReportJson } from './json-schema.js'

type FindingJson = ReportJson['findings'][number]

/** Rows, examples and pieces of evidence that are shown; the report has all. */
const MOST_ROWS = 10
const MOST_EXAMPLES = 5
const MOST_EVIDENCE = 100

/** What findings of several scanners about the same rows have in their evidence: src/fuse/cross-evidence.ts. */
const CROSS_EVIDENCE: Readonly<Record<string, EvidenceNote>> = {
  sameRowsAs: { meaning: 'findings of other scanners about the same rows' },
  rowsInCommon: { meaning: 'rows that the first of these findings lists as well', unit: 'rows' },
  log10OverlapP: {
    meaning: 'probability that chance gives so many rows in common, times the pairs of findings',
    unit: 'log10',
    decides: 'at most alpha says that both are about one thing',
  },
  severityAlone: {
    meaning: 'severity without the other findings',
    decides:
      'one step up where a scanner that looks at something else found poison in the same rows; low where the cause accounts for what is found, and other rows are listed besides',
  },
  rowsExplained: { meaning: 'rows that the cause lists as well', unit: 'rows' },
  rowsExpected: {
    meaning: 'about how many of the rows listed are what the finding says: the sum of their scores',
    unit: 'rows',
    decides: 'where the cause lists 80 % of so many, nothing speaks for the others',
  },
}

export interface EvidenceLine {
  readonly key: string
  readonly value: number | string
  /** As a person reads it: a share in %, a probability as a power of ten. */
  readonly shown: string
  /** What it counts or measures; null where this version's scanner declares no such key. */
  readonly meaning: string | null
  /** Which side of what decides, and what that says. */
  readonly decides: string | null
}

/** Strings are untrusted: a report may come from a stranger. */
export interface Explanation {
  /** 1-based place in the report. */
  readonly number: number
  readonly finding: Omit<FindingJson, 'evidence' | 'rowCount' | 'rowsComplete' | 'rows' | 'examples'>
  /** The scanner as this version knows it; null where it knows none of that name. */
  readonly scanner: { readonly title: string; readonly version: string } | null
  readonly evidence: readonly EvidenceLine[]
  readonly moreEvidence: number
  readonly rows: { readonly count: number; readonly first: FindingJson['rows'] }
  readonly examples: FindingJson['examples']
  readonly context: {
    /** Version that wrote the report. */
    readonly version: string
    readonly alpha: number
    readonly seed: number
    readonly encoder: ReportJson['coverage']['encoder']
    readonly rowsRead: number
    /** What the scanner could see at best, such as nStar and tests. */
    readonly limits: Readonly<Record<string, number | string>>
  }
}

/** @param number 1-based place of the finding in the report */
export function explain(report: ReportJson, number: number, scanners: readonly ScannerDefinition[]): Explanation {
  const found = report.findings[number - 1]
  if (found === undefined) throw new RangeError(`finding ${number} of ${report.findings.length}`)
  const { evidence, rowCount, rowsComplete: _, rows, examples, ...finding } = found
  const scanner = scanners.find(({ id }) => id === finding.scanner) ?? null
  const { version } = report.tool
  const { alpha, seed, encoder } = report.coverage
  return {
    number,
    finding,
    scanner: scanner === null ? null : { title: scanner.title, version: scanner.version },
    evidence: evidenceLines(evidence, scanner),
    moreEvidence: Math.max(0, Object.keys(evidence).length - MOST_EVIDENCE),
    rows: { count: rowCount, first: rows.slice(0, MOST_ROWS) },
    examples: examples.slice(0, MOST_EXAMPLES),
    context: {
      version,
      alpha,
      seed,
      encoder,
      rowsRead: report.coverage.rows.read,
      limits: report.coverage.scanners.find(({ id }) => id === finding.scanner)?.limits ?? {},
    },
  }
}

/** The first 100 numbers behind a finding, with what they are. @param scanner null where this version knows none of that name */
export function evidenceLines(evidence: FindingJson['evidence'], scanner: ScannerDefinition | null): readonly EvidenceLine[] {
  const notes = { ...CROSS_EVIDENCE, ...scanner?.evidence }
  return Object.entries(evidence)
    .slice(0, MOST_EVIDENCE)
    .map(([key, value]) => evidenceLine(key, value, evidence, notes))
}

function evidenceLine(
  key: string,
  value: number | string,
  evidence: FindingJson['evidence'],
  notes: Readonly<Record<string, EvidenceNote>>,
): EvidenceLine {
  // The report names the key: one like `constructor` must not find what every object has.
  const note = Object.hasOwn(notes, key) ? notes[key] : undefined
  if (note === undefined) return { key, value, shown: valueText(value), meaning: null, decides: null }
  const decides = typeof note.decides === 'function' ? note.decides(evidence) : (note.decides ?? '')
  return { key, value, shown: valueText(value, note.unit), meaning: note.meaning, decides: decides === '' ? null : decides }
}
