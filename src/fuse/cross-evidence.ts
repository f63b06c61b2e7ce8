/**
 * Findings of different scanners about the same rows: evidence for each other where the scanners look at different things, and
 * one cause where one of them says what it is. No row is dropped. Severity falls only where the cause is found, with all of
 * its rows, and accounts for the others too.
 */
import { logBinomialTail } from '../math/stats.js'
import { EXACTNESS, type CrossEvidence } from '../model/cross-evidence.js'
import { SEVERITIES, type Finding, type Severity } from '../model/finding.js'

/** Rows coincide from this Jaccard similarity, … */
const JACCARD = 0.8
/** … or where so much of the smaller finding is in one that is hardly larger. */
const CONTAINED = 0.9
const HARDLY_LARGER = 1.5
/** A cause accounts for a finding from so many of the rows that the finding says are among those it lists. */
const ACCOUNTED = 0.8
/** Severity of the rows that are left then. */
const LEFT: Severity = 'low'
/** Fewer rows in common are no coincidence of findings but of rows. */
const LEAST_COMMON = 3
/** Findings whose rows are compared, the most serious first. */
const MOST_COMPARED = 256
/** Findings named in the evidence of one. */
const NAMED = 5
const FILE_STEP = 2 ** 34

const RELATED: ReadonlySet<Finding['category']> = new Set(['poisoning', 'quality'])

export interface CrossContext {
  /** Rows of the data set. */
  readonly rows: number
  readonly alpha: number
  /** Those that the findings are of; one that does not say what it looks at raises, explains and is explained by none. */
  readonly scanners: readonly { readonly id: string; readonly crossEvidence?: CrossEvidence | undefined }[]
}

/** What a finding's scanner says of itself. */
type Known = (finding: Finding) => CrossEvidence | undefined

/** Two findings of different scanners that have more rows in common than chance explains. */
interface Pair {
  readonly a: number
  readonly b: number
  readonly common: number
  /** ln of the tail, times the pairs. */
  readonly logP: number
}

/** The findings in their order, with what they say about each other; src/report/explain.ts says what the evidence is. */
export function crossEvidence(findings: readonly Finding[], context: CrossContext): Finding[] {
  const pairs = overlapping(findings, context)
  const byScanner = new Map(context.scanners.map(({ id, crossEvidence: said }) => [id, said]))
  const known: Known = ({ scanner }) => byScanner.get(scanner)
  return findings.map((finding, index) => {
    const own = pairs.filter(({ a, b }) => a === index || b === index)
    const other = ({ a, b }: Pair): Finding => findings[a === index ? b : a]!
    const same = own
      .filter((pair) => coincide(pair, findings) && (isPoison(finding) || isPoison(other(pair))))
      .sort((x, y) => y.common - x.common || compare(other(x).id, other(y).id))
    const cause = own
      .filter((pair) => explains(other(pair), finding, pair.common, known))
      .sort((x, y) => byExactness(known)(other(x), other(y)))[0]
    const isRaised = same.some((pair) => confirms(other(pair), finding, known))
    const isLeft = cause !== undefined && !isWithin(finding, cause.common) && rank(finding.severity) > rank(LEFT)
    const severity = isLeft ? LEFT : isRaised ? oneUp(finding.severity) : finding.severity
    return {
      ...finding,
      severity,
      ...(cause === undefined ? {} : { relatedTo: other(cause).id }),
      evidence: {
        ...finding.evidence,
        ...(same.length === 0
          ? {}
          : {
              sameRowsAs: same
                .slice(0, NAMED)
                .map((pair) => other(pair).id)
                .join(', '),
              rowsInCommon: same[0]!.common,
              log10OverlapP: Math.max(-9999, same[0]!.logP / Math.LN10),
            }),
        ...(severity === finding.severity ? {} : { severityAlone: finding.severity }),
        ...(isLeft ? { rowsExplained: cause.common, rowsExpected: expectedRows(finding) } : {}),
      },
    }
  })
}

/** Pairs of different scanners whose rows overlap beyond chance: a binomial tail, which the hypergeometric one lies below. */
function overlapping(findings: readonly Finding[], { rows, alpha }: CrossContext): Pair[] {
  const compared = mostSerious(findings)
  const size = compared.length
  const common = commonRows(compared.map((index) => findings[index]!))
  const pairs = compared.flatMap((a, i) =>
    compared.flatMap((b, k): Omit<Pair, 'logP'>[] =>
      k > i && findings[a]!.scanner !== findings[b]!.scanner ? [{ a, b, common: common[i * size + k]! }] : [],
    ),
  )
  return pairs.flatMap((pair): Pair[] => {
    if (pair.common < LEAST_COMMON) return []
    const sizes = [findings[pair.a]!.rows.length, findings[pair.b]!.rows.length]
    const share = Math.min(1, Math.max(...sizes) / Math.max(1, rows))
    const logP = logBinomialTail(Math.min(...sizes), pair.common, share) + Math.log(pairs.length)
    return logP < Math.log(alpha) ? [{ ...pair, logP }] : []
  })
}

/** Places of those that list rows, at most so many: their pairs are compared. */
function mostSerious(findings: readonly Finding[]): number[] {
  return findings
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => finding.rows.length >= LEAST_COMMON)
    .sort((x, y) => rank(y.finding.severity) - rank(x.finding.severity) || compare(x.finding.id, y.finding.id))
    .slice(0, MOST_COMPARED)
    .map(({ index }) => index)
}

/** Rows that two findings both list, [findings × findings], first by second in their order. */
function commonRows(findings: readonly Finding[]): Float64Array {
  const at = new Map<number, number[]>()
  const common = new Float64Array(findings.length ** 2)
  findings.forEach(({ rows }, index) => {
    for (const { file, row } of rows) {
      const place = file * FILE_STEP + row
      const before = at.get(place)
      if (before === undefined) {
        at.set(place, [index])
        continue
      }
      for (const first of before) common[first * findings.length + index] = common[first * findings.length + index]! + 1
      before.push(index)
    }
  })
  return common
}

function coincide({ a, b, common }: Pair, findings: readonly Finding[]): boolean {
  const sizes = [findings[a]!.rows.length, findings[b]!.rows.length]
  const smaller = Math.min(...sizes)
  const larger = Math.max(...sizes)
  const isContained = common >= CONTAINED * smaller && larger <= HARDLY_LARGER * smaller
  return isContained || common >= JACCARD * (smaller + larger - common)
}

/** Whether `other` found poison in the same rows by looking at something else, and `finding` is in doubt. */
function confirms(other: Finding, finding: Finding, known: Known): boolean {
  const [own, others] = [known(finding)?.signals, known(other)?.signals]
  const isDoubtful = finding.severity === 'low' || finding.severity === 'medium'
  if (!isPoison(finding) || !isPoison(other) || !isDoubtful || other.severity === 'info') return false
  return own !== undefined && others !== undefined && !own.some((signal) => others.includes(signal))
}

/**
 * Whether the rows of `finding` are in those of `cause`, which says more exactly what they are and is no less serious: all of
 * them, or as many as are no chance hits by what `finding` says itself.
 */
function explains(cause: Finding, finding: Finding, common: number, known: Known): boolean {
  const [more, less] = [known(cause), known(finding)]
  return (
    isPoison(cause) &&
    RELATED.has(finding.category) &&
    more !== undefined &&
    less !== undefined &&
    exactness(more) > exactness(less) &&
    rank(cause.severity) >= rank(finding.severity) &&
    (isWithin(finding, common) || (less.rowsAreRated === true && common >= ACCOUNTED * expectedRows(finding)))
  )
}

function isWithin(finding: Finding, common: number): boolean {
  return common >= CONTAINED * finding.rows.length
}

/** How many of its rows are what it says, where it rates them. */
function expectedRows({ rows }: Finding): number {
  return rows.reduce((sum, { score }) => sum + score, 0)
}

const isPoison = ({ category }: Finding): boolean => category === 'poisoning'
const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)
const exactness = (said: CrossEvidence | undefined): number => (said === undefined ? -1 : EXACTNESS.indexOf(said.exactness))
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The most exact first. */
function byExactness(known: Known): (a: Finding, b: Finding) => number {
  return (a, b) => exactness(known(b)) - exactness(known(a)) || rank(b.severity) - rank(a.severity) || compare(a.id, b.id)
}

function oneUp(severity: Severity): Severity {
  return SEVERITIES[rank(severity) + 1] ?? severity
}
