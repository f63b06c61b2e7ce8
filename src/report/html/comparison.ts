/** What a report was compared with, and which findings were accepted beforehand. */
import type { Comparison, RowChanges, SuppressionReceipt } from '../../model/report.js'
import { aloneText } from '../comparison.js'
import { html, names, quoted, type Html } from '../html-text.js'
import { number } from '../summary.js'
import { table } from './table.js'

const MOST_LISTED = 100
const LONGEST = 600

export function comparisonSection({ with: kind, base, rows, resolved, shifts, alone }: Comparison): Html {
  const seenAlone = aloneText(alone)
  const against = kind === 'baseline' ? html`the findings accepted in` : html`the data in`
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">Compared with ${kind === 'baseline' ? 'a baseline' : 'its base'}</h2>
    <p>Beside ${against} <code>${quoted(base, 200)}</code>. Findings that it had already do not count.</p>
    ${rows === null ? null : rowTable(rows)}
    ${seenAlone === null ? null : html`<p>${quoted(`${seenAlone[0]!.toUpperCase()}${seenAlone.slice(1)}.`, LONGEST)}</p>`}
    <h3>How the new rows differ</h3>
    ${
      shifts.length === 0
        ? html`<p>${kind === 'baseline' ? 'A baseline knows no rows.' : 'In no way that chance does not explain.'}</p>`
        : html`<ul>
            ${shifts.slice(0, MOST_LISTED).map(({ what, text, p }) => html`<li><b>${quoted(what, 100)}</b>: ${quoted(text, LONGEST)} <span class="quiet">(p ${p.toPrecision(2)})</span></li>`)}
          </ul>`
    }
    <h3>Findings that are gone</h3>
    ${
      resolved.length === 0
        ? html`<p>None.</p>`
        : html`<ul>
              ${resolved.slice(0, MOST_LISTED).map(({ id, title, severity }) => html`<li><span class="${names('badge', severity)}">${severity}</span> ${quoted(title, LONGEST)} <code>${quoted(id, 80)}</code></li>`)}
            </ul>
            ${more(resolved.length)}`
    }
  </section>`
}

function rowTable({ base, head, unchanged, moved, added, changed, removed }: RowChanges): Html {
  const cells: (readonly [string, number])[] = [
    ['in the base', base],
    ['now', head],
    ['unchanged', unchanged],
    ['of these moved', moved],
    ['added', added],
    ['changed', changed],
    ['removed', removed],
  ]
  return html`<dl class="figures">
    ${cells.map(
      ([what, count]) =>
        html`<div>
          <dt>${what}</dt>
          <dd>${number(count)}</dd>
        </div>`,
    )}
  </dl>`
}

export function suppressionsSection(suppressions: readonly SuppressionReceipt[]): Html {
  const heads = { text: ['Entry', 'Reason', 'Expires', 'State'], numbers: ['Findings'] }
  const rows = suppressions
    .slice(0, MOST_LISTED)
    .map(({ entry, reason, expires, state, findings }) => [
      html`<code>${quoted(entry, 200)}</code>`,
      quoted(reason, LONGEST),
      expires === null ? 'never' : quoted(expires, 40),
      state === 'used' ? 'used' : html`<b>${state}</b>`,
      number(findings),
    ])
  return html`<section aria-labelledby="accepted">
    <h2 id="accepted">Accepted findings</h2>
    <p>Entries of <code>.credenceignore.yaml</code>. Expired ones suppress nothing; unused ones name nothing that was found.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Entries">${table(heads, rows)}</div>
    ${more(suppressions.length)}
  </section>`
}

function more(count: number): Html | null {
  return count > MOST_LISTED ? html`<p>${number(count - MOST_LISTED)} more in <code>report.json</code>.</p>` : null
}
