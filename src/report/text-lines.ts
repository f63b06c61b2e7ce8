/** Lines of an explanation for a terminal. */
import type { Example, Standing } from '../model/finding.js'
import { stretches } from './excerpt.js'
import { safeText } from './safe-text.js'

export interface TextOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
}

export type Paint = (style: keyof typeof STYLES, text: string) => string

type Quoted = Pick<Example, 'row' | 'role' | 'excerpt' | 'marks'> & { readonly target?: string | undefined }

const STYLES = { bold: 1, dim: 2, reverse: 7 } as const
export const LONGEST_FIELD = 600
const INDENT = 11
export const GAP = '  '

export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text)
}

/** How a finding stands beside what was known and accepted; empty where there is nothing to say. */
export function standingText({ change, suppression }: Standing): string {
  const until = suppression?.expires == null ? '' : ` until ${suppression.expires}`
  return [change ?? [], suppression === undefined ? [] : `accepted${until}: ${suppression.reason}`].flat().join('; ')
}

/** A row's excerpt with its marks. @param file what to name it by, ending in a blank; empty where that is known */
export function exampleLine(example: Quoted, file: string, width: number, paint: Paint): string {
  const where = `${file}row ${example.row} ${safeText(example.role, 20)}`
  const room = Math.max(40, width - where.length - 2 * GAP.length - 24)
  const text = stretches(example, room)
    .map(({ text, marked }) => (marked ? paint('reverse', `⟦${safeText(text)}⟧`) : safeText(text)))
    .join('')
  const target = example.target === undefined ? '' : ` → ${safeText(example.target, 120)}`
  return `${GAP}${paint('dim', where)}${GAP}${text}${target}`
}

/** A name and its text, wrapped under itself. */
export function fieldLines(name: string, text: string, width: number): string[] {
  const lead = `${GAP}${name}`.padEnd(INDENT)
  return wrap(safeText(text, LONGEST_FIELD), Math.max(30, width - INDENT)).map(
    (line, i) => (i === 0 ? lead : ' '.repeat(INDENT)) + line,
  )
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Lines of at most `room` units, broken at blanks; a word that has no room is broken between graphemes. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((whole) => piecesOf(whole, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function piecesOf(word: string, room: number): string[] {
  if (word.length <= room) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && piece.length + segment.length > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
