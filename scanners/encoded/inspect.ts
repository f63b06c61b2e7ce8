/** All that a text holds in another writing, decoded as often as it takes. */
import { cipherLinks, cipherPieces } from './ciphers.js'
import { codePieces, morsePieces } from './codes.js'
import { entityPieces, escapePieces, percentPieces } from './escapes.js'
import type { Intent } from './intent.js'
import { intentOf } from './intent.js'
import type { Piece } from './kinds.js'
import { SIGNS, signsOf } from './prefilter.js'
import { runPieces } from './runs.js'
import { leetPieces, spacedPieces } from './styles.js'
import { tokensOf } from './tokens.js'

/** A piece that says something once it is decoded. */
export interface Message extends Piece, Intent {
  /** Encodings one in the other. */
  readonly depth: number
}

/** Encodings one in the other that are undone. */
const DEPTH = 4
/** Of a decoded text: so much of it must be encoded again to be taken for nothing else. */
const COVERED = 0.7
const MOST_MESSAGES = 64

/** @returns in the order of the text, none inside another; empty for nearly every text */
export function inspect(text: string): Message[] {
  const messages: Message[] = []
  for (const piece of piecesOf(text)) {
    const message = messageOf(piece)
    if (message !== null) messages.push(message)
    if (messages.length === MOST_MESSAGES) break
  }
  const telling = (message: Message): number => message.strength * 4 + (message.want === 'text' ? 0 : 1)
  return messages
    .sort((a, b) => telling(b) - telling(a) || a.start - b.start || b.end - a.end)
    .filter((message, i, all) => !all.slice(0, i).some((other) => other.start < message.end && message.start < other.end))
    .sort((a, b) => a.start - b.start)
}

/** What a piece says in the end, whatever it is wrapped in. */
function messageOf(piece: Piece): Message | null {
  let best: Message | null = null
  let decoded = piece.decoded.trim()
  for (let depth = 1; depth <= DEPTH; depth++) {
    const intent = intentOf(decoded)
    // Enciphered prose looks like prose: what comes out of it tells more.
    if (intent !== null && (best === null || intent.want !== 'text')) best = { ...piece, decoded, ...intent, depth }
    if (intent !== null && intent.want !== 'text') return best
    const inner = piecesOf(decoded).find(({ start, end }) => end - start >= COVERED * decoded.length)
    if (inner === undefined) return best
    decoded = inner.decoded.trim()
  }
  return best
}

function piecesOf(text: string): Piece[] {
  const signs = signsOf(text)
  if (signs === 0) return []
  const has = (sign: keyof typeof SIGNS): boolean => (signs & SIGNS[sign]) !== 0
  const pieces: Piece[] = []
  if (has('run')) pieces.push(...runPieces(text))
  if (has('escape')) pieces.push(...escapePieces(text))
  if (has('entity')) pieces.push(...entityPieces(text))
  if (has('percent')) pieces.push(...percentPieces(text))
  if (has('morse')) pieces.push(...morsePieces(text))
  if (has('leet')) pieces.push(...leetPieces(text))
  if (has('link')) pieces.push(...cipherLinks(text))
  if (!has('codes') && !has('letters') && !has('cipher')) return pieces
  const tokens = tokensOf(text)
  if (has('codes')) pieces.push(...codePieces(text, tokens))
  if (has('letters')) pieces.push(...spacedPieces(text, tokens))
  if (has('cipher')) pieces.push(...cipherPieces(text, tokens))
  return pieces
}
