/** The findings: each with why, its rows, examples with the trigger marked, and the evidence with what decides. */
import { counts, type Example, type Finding } from '../../model/finding.js'
import type { Report } from '../../model/report.js'
import type { ScannerDefinition } from '../../scanner.js'
import { stretches } from '../excerpt.js'
import { evidenceLines, type EvidenceLine } from '../explain.js'
import { html, name, names, quoted, type Content, type Html } from '../html-text.js'
import { amount, filePath, number, triggers } from '../summary.js'
import { table } from './table.js'

/** A page holds so many findings, … */
const MOST_FINDINGS = 200
/** … and of them no more than this, so that it stays a page that opens at once. `report.json` has all. */
const MOST_BYTES = 3_000_000
const MOST_TRIGGERS = 10
const MOST_EXAMPLES = 5
const MOST_ROWS = 100
const LONGEST_FIELD = 1000
const LONGEST_CELL = 300

export function findingsSection(report: Report, scanners: readonly ScannerDefinition[]): Html {
  const numbered = report.findings.map((finding, i) => ({ finding, place: i + 1 }))
  let room = MOST_BYTES
  const shown = numbered.slice(0, MOST_FINDINGS).flatMap(({ finding, place }) => {
    if (room <= 0) return []
    const article = findingArticle(report, finding, place, scanners)
    room -= Buffer.byteLength(String(article))
    return room <= 0 ? [] : [{ finding, article }]
  })
  const aside = shown.filter(({ finding }) => !counts(finding))
  const more = numbered.length - shown.length
  return html`<section aria-labelledby="findings">
    <h2 id="findings">Findings</h2>
    ${numbered.length === 0 ? html`<p>There are none.</p>` : null}${shown.filter(({ finding }) => counts(finding)).map(({ article }) => article)}
    ${more > 0 ? html`<p><b>${amount(more, 'more finding')}</b> not shown here: all are in <code>report.json</code>, and their rows in <code>flags.parquet</code>.</p>` : null}
    ${
      aside.length === 0
        ? null
        : html`<details>
            <summary>
              ${amount(aside.length, 'finding')} that ${aside.length === 1 ? 'does' : 'do'} not count: known before, or accepted
            </summary>
            ${aside.map(({ article }) => article)}
          </details>`
    }
  </section>`
}

function findingArticle(report: Report, finding: Finding, place: number, scanners: readonly ScannerDefinition[]): Html {
  const { severity, title, why, advice, target, relatedTo, suppression, rows, examples, evidence, category, message, id, score } =
    finding
  const scanner = scanners.find((known) => known.id === finding.scanner) ?? null
  const spoken = triggers(finding)
  const facts: (readonly [string, Content])[] = [
    ...(spoken.length === 0 ? [] : [['Trigger', triggerWords(spoken)] as const]),
    ...(target === undefined ? [] : [['Target', html`<code>${quoted(target, LONGEST_FIELD)}</code>`] as const]),
    ['Rows', rows.length === 0 ? 'the whole data set' : amount(rows.length, 'row')],
    ...(relatedTo === undefined ? [] : [['Cause', causeWords(report, relatedTo)] as const]),
    ['Next', quoted(advice, LONGEST_FIELD)],
  ]
  return html`<article
    class="${names('finding', severity)}"
    id="${name(`finding-${place}`)}"
    aria-labelledby="${name(`finding-${place}-title`)}"
  >
    <p class="tags">
      <span class="${names('badge', severity)}">${severity}</span>${changeBadge(finding)}<span>${category}</span
      ><code>${quoted(message, 80)}</code>
    </p>
    <h3 id="${name(`finding-${place}-title`)}">${quoted(title, LONGEST_FIELD)}</h3>
    <p>${quoted(why, LONGEST_FIELD)}</p>
    ${suppression === undefined ? null : html`<p class="aside"><b>Accepted</b>${suppression.expires === null ? null : html` until ${quoted(suppression.expires, 40)}`}: ${quoted(suppression.reason, LONGEST_FIELD)}</p>`}
    <dl class="facts">
      ${facts.map(
        ([what, words]) =>
          html`<dt>${what}</dt>
            <dd>${words}</dd>`,
      )}
    </dl>
    ${examplesList(report, examples)}${evidenceTable(evidenceLines(evidence, scanner), Object.keys(evidence).length)}${rowList(report, finding)}
    <p class="quiet small">
      Finding ${place}, <code>${quoted(id, 80)}</code>, score ${score.toFixed(3)}, by
      ${scanner === null ? quoted(finding.scanner, 80) : html`<code>${scanner.id}</code> (${scanner.title})`}
    </p>
  </article>`
}

function triggerWords(spoken: readonly string[]): Html {
  const words = spoken
    .slice(0, MOST_TRIGGERS)
    .map((trigger, i) => html`${i === 0 ? '' : ' or '}<mark>${quoted(trigger, LONGEST_FIELD)}</mark>`)
  const more = spoken.length - MOST_TRIGGERS
  return html`${words}${more > 0 ? ` or ${number(more)} more` : ''}`
}

function causeWords({ findings }: Report, related: string): Html {
  const place = findings.findIndex(({ id }) => id === related) + 1
  const id = html`<code>${quoted(related, 80)}</code>`
  return place === 0 ? html`that of ${id}` : html`that of <a href="#${name(`finding-${place}`)}">finding ${place}</a>, ${id}`
}

function changeBadge({ change, suppression }: Finding): Html | null {
  const words = [
    ...(change === undefined ? [] : [change === 'unchanged' ? 'known before' : change]),
    ...(suppression === undefined ? [] : ['accepted']),
  ]
  return words.length === 0 ? null : html`${words.map((word) => html`<span class="badge change">${word}</span>`)}`
}

function examplesList(report: Report, examples: readonly Example[]): Html | null {
  if (examples.length === 0) return null
  return html`<h4>Examples</h4>
    <ul class="plain examples">
      ${examples.slice(0, MOST_EXAMPLES).map((example) => exampleItem(report, example))}
    </ul>`
}

function exampleItem(report: Report, example: Example): Html {
  const text = stretches(example, LONGEST_CELL).map((part) =>
    part.marked ? html`<mark>${quoted(part.text)}</mark>` : html`${part.text}`,
  )
  const target =
    example.target === undefined ? null : html` <span class="quiet">→ <code>${quoted(example.target, 120)}</code></span>`
  return html`<li>
    <span class="where">${quoted(filePath(report, example.file), 120)} row ${example.row}, ${quoted(example.role, 20)}</span
    ><bdi>${text}</bdi>${target}
  </li>`
}

function evidenceTable(lines: readonly EvidenceLine[], count: number): Html | null {
  if (lines.length === 0) return null
  const heads = { text: ['What it is, and which side decides'], numbers: ['Value'] }
  const rows = lines.map(({ key, meaning, shown, decides }) => {
    const what = meaning === null ? html`<code>${quoted(key, LONGEST_CELL)}</code>` : html`${meaning}`
    return [html`${what}${decides === null ? null : html`<br /><span class="quiet small">${decides}</span>`}`, shortValue(shown)]
  })
  return html`<details>
    <summary>Evidence: ${amount(count, 'number')} and what ${count === 1 ? 'it says' : 'they say'}</summary>
    ${table(heads, rows)}
    ${count > lines.length ? html`<p>${number(count - lines.length)} more in <code>report.json</code>.</p>` : null}
  </details>`
}

/** Texts may be long: they break, as numbers must not. */
function shortValue(shown: string): Html {
  return shown.length <= 16 ? quoted(shown) : html`<span class="words">${quoted(shown, LONGEST_CELL)}</span>`
}

function rowList(report: Report, { rows }: Finding): Html | null {
  if (rows.length === 0) return null
  const byFile = new Map<number, number[]>()
  for (const { file, row } of rows.slice(0, MOST_ROWS)) byFile.set(file, [...(byFile.get(file) ?? []), row])
  const lists = [...byFile].map(
    ([file, list]) =>
      html`<p>
        <span class="quiet">${quoted(filePath(report, file), 200)}</span><br /><span class="mono">${list.join(', ')}</span>
      </p>`,
  )
  const more = rows.length - MOST_ROWS
  return html`<details>
    <summary>Rows</summary>
    ${lists}${more > 0 ? html`<p>${number(more)} more in <code>flags.parquet</code>.</p>` : null}
    <p class="quiet small">Numbers count from 0.</p>
  </details>`
}
