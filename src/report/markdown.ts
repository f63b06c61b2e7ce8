import { counts, type Finding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { comparisonLines } from './markdown-comparison.js'
import { exampleWords, triggerWords } from './markdown-finding.js'
import { codeSpan, prose } from './markdown-text.js'
import { receipt } from './receipt.js'
import { guardLines } from './safe-text.js'
import { amount, bySeverity, filePath, number, type Threshold, verdictReason } from './summary.js'

export interface MarkdownOptions {
  readonly failOn: Threshold
}

/** A review comment has a length limit; the rest is in `report.json`. */
const MOST_FINDINGS = 20
const MOST_EXAMPLES = 5
const MOST_ASIDE = 20

/** The report for a review: nothing from the data is live in it, and no untrusted text stands in a table. */
export function renderMarkdown(report: Report, { failOn }: MarkdownOptions): string {
  const lines = [`# ${report.verdict.toUpperCase()}: ${prose(verdictReason(report, failOn))}`]
  if (report.coverage.incomplete.length > 0) {
    lines.push('', 'The scan is incomplete:', '')
    for (const reason of report.coverage.incomplete) lines.push(`- ${prose(reason)}`)
  }
  if (report.coverage.allowed.length > 0) {
    lines.push('', 'Incomplete, but allowed:', '')
    for (const reason of report.coverage.allowed) lines.push(`- ${prose(reason)}`)
  }
  if (report.findings.length > 0) lines.push('', ...countTable(report))
  const compared = comparisonLines(report)
  if (compared.length > 0) lines.push('', ...compared)
  for (const [severity, group] of bySeverity(report.findings.filter(counts))) {
    lines.push('', `## ${severity.charAt(0).toUpperCase()}${severity.slice(1)}`)
    for (const finding of group.slice(0, MOST_FINDINGS)) lines.push('', ...findingLines(report, finding))
    const more = group.length - MOST_FINDINGS
    if (more > 0) lines.push('', `${amount(more, 'more finding')} at ${severity} in \`report.json\`.`)
  }
  const aside = report.findings.filter((finding) => !counts(finding))
  if (aside.length > 0) lines.push('', '## Not counted', '', ...aside.slice(0, MOST_ASIDE).map(asideLine))
  if (aside.length > MOST_ASIDE) lines.push(`- and ${number(aside.length - MOST_ASIDE)} more in \`report.json\``)
  lines.push('', '## Coverage', '')
  for (const { name, text } of receipt(report)) lines.push(`- **${name}**: ${prose(text)}`)
  return guardLines(`${lines.join('\n')}\n`)
}

function asideLine({ severity, title, suppression }: Finding): string {
  const standing = suppression === undefined ? 'was there before' : `accepted: ${prose(suppression.reason)}`
  return `- ${severity}: ${prose(title)} (${standing})`
}

function countTable({ findings }: Report): string[] {
  const rows = bySeverity(findings.filter(counts)).map(([severity, group]) => `| ${severity} | ${number(group.length)} |`)
  return ['| severity | findings |', '| --- | ---: |', ...rows]
}

function findingLines(report: Report, finding: Finding): string[] {
  const lines = [`### ${prose(finding.title)}`, '', prose(finding.why), '']
  const spoken = triggerWords(finding)
  if (spoken !== null) lines.push(`- **Trigger**: ${spoken}`)
  if (finding.target !== undefined) lines.push(`- **Target**: ${codeSpan(finding.target)}`)
  if (finding.relatedTo !== undefined) lines.push(`- **Cause**: that of ${codeSpan(finding.relatedTo)}`)
  const rows = finding.rows.length === 0 ? 'the whole data set' : `${number(finding.rows.length)}, all in \`flags.parquet\``
  lines.push(`- **Rows**: ${rows}`)
  for (const example of finding.examples.slice(0, MOST_EXAMPLES)) {
    lines.push(`  - ${exampleWords(filePath(report, example.file), example)}`)
  }
  lines.push(`- **Next**: ${prose(finding.advice)}`)
  lines.push(
    `- **Claim**: ${finding.category}, ${codeSpan(finding.message)}, ${codeSpan(finding.id)}, score ${finding.score.toFixed(3)}`,
  )
  return lines
}
