/** The coverage receipt, file by file and scanner by scanner, and what no scan sees. */
import type { FileReceipt, Report, ScannerReceipt } from '../../model/report.js'
import { html, quoted, type Html } from '../html-text.js'
import { receipt } from '../receipt.js'
import { amount, bytes, number } from '../summary.js'

const MOST_FILES = 100
const MOST_ERRORS = 5
const LONGEST = 600

export function coverageSection(report: Report): Html {
  const { files, scanners } = report.coverage
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
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Format</th>
              <th scope="col" class="number">Size</th>
              <th scope="col" class="number">Declared</th>
              <th scope="col" class="number">Read</th>
              <th scope="col" class="number">Skipped</th>
              <th scope="col" class="number">Cut</th>
            </tr>
          </thead>
          <tbody>
            ${files.slice(0, MOST_FILES).map(fileRow)}
          </tbody>
        </table>
      </div>
      ${files.length > MOST_FILES ? html`<p>${amount(files.length - MOST_FILES, 'more file')} in <code>report.json</code>.</p>` : null}
    </details>
    <details>
      <summary>Scanners: ${scannersBrief(scanners)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Scanner</th>
            <th scope="col">What it did, and what it could see</th>
          </tr>
        </thead>
        <tbody>
          ${scanners.map(scannerRow)}
        </tbody>
      </table>
    </details>
    <details>
      <summary>Columns: ${number(report.roles.length)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Column, and why</th>
          </tr>
        </thead>
        <tbody>
          ${report.roles.map(
            ({ role, column, why }) =>
              html`<tr>
                <th scope="row">${role}</th>
                <td><code>${quoted(column, 200)}</code><br /><span class="quiet small">${quoted(why, LONGEST)}</span></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
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

function fileRow({ path, format, bytes: size, declared, read, skipped, truncated, errors }: FileReceipt): Html {
  const problems = errors
    .slice(0, MOST_ERRORS)
    .map(({ message }) => html`<br /><span class="small">${quoted(message, LONGEST)}</span>`)
  const more =
    errors.length > MOST_ERRORS
      ? html`<br /><span class="small">${amount(errors.length - MOST_ERRORS, 'more problem')}</span>`
      : null
  return html`<tr>
    <th scope="row">${quoted(path, 300)}${problems}${more}</th>
    <td>${quoted(format, 40)}</td>
    <td class="number">${bytes(size)}</td>
    <td class="number">${declared === null ? '–' : number(declared)}</td>
    <td class="number">${number(read)}</td>
    <td class="number">${number(skipped)}</td>
    <td class="number">${number(truncated)}</td>
  </tr>`
}

function scannersBrief(scanners: readonly ScannerReceipt[]): string {
  const count = (status: ScannerReceipt['status']): number => scanners.filter((scanner) => scanner.status === status).length
  const [ran, skipped, failed] = [count('ran'), count('skipped'), count('failed')]
  return `${number(ran)} ran${skipped > 0 ? `, ${number(skipped)} skipped` : ''}${failed > 0 ? `, ${number(failed)} failed` : ''}`
}

function scannerRow({ id, status, reason, limits }: ScannerReceipt): Html {
  const floor = limits['nStar']
  const seen = typeof floor === 'number' ? `, n* ${number(floor)}` : ''
  return html`<tr>
    <th scope="row"><code>${quoted(id, 80)}</code></th>
    <td>
      ${status === 'ran' ? 'ran' : html`<b>${status}</b>`}${seen}${reason === null ? null : html`<br /><span class="small">${quoted(reason, LONGEST)}</span>`}
    </td>
  </tr>`
}
