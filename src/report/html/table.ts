/** A table of the page. */
import { html, type Content, type Html } from '../html-text.js'

/** Titles of columns: those of text, then those of numbers. */
export interface Heads {
  readonly text: readonly string[]
  readonly numbers?: readonly string[]
}

/** @param rows cells in the order of the heads; the first says what its row is about */
export function table({ text, numbers = [] }: Heads, rows: readonly (readonly Content[])[]): Html {
  const cell = (content: Content, i: number): Html => {
    if (i === 0) return html`<th scope="row">${content}</th>`
    return i < text.length ? html`<td>${content}</td>` : html`<td class="number">${content}</td>`
  }
  return html`<table>
    <thead>
      <tr>
        ${text.map((head) => html`<th scope="col">${head}</th>`)}${numbers.map((head) => html`<th scope="col" class="number">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(cell)}
          </tr>`,
      )}
    </tbody>
  </table>`
}
