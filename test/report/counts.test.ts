import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SEVERITIES } from '../../src/model/finding.js'
import type { Report } from '../../src/model/report.js'
import { renderCodeQuality } from '../../src/report/code-quality.js'
import { renderComment } from '../../src/report/comment.js'
import { parseReport } from '../../src/report/explain-read.js'
import { renderHtml } from '../../src/report/html.js'
import { renderJson } from '../../src/report/json.js'
import { renderJUnit } from '../../src/report/junit.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { renderSarif } from '../../src/report/sarif.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { sampleFinding, sampleReport } from './sample-report.js'
import { xmlElements } from './xml-elements.js'

interface Counts {
  readonly all: number
  /** At or above the threshold, of those that count. */
  readonly serious: number
  /** Known before, or accepted. */
  readonly aside: number
}

const FAIL_ON = 'high'

/** What a person reads in the line of the verdict. */
function ofVerdictLine(text: string): Counts {
  const line = text.split('\n').find((one) => one.includes(' at or above ')) ?? ''
  const number = (pattern: RegExp): number => Number(pattern.exec(line)?.[1] ?? 0)
  const serious = number(/(\d+) findings? at or above/)
  const aside = number(/, (\d+) known/) + number(/, (\d+) accepted/)
  return { all: serious + number(/, (\d+) below/) + aside, serious, aside }
}

interface Standing {
  readonly severity: string
  readonly aside: boolean
}
const counted = (those: readonly Standing[]): Counts => ({
  all: those.length,
  serious: those.filter(({ severity, aside }) => !aside && ['high', 'critical', 'error'].includes(severity)).length,
  aside: those.filter(({ aside }) => aside).length,
})

type SarifResult = { readonly level: string; readonly baselineState?: string; readonly suppressions?: unknown }

/** Each output's own count, read from what it wrote; a new format is a line here. */
const OUTPUTS: Readonly<Record<string, (report: Report) => Counts>> = {
  terminal: (report) => ofVerdictLine(renderTerminal(report, { colour: false, width: 120, failOn: FAIL_ON, out: null })),
  markdown: (report) => ofVerdictLine(renderMarkdown(report, { failOn: FAIL_ON })),
  html: (report) => ofVerdictLine(renderHtml(report, { failOn: FAIL_ON, scanners: [] })),
  comment: (report) => {
    const text = renderComment(parseReport(renderJson(report), ''), { failOn: FAIL_ON, name: '', longest: 64_000 })
    const cells = [...text.matchAll(/^\| (?:info|low|medium|high|critical) \| (.+) \|$/gm)].map(([, row = '']) =>
      row.split(' | '),
    )
    const sum = (rows: readonly (readonly string[])[]): number => rows.flat().reduce((total, cell) => total + Number(cell), 0)
    assert.equal(ofVerdictLine(text).all, sum(cells), 'the scoreboard adds up to the line above it')
    return { all: sum(cells), serious: text.match(/^### /gm)?.length ?? 0, aside: sum(cells.map((row) => row.slice(1))) }
  },
  json: (report) => {
    const { findings, summary } = parseReport(renderJson(report), '')
    assert.equal(
      findings.length,
      Object.values(summary.findings).reduce((sum, count) => sum + (count ?? 0), 0),
    )
    return counted(
      findings.map(({ severity, change, suppression }) => ({
        severity,
        aside: change === 'unchanged' || suppression !== undefined,
      })),
    )
  },
  sarif: (report) => {
    const log = JSON.parse(renderSarif(report, {})) as { runs: [{ results: SarifResult[] }] }
    return counted(
      log.runs[0].results.map(({ level, baselineState, suppressions }) => ({
        severity: level,
        aside: baselineState === 'unchanged' || suppressions !== undefined,
      })),
    )
  },
  junit: (report) => {
    const elements = xmlElements(renderJUnit(report, { failOn: FAIL_ON }))
    const [whole] = elements
    const ofFindings = elements.filter(({ name, attributes }) => name === 'testcase' && attributes['classname']?.includes('/'))
    const skipped = ofFindings.filter(({ children }) => children.includes('skipped')).length
    return { all: ofFindings.length, serious: Number(whole?.attributes['failures']), aside: skipped }
  },
}

/** It lists those that count, and no others. */
function ofCodeQuality(report: Report): Omit<Counts, 'aside'> {
  const entries = JSON.parse(renderCodeQuality(report)) as { severity: string }[]
  return { all: entries.length, serious: entries.filter(({ severity }) => /critical|blocker/.test(severity)).length }
}

const each = SEVERITIES.flatMap((severity, i) =>
  Array.from({ length: i + 1 }, (_, k) => sampleFinding({ id: `trigger-${severity}-${k}`, severity, message: 'trigger/label' })),
)
const REPORTS: Readonly<Record<string, { readonly report: Report; readonly expected: Counts }>> = {
  'no findings': { report: sampleReport({ findings: [], verdict: 'pass' }), expected: { all: 0, serious: 0, aside: 0 } },
  'findings of each severity': { report: sampleReport({ findings: each }), expected: { all: 15, serious: 9, aside: 0 } },
  'known, stronger and accepted ones among them': {
    report: sampleReport({
      findings: [
        ...each,
        sampleFinding({ id: 'trigger-a', change: 'unchanged' }),
        sampleFinding({ id: 'trigger-b', change: 'updated' }),
        sampleFinding({ id: 'trigger-c', suppression: { reason: 'ours', expires: null } }),
        sampleFinding({ id: 'trigger-d', change: 'unchanged', suppression: { reason: 'both', expires: '2027-01-31' } }),
      ],
    }),
    expected: { all: 19, serious: 10, aside: 3 },
  },
}

describe('counts of findings agree across all outputs', () => {
  for (const [what, { report, expected }] of Object.entries(REPORTS)) {
    test(what, () => {
      for (const [output, count] of Object.entries(OUTPUTS)) {
        if (report.findings.length > 0 || !['terminal', 'markdown', 'html'].includes(output))
          assert.deepEqual(count(report), expected, output)
      }
      assert.deepEqual(ofCodeQuality(report), { all: expected.all - expected.aside, serious: expected.serious })
    })
  }
})
