/** Values as findings may show them: enough to tell what they are, never enough to use them. */
import type { Example } from '../../src/model/finding.js'
import { secretSpans } from '../../src/secrets/secrets.js'
import type { Datum } from './kinds.js'

const MASK = '****'
const EXCERPT = 280
const LEAD = 90
/** UTF-16 units of the text from which an excerpt is made; keys may be longer than the excerpt. */
const WINDOW = 400

/** @param written as it stands in the text */
export function masked({ kind, type }: Pick<Datum, 'kind' | 'type'>, written: string): string {
  switch (kind) {
    case 'email': {
      const at = written.lastIndexOf('@')
      const domain = written.slice(at + 1)
      return `${first(written)}***@${first(domain)}***${domain.slice(domain.lastIndexOf('.'))}`
    }
    case 'phone':
      return digitsMasked(written, 2)
    case 'card':
      return `${MASK} ${written.slice(-4).replace(/\D/g, '*')}`
    case 'iban':
      return `${written.slice(0, 2)}** ${MASK}`
    case 'ip-address':
      return type === 'IPv4' ? `${written.split('.')[0]!}.***.***.***` : `${written.split(':')[0]!}:****`
    case 'national-id':
      return written.replace(/[\p{L}\p{N}]/gu, '*')
    case 'postal-address':
    case 'password':
    case 'canary':
    case 'repeated-token':
      return MASK
    case 'private-key':
      return type.includes('private key') ? `-----BEGIN ${type.toUpperCase()}-----${MASK}` : MASK
    case 'credential': {
      const prefix =
        /^(?:[a-z]{2,6}_(?:live_|pat_)?|[A-Z]{2}\.|AKIA|ASIA|AIza|xox[a-z]-|sk-(?:ant-|proj-)?)/.exec(written)?.[0] ?? ''
      return prefix.length * 3 <= written.length ? prefix + MASK : MASK
    }
  }
}

function first(text: string): string {
  return Array.from(text.slice(0, 2))[0] ?? ''
}

/** All digits but the last few. */
function digitsMasked(written: string, keep: number): string {
  let left = written.replace(/\D/g, '').length - keep
  return written.replace(/\d/g, (digit) => (left-- > 0 ? '*' : digit))
}

interface Piece {
  readonly start: number
  readonly end: number
  readonly shown: string
  readonly marked: boolean
}

/**
 * The words around `telling`, with every value of `data`, all that the project masks in reports, and every other place of
 * `written` masked: what a word gave away once may stand without it elsewhere.
 * @param written values of the row as they are written
 */
export function maskedExcerpt(
  text: string,
  data: readonly Datum[],
  telling: Datum,
  written: readonly string[],
): Pick<Example, 'excerpt' | 'marks'> {
  const from = Math.max(0, telling.start - LEAD)
  const to = Math.min(text.length, Math.max(telling.end, from) + WINDOW)
  const pieces = piecesOf(text, data, telling, from, to, written)
  let excerpt = ''
  const marks: [number, number][] = []
  let at = from
  for (const { start, end, shown, marked } of pieces) {
    excerpt += text.slice(at, Math.max(at, start))
    at = end
    if (excerpt.length >= EXCERPT) break
    if (marked) marks.push([excerpt.length, Math.min(excerpt.length + shown.length, EXCERPT)])
    excerpt += shown
  }
  if (excerpt.length < EXCERPT) excerpt += text.slice(at, Math.max(at, to))
  return { excerpt: excerpt.slice(0, EXCERPT).toWellFormed(), marks }
}

/** What is masked in [from, to), in order, none overlapping another; a piece may reach out of it. */
function piecesOf(
  text: string,
  data: readonly Datum[],
  telling: Datum,
  from: number,
  to: number,
  written: readonly string[],
): Piece[] {
  const own = data
    .filter(({ start, end }) => start < to && end > from)
    .map((datum): Piece => {
      const { start, end } = datum
      return { start, end, shown: masked(datum, text.slice(start, end)), marked: datum.kind === telling.kind }
    })
  const window = text.slice(from, to)
  const others = [...secretSpans(window, true), ...written.flatMap((value) => placesOf(window, value))].map(
    ({ start, end }): Piece => ({ start: from + start, end: from + end, shown: MASK, marked: false }),
  )
  const pieces: Piece[] = []
  for (const piece of [...own, ...others].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = pieces.at(-1)
    if (last === undefined || piece.start >= last.end) {
      pieces.push(piece)
      continue
    }
    const winner = piece.marked && !last.marked ? piece : last
    pieces[pieces.length - 1] = { ...winner, start: last.start, end: Math.max(last.end, piece.end) }
  }
  return pieces
}

function placesOf(text: string, value: string): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = []
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
    places.push({ start: at, end: at + value.length })
  return places
}
