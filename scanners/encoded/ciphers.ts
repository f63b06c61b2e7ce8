/** Caesar shifts (ROT13 among them), Atbash and reversed text, told by the words that come out. */
import { intentOf } from './intent.js'
import type { Kind, Piece } from './kinds.js'
import type { Token } from './tokens.js'
import { COMMON, knownBits, UNKNOWN_BITS } from './words.js'

const LETTERS = 26
const ATBASH = 26
const REVERSED = 27
const CIPHERS = 28
/** Shorter images are words by chance. */
const LEAST_LETTERS = 3
const LEAST_HITS = 3

/** `cipher` 1 to 25 shifts back by as many letters. */
function decipher(text: string, cipher: number): string {
  if (cipher === REVERSED) return Array.from(text).reverse().join('')
  return text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0)
    const base = code < 97 ? 65 : 97
    const at = code - base
    return String.fromCharCode(base + (cipher === ATBASH ? LETTERS - 1 - at : (at + LETTERS - cipher) % LETTERS))
  })
}

/** What the common words become, and by which ciphers; images that are common words themselves left out. */
function imagesOf(): ReadonlyMap<string, readonly number[]> {
  const images = new Map<string, number[]>()
  for (const word of COMMON) {
    if (word.length < LEAST_LETTERS) continue
    for (let cipher = 1; cipher < CIPHERS; cipher++) {
      const back = cipher < ATBASH ? LETTERS - cipher : cipher
      const image = decipher(word, back)
      if (!COMMON.has(image)) images.set(image, [...(images.get(image) ?? []), cipher])
    }
  }
  return images
}

export const IMAGES = imagesOf()

/** 1 in 10^12 by chance, for one cipher and one place. */
const LEAST_BITS = 40
/** A common word as it stands says that nothing is enciphered. */
const PLAIN_BITS = -12
const LONGEST_TAIL = 3

export function cipherPieces(text: string, tokens: readonly Token[]): Piece[] {
  const lower = tokens.map(({ word }) => word.toLowerCase())
  const images = lower.map((word) => IMAGES.get(word))
  const hits = new Uint32Array(CIPHERS)
  images.forEach((ciphers) => ciphers?.forEach((cipher) => (hits[cipher] = hits[cipher]! + 1)))
  const pieces: (Piece & { bits: number })[] = []
  for (let cipher = 1; cipher < CIPHERS; cipher++) {
    if (hits[cipher]! < LEAST_HITS) continue
    const piece = bestStretch(text, tokens, lower, images, cipher)
    if (piece !== null) pieces.push(piece)
  }
  // Of ciphers that claim one place the likeliest is right.
  return pieces
    .sort((a, b) => b.bits - a.bits)
    .filter((piece, i, all) => !all.slice(0, i).some((other) => other.start < piece.end && piece.start < other.end))
}

/** Kadane's best stretch of words under one cipher. */
function bestStretch(
  text: string,
  tokens: readonly Token[],
  lower: readonly string[],
  images: readonly (readonly number[] | undefined)[],
  cipher: number,
): (Piece & { bits: number }) | null {
  let best = { from: 0, to: 0, bits: 0 }
  let bits = 0
  let from = 0
  for (let i = 0; i < lower.length; i++) {
    bits += bitsUnder(lower[i]!, images[i]?.includes(cipher) === true)
    if (bits <= 0) {
      bits = 0
      from = i + 1
    } else if (bits > best.bits) best = { from, to: i + 1, bits }
  }
  if (best.bits < LEAST_BITS) return null
  const [start, end] = widened(text, tokens, lower, best.from, best.to, cipher)
  const kind: Kind = cipher === REVERSED ? 'reversed' : 'caesar'
  return { kind, start, end, decoded: readout(text.slice(start, end), cipher), atHome: false, bits: best.bits }
}

function bitsUnder(word: string, isImage: boolean): number {
  if (word.length < LEAST_LETTERS) return 0
  if (isImage) return knownBits(word.length)
  return COMMON.has(word) ? PLAIN_BITS : UNKNOWN_BITS
}

/** Names are no common words: those beside the stretch, up to the end of its sentence, belong to it. */
function widened(
  text: string,
  tokens: readonly Token[],
  lower: readonly string[],
  from: number,
  to: number,
  cipher: number,
): [number, number] {
  const isNext = (at: number, a: number, b: number): boolean =>
    at >= 0 && at < tokens.length && !COMMON.has(lower[at]!) && !/[.?!:\n]/.test(text.slice(a, b))
  let first = from
  let last = to - 1
  for (let i = 0; i < LONGEST_TAIL && isNext(first - 1, tokens[first - 1]?.end ?? 0, tokens[first]!.start); i++) first--
  for (let i = 0; i < LONGEST_TAIL && isNext(last + 1, tokens[last]!.end, tokens[last + 1]?.start ?? 0); i++) last++
  const [start, end] = [tokens[first]!.start, tokens[last]!.end]
  const isMark = (at: number): boolean => /[.!?]/.test(text.charAt(at))
  return cipher === REVERSED ? [isMark(start - 1) ? start - 1 : start, end] : [start, isMark(end) ? end + 1 : end]
}

/** Words turned round one by one keep their order; a text turned round as a whole does not. */
function readout(encoded: string, cipher: number): string {
  if (cipher !== REVERSED) return decipher(encoded, cipher)
  const whole = decipher(encoded, cipher)
  const each = encoded.replace(/\S+/g, (word) => decipher(word, cipher))
  const strength = (text: string): number => intentOf(text)?.strength ?? 0
  return strength(each) > strength(whole) ? each : whole
}

const SCHEMES = new Map(
  ['http', 'https'].flatMap((scheme) =>
    Array.from({ length: LETTERS - 1 }, (_, i): [string, number] => [decipher(scheme, LETTERS - 1 - i), i + 1]),
  ),
)
const REST = /^:\/\/[\w.-]{4,200}[\w/?=&%#.~-]{0,200}/
const LINK_TURNED = /[\w/?=&%#.~-]{0,200}[\w.-]{3,200}\/\/:s?ptth/gi

/** Addresses, which hold few common words: `uggcf://…`, `moc.…//:sptth`. */
export function cipherLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z]{4,5}$/i.exec(text.slice(Math.max(0, at - 5), at))?.[0] ?? ''
    const shift = SCHEMES.get(scheme.toLowerCase())
    const rest = shift === undefined ? null : REST.exec(text.slice(at, at + 400))
    if (shift === undefined || rest === null) continue
    const [start, end] = [at - scheme.length, at + rest[0].length]
    pieces.push({ kind: 'caesar', start, end, decoded: decipher(text.slice(start, end), shift), atHome: false })
  }
  if (!/\/\/:s?ptth/i.test(text)) return pieces
  const turned = Array.from(text.matchAll(LINK_TURNED), ({ 0: link, index }): Piece => {
    return { kind: 'reversed', start: index, end: index + link.length, decoded: decipher(link, REVERSED), atHome: false }
  })
  return [...pieces, ...turned]
}
