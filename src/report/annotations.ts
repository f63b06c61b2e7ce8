/** Annotations of GitHub Actions: `::error file=…,title=…::…` lines, which its runner obeys and shows beside the files. */
import type { ReportJson } from './json-schema.js'
import { safeText } from './safe-text.js'
import { amount, atOrAbove, type Threshold } from './summary.js'

type FindingJson = ReportJson['findings'][number]

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  /** Path from the repository's root. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly title: string
  readonly message: string
}

/** GitHub shows no more of a level for one step. */
const MOST_OF_A_LEVEL = 10
const LONGEST_TITLE = 200
const LONGEST_MESSAGE = 1000

/** An error for what makes the scan fail, a warning for other findings of medium severity or more that count. */
export function annotationsOf(report: ReportJson, failOn: Threshold): readonly Annotation[] {
  const errors = atOrAbove(report.findings, failOn)
  const warnings = atOrAbove(report.findings, 'medium').filter((finding) => !errors.includes(finding))
  const incomplete = report.coverage.incomplete.map((reason): Annotation => {
    return { level: 'error', title: 'credence: the scan is incomplete', message: reason }
  })
  const those = (level: 'error' | 'warning', findings: readonly FindingJson[]): Annotation[] =>
    findings.map((finding) => ({ level, ...placeOf(report, finding), title: titleOf(finding), message: messageOf(finding) }))
  const shown = [
    ...[...incomplete, ...those('error', errors)].slice(0, MOST_OF_A_LEVEL),
    ...those('warning', warnings).slice(0, MOST_OF_A_LEVEL),
  ]
  const left = incomplete.length + errors.length + warnings.length - shown.length
  if (left === 0) return shown
  const message = `${amount(left, 'more annotation')} in the job summary and in report.json`
  return [...shown, { level: 'notice', title: 'credence: not all are shown', message }]
}

const titleOf = ({ severity, message }: FindingJson): string => `credence: ${severity} ${message}`

function messageOf(finding: FindingJson): string {
  const [first] = finding.rows
  const rows = first === undefined ? 'the whole data set' : `${amount(finding.rowCount, 'row')}, the first is row ${first.row}`
  return `${finding.title}. ${finding.why} (${rows}; ${finding.id})`
}

/** Only JSON Lines have a line for each row; other files are named as a whole. */
function placeOf({ coverage }: ReportJson, { rows: [first] }: FindingJson): Pick<Annotation, 'file' | 'line'> {
  if (first === undefined) return {}
  const format = coverage.files.find(({ path }) => path === first.file)?.format
  const packed = /\.(?:gz|zst)$/i.test(first.file)
  return format === 'jsonl' && !packed ? { file: first.file, line: first.row + 1 } : { file: first.file }
}

/**
 * The one function that writes a line for GitHub's runner to obey. Escapes are those of its toolkit: `%`, CR and LF everywhere,
 * `:` and `,` also in properties. What a log viewer acts on is made visible before.
 */
export function annotationLine({ level, file, line, title, message }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file, Infinity)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title, LONGEST_TITLE)}`,
  ]
  return `::${level} ${properties.join(',')}::${data(message, LONGEST_MESSAGE)}`
}

function data(text: string, longest: number): string {
  return safeText(text, longest).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string, longest: number): string {
  return data(text, longest).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
