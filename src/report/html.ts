import { createHash } from 'node:crypto'
import type { Report } from '../model/report.js'
import type { ScannerDefinition } from '../scanner.js'
import { comparisonSection, suppressionsSection } from './html/comparison.js'
import { coverageSection, limitsSection } from './html/coverage.js'
import { findingsSection } from './html/findings.js'
import { picturesSection } from './html/pictures.js'
import { STYLE } from './html/style.js'
import { verdictHeader } from './html/verdict.js'
import { html, name, page } from './html-text.js'
import { number, type Threshold } from './summary.js'

export interface HtmlOptions {
  readonly failOn: Threshold
  /** For what the evidence of their findings means. */
  readonly scanners: readonly ScannerDefinition[]
}

/**
 * `report.html`: one page that asks for nothing else. Its policy allows its own style sheet and nothing more: no script, no
 * request, no style from the data. Every text goes through src/report/html-text.ts.
 */
export function renderHtml(report: Report, { failOn, scanners }: HtmlOptions): string {
  const { findings, comparison, suppressions, verdict, tool } = report
  const links = [
    ...(comparison === undefined ? [] : [['comparison', 'Comparison']]),
    ['findings', `Findings (${number(findings.length)})`],
    ['pictures', 'Pictures'],
    ...(suppressions === undefined ? [] : [['accepted', 'Accepted findings']]),
    ['coverage', 'What was looked at'],
    ['limits', 'Limits'],
  ] as const
  const body = html`${verdictHeader(report, failOn)}
    <nav aria-label="Sections">
      <ul>
        ${links.map(([id = '', text = '']) => html`<li><a href="#${name(id)}">${text}</a></li>`)}
      </ul>
    </nav>
    <main>
      ${comparison === undefined ? null : comparisonSection(comparison)} ${findingsSection(report, scanners)}
      ${picturesSection(report)} ${suppressions === undefined ? null : suppressionsSection(suppressions)}
      ${coverageSection(report)} ${limitsSection(report)}
    </main>
    <footer>credence ${tool.version}. This page holds text of the data set, and loads nothing from anywhere.</footer>`
  return page(`credence: ${verdict}`, body, STYLE, createHash('sha256').update(STYLE).digest('base64'))
}
