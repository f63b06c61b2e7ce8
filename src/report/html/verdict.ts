/** The top of the page: the verdict, what it rests on, the numbers that matter, why a scan is incomplete. */
import { counts } from '../../model/finding.js'
import type { Report, Verdict } from '../../model/report.js'
import { html, name, quoted, type Html } from '../html-text.js'
import { amount, bySeverity, bytes, flaggedRows, number, type Threshold, verdictReason } from '../summary.js'

const MOST_REASONS = 20

/** In a square of 48 units; the word beside it says the same. */
const ICONS: Readonly<Record<Verdict, Html>> = {
  pass: html`<circle cx="24" cy="24" r="20" /><path d="M15 25l6.500 6.500L34 18" />`,
  review: html`<path d="M24 6L44 41H4z" /><path d="M24 19v10m0 6v.1" />`,
  fail: html`<path d="M16 4h16l12 12v16L32 44H16L4 32V16z" /><path d="M17 17l14 14m0-14L17 31" />`,
  incomplete: html`<path d="M24 4a20 20 0 1 1-14.100 5.900" /><path d="M24 15v10m0 7v.1" />`,
}

const MEANINGS: Readonly<Record<Verdict, string>> = {
  pass: 'Nothing was found that speaks against training on this data. What no scan can see is said below.',
  review: 'There are findings that a person should look at before this data is used.',
  fail: 'Do not train on this data before the flagged rows have been looked at.',
  incomplete: 'Not all of the data was looked at: what was found stands, but there may be more.',
}

export function verdictHeader(report: Report, failOn: Threshold): Html {
  const { verdict, findings, coverage, seconds, startedAt } = report
  const size = bytes(coverage.files.reduce((sum, file) => sum + file.bytes, 0))
  const severities = bySeverity(findings.filter(counts)).map(([severity, group]) => `${number(group.length)} ${severity}`)
  return html`<header class="top">
    <p class="brand"><b>credence</b> report of ${startedAt.slice(0, 16).replace('T', ' ')} UTC</p>
    <div class="verdict">
      <svg class="${name('icon')} ${name(verdict)}" viewBox="0 0 48 48" aria-hidden="true">${ICONS[verdict]}</svg>
      <div>
        <h1><span class="${name(verdict)}">${verdict.charAt(0).toUpperCase() + verdict.slice(1)}</span></h1>
        <p>${verdictReason(report, failOn)}</p>
        <p class="quiet">${MEANINGS[verdict]}</p>
      </div>
    </div>
    <dl class="figures">
      ${figure('findings', number(findings.filter(counts).length), severities.join(', '))}${figure('rows flagged', number(flaggedRows(findings)), '')}${figure('rows read', number(coverage.rows.read), report.kind)}${figure(coverage.files.length === 1 ? 'file' : 'files', number(coverage.files.length), size)}${figure('took', `${seconds.toFixed(1)} s`, '')}
    </dl>
    ${reasons('The scan is incomplete', coverage.incomplete)}${reasons('Incomplete, but allowed', coverage.allowed)}
  </header>`
}

function figure(what: string, value: string, more: string): Html {
  return html`<div>
    <dt>${what}</dt>
    <dd>${value}${more === '' ? null : html` <small>${more}</small>`}</dd>
  </div>`
}

function reasons(title: string, list: readonly string[]): Html | null {
  if (list.length === 0) return null
  const more = list.length - MOST_REASONS
  return html`<div class="notice">
    <p><b>${title}</b></p>
    <ul>
      ${list.slice(0, MOST_REASONS).map((reason) => html`<li>${quoted(reason)}</li>`)}${more > 0 ? html`<li>${amount(more, 'more reason')}</li>` : null}
    </ul>
  </div>`
}
