/** Characters as numbers apart from each other (binary, hexadecimal, decimal, octal), and Morse. */
import { textOf } from './bytes.js'
import type { Kind, Piece } from './kinds.js'
import type { Token } from './tokens.js'
import { runsOf } from './tokens.js'

const LEAST_CODES = 8

/** Tokens of one base; the widest gap between them is `, ` or a line end. */
export function codePieces(text: string, tokens: readonly Token[]): Piece[] {
  return [
    ...octets(text, tokens),
    ...numbers(text, tokens, 'hex', /^(?:0x|x)?[0-9a-f]{2}h?$/i, (token) => parseInt(token.replace(/^0?x/i, ''), 16)),
    ...numbers(text, tokens, 'character-codes', /^\d{2,3}$/, Number),
    ...numbers(text, tokens, 'character-codes', /^[01]?[0-7]{2}$/, (token) => parseInt(token, 8)),
  ]
}

function numbers(text: string, tokens: readonly Token[], kind: Kind, form: RegExp, value: (token: string) => number): Piece[] {
  const runs = runsOf(text, tokens, LEAST_CODES, ({ word }) => form.test(word))
  return runs.flatMap((run) =>
    pieceOf(
      text,
      kind,
      run,
      run.map(({ word }) => value(word)),
    ),
  )
}

/** Eight digits a character, or seven, with blanks between or without. */
function octets(text: string, tokens: readonly Token[]): Piece[] {
  return runsOf(text, tokens, 1, ({ word }) => word.length >= 7 && /^[01]+$/.test(word)).flatMap((run) => {
    const digits = run.map(({ word }) => word).join('')
    const size = run.every(({ word }) => word.length === 7) || digits.length % 8 !== 0 ? 7 : 8
    if (digits.length < LEAST_CODES * size || digits.length % size !== 0) return []
    const codes = Array.from(digits.matchAll(size === 8 ? /\d{8}/g : /\d{7}/g), ([octet]) => parseInt(octet, 2))
    return pieceOf(text, 'binary', run, codes)
  })
}

function pieceOf(text: string, kind: Kind, run: readonly Token[], codes: readonly number[]): Piece[] {
  if (codes.some((code) => code > 255)) return []
  const decoded = textOf(Uint8Array.from(codes))
  const [start, end] = [run[0]!.start, run.at(-1)!.end]
  return decoded === null ? [] : [{ kind, start: text[start - 1] === '\\' ? start - 1 : start, end, decoded, atHome: false }]
}

const MORSE: ReadonlyMap<string, string> = new Map(
  (
    'a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- ' +
    'y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----. :---... /-..-. ..-.-.- ,--..-- ?..--.. ' +
    '!-.-.-- @.--.-. --....- \'.----. "-..-. ='
  )
    .split(' ')
    .filter((entry) => entry.length > 1)
    .map((entry) => [entry.slice(1), entry[0]!]),
)

const FEWEST_SIGNS = 6
const STRETCH = /[.·•_–—/|\s-]{24,8000}/g

/** Letters parted by blanks, words by more of them or by a slash. */
export function morsePieces(text: string): Piece[] {
  return Array.from(text.matchAll(STRETCH)).flatMap(({ 0: raw, index }): Piece[] => {
    const run = raw.replace(/[·•]/g, '.').replace(/[_–—]/g, '-')
    const words = wordsOf(run)
    const letters = words.map((word) => word.split(/\s/).map((sign) => MORSE.get(sign)))
    const all = letters.flat()
    if (all.length < LEAST_CODES || all.filter((letter) => letter === undefined).length > all.length / 20) return []
    // Rules and borders are the same few signs over and over.
    if (new Set(all).size < FEWEST_SIGNS) return []
    const decoded = letters.map((word) => word.map((letter) => letter ?? '').join('')).join(' ')
    const start = index + (raw.length - raw.trimStart().length)
    return [{ kind: 'morse', start, end: start + raw.trim().length, decoded, atHome: false }]
  })
}

/** A slash, a bar, or two blanks part words. */
function wordsOf(run: string): string[] {
  return run
    .split(/[/|]|\s\s/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
