/** The coverage receipt, file by file and scanner by scanner, and what no scan sees. */
import type { FileReceipt, Report, ScannerReceipt } from '../../model/report.js'
import { html, quoted, type Content, type Html } from '../html-text.js'
import { receipt } from '../receipt.js'
import { amount, bytes, number } from '../summary.js'
import { metadataDetails } from './metadata.js'
import { table } from './table.js'

const MOST_FILES = 100
const MOST_ERRORS = 5
const LONGEST = 600

export function coverageSection(report: Report): Html {
  const { files, scanners } = report.coverage
  const metadata = report.provenance?.metadata ?? []
  const brief = receipt(report).filter(({ name }) => !LIMITS.includes(name) && name !== 'Scanners')
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">What was looked at</h2>
    <dl class="facts">
      ${brief.map(
        ({ name, text }) =>
          html`<dt>${name}</dt>
            <dd>${quoted(text, LONGEST)}</dd>`,
      )}
    </dl>
    <details>
      <summary>Files: ${number(files.length)}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Files">
        ${table(FILE_HEADS, files.slice(0, MOST_FILES).map(fileCells))}
      </div>
      ${files.length > MOST_FILES ? html`<p>${amount(files.length - MOST_FILES, 'more file')} in <code>report.json</code>.</p>` : null}
    </details>
    <details>
      <summary>Scanners: ${scannersBrief(scanners)}</summary>
      ${table({ text: ['Scanner', 'What it did, and what it could see'] }, scanners.map(scannerCells))}
    </details>
    <details>
      <summary>Columns: ${number(report.roles.length)}</summary>
      ${table({ text: ['Role', 'Column, and why'] }, report.roles.map(roleCells))}
    </details>
    ${metadata.length === 0 ? null : metadataDetails(metadata)}
  </section>`
}

/** Lines of the receipt that are limits of what was seen. */
const LIMITS = ['Not seen']

export function limitsSection(report: Report): Html {
  const unseen = receipt(report).filter(({ name }) => LIMITS.includes(name))
  return html`<section aria-labelledby="limits">
    <h2 id="limits">Limits</h2>
    <ul class="limits">
      ${unseen.map(({ text }) => html`<li><b>Not seen by any static scan:</b> ${quoted(text, LONGEST)}.</li>`)}
      <li>
        n* is the smallest group of rows that a scanner could tell from chance in this data; α, ${report.coverage.alpha} here, is
        the probability that a scanner raises any false alarm on clean data.
      </li>
      <li>
        This page holds excerpts, the first rows of each finding, and pictures of samples; <code>report.json</code> has the
        evidence and <code>flags.parquet</code> every flagged row.
      </li>
      <li>Characters that act or hide are written out, such as <code>\\u{202E}</code>; line ends are shown as ⏎.</li>
    </ul>
  </section>`
}

const FILE_HEADS = { text: ['File', 'Format'], numbers: ['Size', 'Declared', 'Read', 'Skipped', 'Cut'] }

function fileCells({ path, format, bytes: size, declared, read, skipped, truncated, errors }: FileReceipt): readonly Content[] {
  const problems = errors
    .slice(0, MOST_ERRORS)
    .map(({ message }) => html`<br /><span class="small">${quoted(message, LONGEST)}</span>`)
  const more =
    errors.length > MOST_ERRORS
      ? html`<br /><span class="small">${amount(errors.length - MOST_ERRORS, 'more problem')}</span>`
      : null
  return [
    [quoted(path, 300), ...problems, more],
    quoted(format, 40),
    bytes(size),
    declared === null ? '–' : number(declared),
    number(read),
    number(skipped),
    number(truncated),
  ]
}

function scannersBrief(scanners: readonly ScannerReceipt[]): string {
  const count = (status: ScannerReceipt['status']): number => scanners.filter((scanner) => scanner.status === status).length
  const [ran, skipped, failed] = [count('ran'), count('skipped'), count('failed')]
  return `${number(ran)} ran${skipped > 0 ? `, ${number(skipped)} skipped` : ''}${failed > 0 ? `, ${number(failed)} failed` : ''}`
}

function scannerCells({ id, status, reason, limits }: ScannerReceipt): readonly Content[] {
  const floor = limits['nStar']
  const seen = typeof floor === 'number' ? `, n* ${number(floor)}` : ''
  const why = reason === null ? null : html`<br /><span class="small">${quoted(reason, LONGEST)}</span>`
  return [html`<code>${quoted(id, 80)}</code>`, [status === 'ran' ? 'ran' : html`<b>${status}</b>`, seen, why]]
}

function roleCells({ role, column, why }: Report['roles'][number]): readonly Content[] {
  return [role, html`<code>${quoted(column, 200)}</code><br /><span class="quiet small">${quoted(why, LONGEST)}</span>`]
}
