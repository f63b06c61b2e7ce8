/** JUnit's XML, as GitLab, Jenkins and others show it: one suite per scanner, one case per finding. */
import { counts, type Finding } from '../model/finding.js'
import type { Report, ScannerReceipt } from '../model/report.js'
import { atOrAbove, filePath, number, type Threshold, triggers } from './summary.js'
import { xmlText } from './xml-text.js'

interface Case {
  readonly group: string
  readonly name: string
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped'
  /** In one line; empty where it passed without a word. */
  readonly message: string
  /** In JUnit's words the class of the error. */
  readonly type: string
  readonly details: readonly string[]
}

const MOST_EXAMPLES = 3

/**
 * A finding fails its case where it counts and is at least as severe as `failOn`; one that is known or accepted is skipped, with
 * the reason; a milder one passes with a word. A scanner without findings has one case, so that its absence would be seen.
 * Attributes are those of the schema that Jenkins publishes (`jenkins-junit.xsd`).
 */
export function renderJUnit(report: Report, { failOn }: { readonly failOn: Threshold }): string {
  const serious = new Set(atOrAbove(report.findings, failOn))
  const scanners = new Map(report.coverage.scanners.map((receipt) => [receipt.id, receipt]))
  const ids = [...new Set([...scanners.keys(), ...report.findings.map(({ scanner }) => scanner)])]
  const suites: [string, Case[]][] = [['scan', [completeness(report)]]]
  for (const id of ids) {
    const cases = report.findings
      .filter(({ scanner }) => scanner === id)
      .map((finding) => findingCase(report, finding, serious.has(finding)))
    const receipt = scanners.get(id)
    if (cases.length === 0 || receipt?.status === 'failed') cases.unshift(scannerCase(id, receipt))
    suites.push([id, cases])
  }
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>']
  const whole = suites.flatMap(([, cases]) => cases)
  lines.push(`<testsuites name="credence" ${totals(whole)} time="${report.seconds.toFixed(3)}">`)
  for (const [id, cases] of suites) lines.push(...suiteLines(id, cases, report.startedAt))
  lines.push('</testsuites>')
  return `${lines.join('\n')}\n`
}

function completeness({ coverage: { incomplete } }: Report): Case {
  const message = incomplete.length === 0 ? '' : 'the scan is incomplete'
  const outcome = incomplete.length === 0 ? 'passed' : 'error'
  return { group: 'scan', name: 'everything was read and ran', outcome, message, type: 'incomplete', details: incomplete }
}

function scannerCase(id: string, receipt: ScannerReceipt | undefined): Case {
  const { status, reason } = receipt ?? { status: 'ran', reason: null }
  const outcome = status === 'failed' ? 'error' : status === 'skipped' ? 'skipped' : 'passed'
  const name = status === 'failed' ? 'the scanner failed' : 'no findings'
  return { group: id, name, outcome, message: reason ?? '', type: status, details: [] }
}

function findingCase(report: Report, finding: Finding, serious: boolean): Case {
  const { id, title, message, severity, suppression } = finding
  const known = suppression === undefined ? 'known before' : `accepted: ${suppression.reason}`
  const outcome = !counts(finding) ? 'skipped' : serious ? 'failure' : 'passed'
  return {
    group: message,
    name: `${title} (${id})`,
    outcome,
    message: outcome === 'skipped' ? known : `${severity}: ${title}`,
    type: severity,
    details: outcome === 'skipped' ? [] : details(report, finding),
  }
}

function details(report: Report, finding: Finding): string[] {
  const lines = [finding.why]
  const spoken = triggers(finding)
  if (spoken.length > 0) lines.push(`Trigger: ${spoken.map((trigger) => JSON.stringify(trigger)).join(' or ')}`)
  if (finding.target !== undefined) lines.push(`Target: ${finding.target}`)
  if (finding.change !== undefined) lines.push(`Change: ${finding.change}`)
  lines.push(`Rows: ${finding.rows.length === 0 ? 'the whole data set' : number(finding.rows.length)}`)
  for (const { file, row, excerpt } of finding.examples.slice(0, MOST_EXAMPLES)) {
    lines.push(`${filePath(report, file)} row ${row}: ${excerpt}`)
  }
  return [...lines, `Next: ${finding.advice}`]
}

function suiteLines(id: string, cases: readonly Case[], startedAt: string): string[] {
  // The schema's timestamps have no zone; they are UTC.
  const open = `  <testsuite name="${xmlText(id)}" ${totals(cases)} timestamp="${xmlText(startedAt.slice(0, 19))}">`
  return [open, ...cases.flatMap(caseLines), '  </testsuite>']
}

function caseLines({ group, name, outcome, message, type, details }: Case): string[] {
  const open = `    <testcase classname="${xmlText(group)}" name="${xmlText(name)}"`
  const text = details.map((line) => xmlText(line)).join('\n')
  const said = `message="${xmlText(message)}"`
  if (outcome === 'skipped') return [`${open}>`, `      <skipped ${said}/>`, '    </testcase>']
  if (outcome !== 'passed') {
    return [`${open}>`, `      <${outcome} ${said} type="${xmlText(type)}">${text}</${outcome}>`, '    </testcase>']
  }
  if (message === '') return [`${open}/>`]
  return [`${open}>`, `      <system-out>${[xmlText(message), text].join('\n')}</system-out>`, '    </testcase>']
}

function totals(cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
}
