/** A report as one comment of a pull request, or as a job summary: the scoreboard first, what matters open, the rest folded. */
import { counts, type Change, type Severity } from '../model/finding.js'
import type { ReportJson } from './json-schema.js'
import { comparisonLines } from './markdown-comparison.js'
import { exampleWords, triggerWords } from './markdown-finding.js'
import { codeSpan, prose } from './markdown-text.js'
import { receipt } from './receipt.js'
import { guardLines } from './safe-text.js'
import { amount, atOrAbove, bySeverity, number, tally, type Threshold } from './summary.js'

type FindingJson = ReportJson['findings'][number]

export interface CommentOptions {
  readonly failOn: Threshold
  /** Which of several scans this is; empty where there is one. Trusted. */
  readonly name: string
  /** UTF-16 units of the whole. */
  readonly longest: number
  /** Lines of ours to end with. */
  readonly remarks?: readonly string[]
}

/** A part that is shown item by item, as far as there is room. */
interface Section {
  readonly open: string
  readonly items: readonly string[]
  readonly close: string
}

const MOST_EXAMPLES = 3
const MOST_REASONS = 10
/** For the sentence that says what was left out. */
const REMARK_ROOM = 100

const CHANGE: Readonly<Record<Change, string>> = { new: 'new', updated: 'stronger than before', unchanged: 'known before' }

/** Nothing from the data is live in it: no link, image, mention or HTML. */
export function renderComment(report: ReportJson, { failOn, name, longest, remarks = [] }: CommentOptions): string {
  const head = headLines(report, failOn, name)
  const tail = [coverage(report), ...remarks.map((remark) => `\n${prose(remark)}`)].join('\n')
  // As in the verdict: `never` is about the exit code alone.
  const serious = atOrAbove(report.findings, failOn === 'never' ? 'high' : failOn)
  const rest = report.findings.filter((finding) => !serious.includes(finding))
  const sections: Section[] = [
    { open: '', items: serious.map(seriousFinding), close: '' },
    folded(amount(rest.length, serious.length === 0 ? 'finding' : 'other finding'), rest.map(otherFinding)),
  ]
  const room = longest - head.join('\n').length - tail.length - REMARK_ROOM
  const { text, left } = filled(sections, room)
  if (left > 0) {
    head.push('', `Cut short: ${amount(left, 'finding')} of these not shown here. All are in the report.`)
  }
  return guardLines(`${[...head, text].join('\n')}${tail}\n`)
}

/** Always whole: it says what a pass does not. */
function coverage(report: ReportJson): string {
  const { open, items, close } = folded(
    'Coverage',
    receipt(report).map(({ name, text }) => `- **${name}**: ${prose(text)}`),
  )
  return `${open}${items.join('\n')}${close}`
}

/** What is said where a scan ended without a report. */
export function renderNoReport(exitCode: number, { name, remarks = [] }: Pick<CommentOptions, 'name' | 'remarks'>): string {
  const lines = [
    heading(name, 'NO REPORT'),
    '',
    `The scan ended with exit code ${exitCode} and wrote no report; its log says why. Nothing is known of the data.`,
    ...remarks.map((remark) => `\n${prose(remark)}`),
  ]
  return guardLines(`${lines.join('\n')}\n`)
}

const heading = (name: string, verdict: string): string => `## credence${name === '' ? '' : ` · ${prose(name)}`}: ${verdict}`

function headLines(report: ReportJson, failOn: Threshold, name: string): string[] {
  const { findings, coverage, summary } = report
  const rows = { flagged: summary.flaggedRows, read: coverage.rows.read }
  const lines = [heading(name, report.verdict.toUpperCase()), '', prose(tally(findings, rows, failOn))]
  if (findings.length > 0) lines.push('', ...scoreboard(findings))
  lines.push(...reasons('The scan is incomplete:', coverage.incomplete))
  lines.push(...reasons('Incomplete, but allowed:', coverage.allowed))
  const compared = comparisonLines(report)
  return compared.length === 0 ? lines : [...lines, '', ...compared]
}

function reasons(title: string, those: readonly string[]): string[] {
  if (those.length === 0) return []
  const more = those.length > MOST_REASONS ? [`- and ${number(those.length - MOST_REASONS)} more`] : []
  return ['', title, '', ...those.slice(0, MOST_REASONS).map((reason) => `- ${prose(reason)}`), ...more]
}

/** Each finding once. The last two columns only where there is something in them. */
function scoreboard(findings: readonly FindingJson[]): string[] {
  const columns: readonly [string, (finding: FindingJson) => boolean][] = [
    ['findings', counts],
    ['known', (finding) => !counts(finding) && finding.suppression === undefined],
    ['accepted', ({ suppression }) => suppression !== undefined],
  ]
  const shown = columns.filter(([, holds], i) => i === 0 || findings.some(holds))
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(['severity', ...shown.map(([title]) => title)]),
    row(['---', ...shown.map(() => '---:')]),
    ...bySeverity(findings).map(([severity, group]) =>
      row([severity, ...shown.map(([, holds]) => number(group.filter(holds).length))]),
    ),
  ]
}

function seriousFinding(finding: FindingJson): string {
  const lines = [`### ${prose(finding.title)}`, '', prose(finding.why), '']
  const spoken = triggerWords(finding)
  if (spoken !== null) lines.push(`- **Trigger**: ${spoken}`)
  if (finding.target !== undefined) lines.push(`- **Target**: ${codeSpan(finding.target)}`)
  const { rowCount, contributed } = finding
  const share = contributed === undefined ? '' : `, ${number(contributed)} of them added or changed`
  lines.push(`- **Rows**: ${rowCount === 0 ? 'the whole data set' : number(rowCount)}${share}`)
  for (const example of finding.examples.slice(0, MOST_EXAMPLES)) lines.push(`  - ${exampleWords(example.file, example)}`)
  lines.push(`- **Next**: ${prose(finding.advice)}`)
  const change = finding.change === undefined ? '' : `, ${CHANGE[finding.change]}`
  lines.push(`- **Claim**: ${finding.severity}${change}, ${codeSpan(finding.message)}, ${codeSpan(finding.id)}`)
  return `\n${lines.join('\n')}`
}

function otherFinding(finding: FindingJson): string {
  const { severity, title, rowCount, change, suppression, id } = finding
  const rows = rowCount === 0 ? 'the whole data set' : amount(rowCount, 'row')
  const parts = [prose(title), rows]
  if (change !== undefined) parts.push(CHANGE[change])
  if (suppression !== undefined) parts.push(`accepted: ${prose(suppression.reason)}${untilDay(suppression.expires)}`)
  return `- **${capital(severity)}**: ${[...parts, codeSpan(id)].join(' · ')}`
}

const untilDay = (day: string | null): string => (day === null ? '' : ` (until ${prose(day)})`)
const capital = (word: Severity): string => word.charAt(0).toUpperCase() + word.slice(1)

/** GitHub reads Markdown inside HTML only after an empty line. */
function folded(title: string, items: readonly string[]): Section {
  return { open: `\n<details>\n<summary>${title}</summary>\n\n`, items, close: '\n\n</details>' }
}

/** As many items of each section as fit, in order; `left` says how many did not. */
function filled(sections: readonly Section[], room: number): { readonly text: string; readonly left: number } {
  let text = ''
  let left = 0
  for (const { open, items, close } of sections) {
    const shown: string[] = []
    let length = text.length + open.length + close.length + 1
    for (const item of items) {
      length += item.length + 1
      if (length > room) break
      shown.push(item)
    }
    left += items.length - shown.length
    if (shown.length > 0) text += `${open}${shown.join('\n')}${close}\n`
  }
  return { text, left }
}
