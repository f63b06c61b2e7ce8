/** Runs of letters and digits without a blank: Base64, Base32, hexadecimal. */
import { mayBeText, textOf } from './bytes.js'
import type { Kind, Piece } from './kinds.js'

/** UTF-16 units. Twelve bytes: three short words or the shortest link. */
const LEAST = 16
/** Units of a run that are decoded. */
const MOST = 16_384
const MOST_RUNS = 400
const MOST_LINES = 400

/** Base64 that was turned round. */
const TURNED = /={1,2}[A-Za-z0-9+/]{15,}/g

interface Span {
  readonly start: number
  readonly end: number
}

export function runPieces(text: string): Piece[] {
  const spans = spansOf(text)
  const pieces: Piece[] = []
  let inBlock = false
  for (let i = 0; i < spans.length; i++) {
    const lines = wrappedFrom(text, spans, i)
    const whole = lines > 1 ? wrapped(text, spans.slice(i, i + lines)) : null
    if (whole !== null) {
      pieces.push(whole)
      i += lines - 1
      continue
    }
    const single = runPiece(text, spans[i]!)
    // A line out of a block of bytes is no message of its own.
    for (const piece of single) pieces.push(lines > 1 || inBlock ? { ...piece, atHome: true } : piece)
    inBlock = lines > 1
  }
  return text.includes('=') ? [...pieces, ...turned(text)] : pieces
}

const IN_RUN = new Uint8Array(65_536)
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') IN_RUN[sign.charCodeAt(0)] = 1
const EQUALS = 61
const MOST_PADDING = 6

/** Runs with their padding. */
function spansOf(text: string): Span[] {
  const spans: Span[] = []
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && IN_RUN[text.charCodeAt(i)] === 1) continue
    if (i - start >= LEAST) {
      let end = i
      while (end < i + MOST_PADDING && text.charCodeAt(end) === EQUALS) end++
      if (spans.push({ start, end }) === MOST_RUNS) return spans
    }
    start = i + 1
  }
  return spans
}

/** @returns how many runs from here on are lines of one block: as long as each other, the last may be shorter */
function wrappedFrom(text: string, spans: readonly Span[], first: number): number {
  const width = lengthOf(spans[first]!)
  let at = first
  while (at + 1 < spans.length && at - first < MOST_LINES) {
    const [before, after] = [spans[at]!, spans[at + 1]!]
    if (
      text.charCodeAt(before.end - 1) === EQUALS ||
      lengthOf(before) !== width ||
      lengthOf(after) > width ||
      !isLineEnd(text, before.end, after.start)
    )
      break
    at++
  }
  return at - first + 1
}

const lengthOf = ({ start, end }: Span): number => end - start

function isLineEnd(text: string, from: number, to: number): boolean {
  return to - from <= 8 && /^[ \t]*(?:\\n|\r?\n)[ \t>]*$/.test(text.slice(from, to))
}

/** Wider than this it is how mails and PEM files are wrapped. */
const MAIL_WIDTH = 60
/** Longer than an order. */
const LONG_TEXT = 400
const MAIL_HEAD = /content-(?:transfer-encoding|type|disposition)\s*:|mime-version\s*:|-----BEGIN /i

function wrapped(text: string, spans: readonly Span[]): Piece | null {
  const [start, end] = [spans[0]!.start, spans.at(-1)!.end]
  const tail = /^[\w+/-]{1,15}={0,2}(?![\w+/=-])/.exec(text.slice(end).replace(/^[ \t]*\r?\n[ \t>]*/, ''))
  const last = tail !== null && isLineEnd(text, end, text.indexOf(tail[0], end)) ? tail[0] : ''
  const run = spans.map((span) => text.slice(span.start, span.end)).join('') + last
  for (const kind of kindsOf(run)) {
    const decoded = decodeRun(run, kind)
    if (decoded === null) continue
    const isMail = lengthOf(spans[0]!) >= MAIL_WIDTH && (decoded.length > LONG_TEXT || MAIL_HEAD.test(text))
    return { kind, start, end: last === '' ? end : text.indexOf(last, end) + last.length, decoded, atHome: isMail }
  }
  return null
}

function runPiece(text: string, span: Span): Piece[] {
  const whole = pieceAt(text, span)
  if (whole !== null) return [whole]
  const run = text.slice(span.start, span.end)
  if (!/[/_+-]/.test(run)) return []
  // What stands beside a slash or a dash may be a run of its own.
  return Array.from(run.matchAll(/[A-Za-z0-9]{16,}={0,6}/g)).flatMap(({ 0: part, index }) => {
    if (part.length === run.length) return []
    const piece = pieceAt(text, { start: span.start + index, end: span.start + index + part.length })
    return piece === null ? [] : [{ ...piece, atHome: true }]
  })
}

function pieceAt(text: string, { start, end }: Span): Piece | null {
  const run = text.slice(start, end)
  for (const kind of kindsOf(run)) {
    const decoded = decodeRun(run, kind)
    if (decoded !== null) return { kind, start, end, decoded, atHome: isField(text, start, end) }
  }
  return null
}

/** Part of an address or of a field `name=value`, `"name": "value"`. */
function isField(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 80), start)
  const word = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1)
  return (
    /[?&=/@.]$/.test(before) ||
    word.includes('://') ||
    /["']\s?[:=]\s?["']$/.test(before) ||
    /^[.@][A-Za-z0-9]/.test(text.slice(end, end + 2))
  )
}

function turned(text: string): Piece[] {
  return Array.from(text.matchAll(TURNED)).flatMap(({ 0: run, index }): Piece[] => {
    const decoded = decodeRun(Array.from(run.slice(0, MOST)).reverse().join(''), 'base64')
    return decoded === null ? [] : [{ kind: 'base64', start: index, end: index + run.length, decoded, atHome: false }]
  })
}

function kindsOf(run: string): Kind[] {
  const kinds: Kind[] = []
  if (/^(?:0[xX])?[0-9a-fA-F]+$/.test(run)) kinds.push('hex')
  if (/^(?:[A-Z2-7]+|[a-z2-7]+)=*$/.test(run) && /[2-7=]/.test(run)) kinds.push('base32')
  if (/^[\w+/-]+={0,2}$/.test(run)) kinds.push('base64')
  return kinds
}

function decodeRun(run: string, kind: Kind): string | null {
  const cut = run.length > MOST
  const used = cut ? run.slice(0, MOST) : run
  if (kind === 'hex') {
    const digits = used.replace(/^0x/i, '')
    return digits.length < LEAST ? null : textOf(Buffer.from(digits, 'hex'), cut)
  }
  if (kind === 'base32') return textOf(fromBase32(used.toUpperCase()), cut)
  // Most runs are words and paths: twelve bytes tell.
  return mayBeText(Buffer.from(used.slice(0, LEAST), 'base64')) ? textOf(Buffer.from(used, 'base64'), cut) : null
}

/** RFC 4648, section 6. */
function fromBase32(run: string): Uint8Array {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const letter of run) {
    const five = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)
    if (five < 0) break
    held = ((held << 5) | five) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 0xff)
    }
  }
  return Uint8Array.from(bytes)
}
