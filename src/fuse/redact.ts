/**
 * The one place that bounds and masks what a report quotes from the data, before any program or renderer sees it: a format
 * cannot forget it. Rows stay named by file and number, and ids are made of the whole claim, so a masked trigger is still one
 * that can be looked up and told from others.
 */
import type { ErrorRecord } from '../errors.js'
import type { Finding } from '../model/finding.js'
import type { Pictures } from '../model/pictures.js'
import type { ProvenanceBoard } from '../model/provenance.js'
import type { Comparison, Report } from '../model/report.js'
import { secretSpans } from '../secrets/secrets.js'

/** Stands for what is left out. */
export const MASK = '****'

/** Of `model/finding.ts`. */
const EXCERPT_UNITS = 300
const TARGET_UNITS = 120
const MOST_EXAMPLES = 5
/** A sentence with a few quotations in it. */
const SENTENCE_UNITS = 1000
/** Whole, so that it can be looked for; no attack needs a longer one. */
const TRIGGER_UNITS = 2000
const MOST_TRIGGERS = 100
/** A longer text is no label. */
const LABEL_UNITS = 200
const MOST_EVIDENCE = 200
/** A file with an error in every row would fill the report with them. */
const MESSAGE_UNITS = 2000

type Mark = readonly [number, number]

/** What findings of a scan and of a written report have in common. */
interface Quoting {
  readonly title: string
  readonly why: string
  readonly advice: string
  readonly trigger?: string | readonly string[] | undefined
  readonly target?: string | undefined
  readonly evidence: Readonly<Record<string, number | string>>
  readonly examples: readonly {
    readonly excerpt: string
    readonly marks: readonly Mark[]
    readonly target?: string | undefined
  }[]
  readonly rows: readonly { readonly suggested?: string | undefined }[]
}

/** @param showValues leaves secrets as they are; lengths are bounded all the same */
export function redactReport(report: Report, showValues: boolean): Report {
  const { coverage } = report
  const sentence = (text: string): string => shown(text, MESSAGE_UNITS, false, showValues)
  const error = ({ code, message, suggestions, place }: ErrorRecord): ErrorRecord => ({
    code,
    message: sentence(message),
    suggestions: suggestions.map(sentence),
    place,
  })
  return {
    ...report,
    findings: report.findings.map((finding): Finding => redactFinding(finding, showValues)),
    coverage: {
      ...coverage,
      files: coverage.files.map((file) => ({ ...file, errors: file.errors.map(error) })),
      scanners: coverage.scanners.map((scanner) => ({
        ...scanner,
        reason: scanner.reason === null ? null : sentence(scanner.reason),
      })),
      incomplete: coverage.incomplete.map(sentence),
      allowed: coverage.allowed.map(sentence),
    },
    ...(report.provenance === undefined ? {} : { provenance: traced(report.provenance, sentence) }),
    ...(report.pictures === undefined ? {} : { pictures: drawn(report.pictures, sentence) }),
    ...(report.comparison === undefined ? {} : { comparison: compared(report.comparison, sentence) }),
  }
}

function traced(board: ProvenanceBoard, sentence: (text: string) => string): ProvenanceBoard {
  return {
    ...board,
    metadata: board.metadata.map(({ path, kind, files, digests, licenses, origins, terms, error, problems }) => ({
      path,
      kind,
      files,
      digests,
      licenses: licenses.map(sentence),
      origins: origins.map(sentence),
      terms: terms.map(sentence),
      error: error === null ? null : sentence(error),
      problems: problems.map(sentence),
    })),
  }
}

function drawn({ map, classes, words, sources }: Pictures, sentence: (text: string) => string): Pictures {
  return {
    map,
    words,
    classes:
      'missing' in classes
        ? classes
        : { ...classes, classes: classes.classes.map((known) => ({ ...known, label: sentence(known.label) })) },
    sources:
      'missing' in sources
        ? sources
        : { ...sources, sources: sources.sources.map((source) => ({ ...source, name: sentence(source.name) })) },
  }
}

function compared(comparison: Comparison, sentence: (text: string) => string): Comparison {
  return {
    ...comparison,
    resolved: comparison.resolved.map((finding) => ({ ...finding, title: sentence(finding.title) })),
    shifts: comparison.shifts.map((shift) => ({ ...shift, text: sentence(shift.text) })),
  }
}

/** A finding with its quotations bounded and masked; all else as it is. */
export function redactFinding<F extends Quoting>(finding: F, showValues: boolean): F {
  const sentence = (text: string): string => shown(text, SENTENCE_UNITS, false, showValues)
  const { trigger, target, evidence, examples } = finding
  const triggerText = (text: string): string => shown(text, TRIGGER_UNITS, false, showValues)
  const entries = Object.entries(evidence).slice(0, MOST_EVIDENCE)
  return {
    ...finding,
    title: sentence(finding.title),
    why: sentence(finding.why),
    advice: sentence(finding.advice),
    ...(trigger === undefined
      ? {}
      : { trigger: typeof trigger === 'string' ? triggerText(trigger) : trigger.slice(0, MOST_TRIGGERS).map(triggerText) }),
    ...(target === undefined ? {} : { target: sentence(target) }),
    evidence: Object.fromEntries(
      entries.map(([key, value]) => [sentence(key), typeof value === 'string' ? sentence(value) : value]),
    ),
    examples: examples.slice(0, MOST_EXAMPLES).map((example) => ({
      ...example,
      ...quotation(example.excerpt, example.marks, showValues),
      ...(example.target === undefined ? {} : { target: shown(example.target, TARGET_UNITS, true, showValues) }),
    })),
    rows: suggesting(finding.rows),
  }
}

/** Suggested labels are written into cells: one that would have to be cut or masked is not suggested, whatever is shown. */
function suggesting<Row extends { readonly suggested?: string | undefined }>(rows: readonly Row[]): readonly Row[] {
  const labels = new Set(rows.flatMap(({ suggested }) => suggested ?? []))
  const refused = new Set([...labels].filter((label) => label.length > LABEL_UNITS || secretSpans(label, false).length > 0))
  if (refused.size === 0) return rows
  return rows.map((row) => {
    if (row.suggested === undefined || !refused.has(row.suggested)) return row
    const { suggested: _, ...rest } = row
    return rest as Row
  })
}

/** A text of at most `units` with its secrets masked. They are looked for before it is cut, where a part would not be known. */
function shown(text: string, units: number, isQuotation: boolean, showValues: boolean): string {
  // What lies far behind the cut cannot be shown.
  const near = text.length > 2 * units ? cut(text, 2 * units) : text
  return cut(showValues ? near : masked(near, [], isQuotation).text, units)
}

function quotation(excerpt: string, marks: readonly Mark[], showValues: boolean): { excerpt: string; marks: readonly Mark[] } {
  const near = cut(excerpt, 2 * EXCERPT_UNITS)
  const { text, marks: moved } = showValues ? { text: near, marks } : masked(near, marks, true)
  const short = cut(text, EXCERPT_UNITS)
  const within = moved.map(([start, end]): Mark => [start, Math.min(end, short.length)]).filter(([start, end]) => start < end)
  return { excerpt: short, marks: within }
}

/** A cell as a reader gives it, with the secrets in its texts masked, however deep they lie. */
export function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return masked(value, [], true).text
  if (Array.isArray(value)) return value.map(maskedValue)
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedValue(inner)]))
}

/** The text with each secret replaced, and the marks where they lie now: one inside a secret marks all that is left of it. */
export function masked(
  text: string,
  marks: readonly Mark[],
  isQuotation: boolean,
): { readonly text: string; readonly marks: readonly Mark[] } {
  const spans = secretSpans(text, isQuotation)
  if (spans.length === 0) return { text, marks }
  let result = ''
  let at = 0
  const moved = marks.map(([start, end]): [number, number] => [start, end])
  for (const { start, end, keep, tail = end } of spans) {
    result += text.slice(at, start)
    const from = result.length
    result += text.slice(start, start + keep) + MASK + text.slice(tail, end)
    marks.forEach(([markStart, markEnd], i) => {
      const mark = moved[i]
      if (mark === undefined) return
      if (markStart > start && markStart < end) mark[0] = from
      else if (markStart >= end) mark[0] = markStart + result.length - end
      if (markEnd > start && markEnd < end) mark[1] = result.length
      else if (markEnd >= end) mark[1] = markEnd + result.length - end
    })
    at = end
  }
  return { text: result + text.slice(at), marks: moved }
}

/** At most `units` UTF-16 units; never half a surrogate pair. */
function cut(text: string, units: number): string {
  return text.length <= units ? text : text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '')
}
