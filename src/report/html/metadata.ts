/** What metadata beside the data declares, file by file. */
import type { MetadataReceipt } from '../../model/provenance.js'
import { html, quoted, type Content, type Html } from '../html-text.js'
import { amount, number } from '../summary.js'
import { table } from './table.js'

const MOST_PROBLEMS = 5
const LONGEST = 600

export function metadataDetails(metadata: readonly MetadataReceipt[]): Html {
  const heads = { text: ['Metadata', 'What it declares, and what is wrong with it'], numbers: ['Files', 'Digests'] }
  return html`<details>
    <summary>Metadata: ${number(metadata.length)}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Metadata">${table(heads, metadata.map(metadataCells))}</div>
  </details>`
}

function metadataCells({
  path,
  kind,
  licenses,
  origins,
  terms,
  error,
  problems,
  files,
  digests,
}: MetadataReceipt): readonly Content[] {
  const said = [
    ...(error === null ? [] : [`cannot be read: ${error}`]),
    ...(licenses.length === 0 ? [] : [`licence: ${licenses.join(', ')}`]),
    ...(origins.length === 0 ? [] : [`from: ${origins.join(', ')}`]),
    ...(terms.length === 0 ? [] : [`terms: ${terms.join(', ')}`]),
    ...problems.slice(0, MOST_PROBLEMS),
    ...(problems.length > MOST_PROBLEMS ? [amount(problems.length - MOST_PROBLEMS, 'more mistake')] : []),
  ]
  const [first = 'nothing of licence or origin', ...rest] = said
  return [
    [quoted(path, 300), html`<br /><span class="small">${kind}</span>`],
    [quoted(first, LONGEST), ...rest.map((text) => html`<br />${quoted(text, LONGEST)}`)],
    number(files),
    number(digests),
  ]
}
