/** The one function between data and the review's page, which shows pieces as text nodes: kin of src/report/safe-text.ts. */
import { replaceHazards, safeText } from '../report/safe-text.js'
import type { Piece } from './api.js'
import type { Range } from './phrase.js'

/** Cannot be left over: a NUL is a hazard itself. */
const BORDER = '\0'

/**
 * Text cut at its marks, with what hides or acts in pieces of its own. Line breaks and tabs stay: the page shows them as such.
 * @param marks ascending and apart
 */
export function piecesOf(text: string, marks: readonly Range[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const [start, end] of marks) {
    pieces.push(...stretch(text.slice(at, start), false), ...stretch(text.slice(start, end), true))
    at = end
  }
  return [...pieces, ...stretch(text.slice(at), false)]
}

/** On one line: breaks are shown as signs. */
export function linePieces(text: string, marks: readonly Range[]): Piece[] {
  return piecesOf(text.replace(/[\n\t]/g, ' '), marks)
}

function stretch(text: string, marked: boolean): Piece[] {
  const parts = replaceHazards(text, (hazard) =>
    hazard === '\n' || hazard === '\t' ? hazard : BORDER + safeText(hazard) + BORDER,
  ).split(BORDER)
  const pieces: Piece[] = []
  let hidden = ''
  const flush = (): void => {
    if (hidden !== '') pieces.push({ text: hidden, hidden: true, ...(marked ? { marked } : {}) })
    hidden = ''
  }
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1) hidden += part
    else if (part !== '') {
      flush()
      pieces.push({ text: part, ...(marked ? { marked } : {}) })
    }
  }
  flush()
  return pieces
}
