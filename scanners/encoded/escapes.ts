/** Escapes of characters: those of programs, of markup and of addresses. */
import { printable, textOf } from './bytes.js'
import type { Piece } from './kinds.js'

/** Units of one run of escapes. */
const MOST = 32_768
const ESCAPES = /(?:(?:\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\\[0-3][0-7]{2}|U\+[0-9a-f]{4,6}[,;]?) ?){6,5000}/gi
const ONE_ESCAPE = /\\u\{?([0-9a-f]{1,6})\}?|\\x([0-9a-f]{2})|\\([0-7]{3})|U\+([0-9a-f]{4,6})[,;]? ?/gi
const ENTITIES = /(?:&#(?:\d{1,7}|x[0-9a-f]{1,6});? ?){6,5000}/gi
const ONE_ENTITY = /&#(?:(\d{1,7})|x([0-9a-f]{1,6}));?/gi
const MOST_CODE = 0x10ffff

export function escapePieces(text: string): Piece[] {
  return Array.from(text.matchAll(ESCAPES)).flatMap(({ 0: run, index }): Piece[] => {
    const isBytes = !/\\u|U\+/i.test(run)
    const codes = Array.from(run.matchAll(ONE_ESCAPE), ([, u, x, octal, plus]) =>
      parseInt((u ?? x ?? octal ?? plus)!, octal === undefined ? 16 : 8),
    )
    const blanks = run.replace(ONE_ESCAPE, (one) => (one.startsWith('U') ? '' : '·'))
    const decoded = isBytes && !blanks.includes(' ') ? textOf(Uint8Array.from(codes)) : withBlanks(run, ONE_ESCAPE, codes)
    return piece('escapes', index, run, decoded)
  })
}

export function entityPieces(text: string): Piece[] {
  return Array.from(text.matchAll(ENTITIES)).flatMap(({ 0: run, index }): Piece[] => {
    const codes = Array.from(run.matchAll(ONE_ENTITY), ([, decimal, hex]) =>
      parseInt(decimal ?? hex!, decimal === undefined ? 16 : 10),
    )
    return piece('entities', index, run, withBlanks(run, ONE_ENTITY, codes))
  })
}

function withBlanks(run: string, one: RegExp, codes: readonly number[]): string | null {
  if (codes.some((code) => code > MOST_CODE || Number.isNaN(code))) return null
  let i = 0
  return printable(run.replace(one, () => String.fromCodePoint(codes[i++]!)))
}

/** Letters beyond ASCII are escaped as a matter of course. */
function piece(kind: 'escapes' | 'entities', start: number, run: string, decoded: string | null): Piece[] {
  if (decoded === null) return []
  const ascii = decoded.replace(/[^A-Za-z0-9]/g, '').length
  return [{ kind, start, end: start + run.trimEnd().length, decoded, atHome: ascii < decoded.length / 2 }]
}

const LEAST_PERCENT = 3
/** What does not hide that it is an address, or the value of an attribute. */
const ADDRESS = /:\/\/|\bwww\.|=(?:3D)?["']/i
/** A letter or digit needs no escape: where most escapes are of such, somebody hides something. */
const NEEDLESS_SHARE = 0.5

export function percentPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const { 0: token, index } of text.matchAll(/[^\s"'<>`()]+/g)) {
    if (!token.includes('%') || token.length > MOST) continue
    const escapes = Array.from(token.matchAll(/%([0-9a-f]{2})/gi), ([, hex]) => parseInt(hex!, 16))
    const decoded = escapes.length < LEAST_PERCENT ? null : percentDecoded(token)
    if (decoded === null) continue
    const needless = escapes.filter((code) => /[A-Za-z0-9]/.test(String.fromCharCode(code))).length
    // `a%20b` reads as it stands, and is how addresses and names of files are written.
    const atHome = needless < NEEDLESS_SHARE * escapes.length || ADDRESS.test(text.slice(Math.max(0, index - 8), index) + token)
    pieces.push({ kind: 'percent', start: index, end: index + token.length, decoded, atHome })
  }
  return pieces
}

function percentDecoded(token: string): string | null {
  try {
    return printable(decodeURIComponent(token.replace(/\+/g, ' ')))
  } catch {
    return null
  }
}
