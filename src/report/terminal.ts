import { counts, type Example, type Finding, type Severity } from '../model/finding.js'
import type { Report, Verdict } from '../model/report.js'
import { comparisonOf } from './comparison.js'
import { stretches } from './excerpt.js'
import { receipt } from './receipt.js'
import { guardLines, safeText } from './safe-text.js'
import { amount, bySeverity, filePath, number, type Threshold, triggers, verdictReason } from './summary.js'

export interface TerminalOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  readonly failOn: Threshold
  /** Where the whole report was written, to point to; null when nowhere. */
  readonly out: string | null
}

type Paint = (style: keyof typeof STYLES, text: string) => string

const STYLES = { bold: 1, dim: 2, reverse: 7, red: 31, green: 32, yellow: 33, blue: 34 } as const
const VERDICT_STYLE: Readonly<Record<Verdict, keyof typeof STYLES>> = {
  pass: 'green',
  review: 'yellow',
  fail: 'red',
  incomplete: 'yellow',
}
const SEVERITY_STYLE: Readonly<Record<Severity, keyof typeof STYLES>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
}

/** Findings of one severity that are shown before the rest are only counted. */
const MOST_FINDINGS = 10
const MOST_EXAMPLES = 3
const MOST_TRIGGERS = 5
/** Fields of a finding are untrusted and should be one line; what is longer is cut. */
const LONGEST_FIELD = 600
const INDENT = 11

/** The report for a person at a terminal: the verdict, the findings, the coverage receipt. No line holds raw bytes of the data. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint: Paint = (style, text) => (options.colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text)
  const verdict = paint('bold', paint(VERDICT_STYLE[report.verdict], report.verdict.toUpperCase()))
  const lines = [`${verdict}  ${verdictReason(report, options.failOn)}`]
  for (const reason of report.coverage.incomplete) lines.push(...field('', 'Incomplete', reason, options.width))
  for (const reason of report.coverage.allowed) lines.push(...field('', 'Allowed', `incomplete: ${reason}`, options.width))
  for (const [severity, group] of bySeverity(report.findings.filter(counts))) {
    for (const finding of group.slice(0, MOST_FINDINGS)) lines.push('', ...findingLines(report, finding, options, paint))
    const more = group.length - MOST_FINDINGS
    if (more > 0) lines.push('', `… and ${number(more)} more at ${severity}: ${whereAll(options)}`)
  }
  lines.push(...aside(report.findings, paint))
  const compared = comparisonOf(report)
  if (compared.length > 0) lines.push('', paint('bold', 'Compared'))
  for (const { name, text } of compared) lines.push(...field('  ', name, text, options.width))
  lines.push('', paint('bold', 'Coverage'))
  for (const { name, text } of receipt(report)) lines.push(...field('  ', name, text, options.width))
  return guardLines(`${lines.join('\n')}\n`)
}

/** Findings that do not count, a line each: they are in the report, and nobody has to read them again. */
function aside(findings: readonly Finding[], paint: Paint): string[] {
  const those = findings.filter((finding) => !counts(finding))
  if (those.length === 0) return []
  const lines = those.slice(0, MOST_FINDINGS).map(({ severity, title, suppression }) => {
    const standing = suppression === undefined ? 'was there before' : `accepted: ${suppression.reason}`
    return paint('dim', `  ${severity.padEnd(8)} ${safeText(title, 100)} (${safeText(standing, 100)})`)
  })
  const rest = those.length - lines.length
  return ['', paint('bold', 'Not counted'), ...lines, ...(rest > 0 ? [paint('dim', `  … and ${number(rest)} more`)] : [])]
}

function whereAll({ out }: TerminalOptions): string {
  return out === null ? 'write them with --out DIR' : `in ${safeText(out, LONGEST_FIELD)}`
}

function findingLines(report: Report, finding: Finding, { width }: TerminalOptions, paint: Paint): string[] {
  const level = paint('bold', paint(SEVERITY_STYLE[finding.severity], finding.severity.toUpperCase()))
  const title = paint('bold', safeText(finding.title, LONGEST_FIELD))
  const lines = [`${level}  ${title}  ${paint('dim', `${safeText(finding.message, 80)} ${safeText(finding.id, 80)}`)}`]
  const add = (name: string, text: string): void => void lines.push(...field('  ', name, text, width))
  add('Why', finding.why)
  const spoken = triggers(finding)
  if (spoken.length > 0) {
    const shown = spoken.slice(0, MOST_TRIGGERS).map((trigger) => JSON.stringify(trigger))
    add(
      'Trigger',
      shown.join(' or ') + (spoken.length > MOST_TRIGGERS ? ` or ${number(spoken.length - MOST_TRIGGERS)} more` : ''),
    )
  }
  if (finding.target !== undefined) add('Target', finding.target)
  if (finding.relatedTo !== undefined) add('Cause', `that of ${finding.relatedTo}`)
  const { rows, contributed } = finding
  const share = contributed === undefined ? '' : `, ${number(contributed)} of them added or changed`
  add('Rows', rows.length === 0 ? 'the whole data set' : `${amount(rows.length, 'row')}${share}`)
  for (const example of finding.examples.slice(0, MOST_EXAMPLES)) lines.push(exampleLine(report, example, width, paint))
  add('Next', finding.advice)
  return lines
}

function exampleLine(report: Report, example: Example, width: number, paint: Paint): string {
  const where = report.coverage.files.length > 1 ? `${safeText(filePath(report, example.file), 60)} ` : ''
  const room = Math.max(40, width - INDENT - where.length - 24)
  const text = stretches(example, room)
    .map(({ text, marked }) => (marked ? paint('reverse', `⟦${safeText(text)}⟧`) : safeText(text)))
    .join('')
  const target = example.target === undefined ? '' : ` → ${safeText(example.target, 120)}`
  return `${' '.repeat(INDENT)}${paint('dim', `${where}row ${example.row} ${safeText(example.role, 20)}`)}  ${text}${target}`
}

/** A name and its text, wrapped at blanks under itself. */
function field(indent: string, name: string, text: string, width: number): string[] {
  const lead = `${indent}${name}`.padEnd(INDENT - 1) + ' '
  const room = Math.max(30, width - lead.length)
  return wrap(safeText(text, LONGEST_FIELD), room).map((line, i) => (i === 0 ? lead : ' '.repeat(lead.length)) + line)
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines
}
