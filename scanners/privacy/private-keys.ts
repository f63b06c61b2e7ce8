/** Private keys: PEM and OpenPGP blocks, age, PuTTY, and those of wallets by their checksums. */
import { createHash } from 'node:crypto'
import { distinct } from './context.js'
import type { Datum } from './kinds.js'

const BLOCK = /-----BEGIN ?([A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?)-----/g
/** UTF-16 units of the longest key that is read: 16,384 bits of RSA. */
const LONGEST_BLOCK = 16_384
/** The shortest body, of Ed25519 in PKCS #8, is 64 characters; a shorter piece is a manual's. */
const SHORTEST_BODY = 60
/** Kinds of characters in 64 of Base64: 40 are expected. */
const FEWEST_DISTINCT = 22
/** What a cut key still has. */
const SHORTEST_CUT = 200

const AGE = /(?<!\w)AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(?!\w)/g
const PUTTY = /Private-Lines: \d{1,3}\s{1,4}([A-Za-z0-9+/=\s]{64,16384})/g
/** Bitcoin's wallet import format, and BIP 32 extended private keys. */
const WALLET =
  /(?<![1-9A-HJ-NP-Za-km-z])(?:[5KL][1-9A-HJ-NP-Za-km-z]{50,51}|[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107,108})(?![1-9A-HJ-NP-Za-km-z])/g
/** Ethereum and the like: 256 bits beside what they are. */
const HEX_KEY = /private[_ -]?key["'`]?\s{0,3}(?::|=|is)\s{0,3}["'`]?((?:0x)?[0-9a-f]{64})(?![0-9a-f])/gi
/** BIP 39: 12 to 24 words of three to eight letters behind what they are. */
const MNEMONIC =
  /(?:mnemonic|(?:seed|recovery|backup|secret) phrase)[^\p{L}\n]{0,6}(?:(?:is|are)[^\p{L}\n]{1,4})?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?![a-z])(?! [a-z])/giu
const MNEMONIC_LENGTHS: readonly number[] = [12, 15, 18, 21, 24]
/** Frequent words that the BIP 39 list does not have. */
const NOT_IN_LIST =
  /\b(?:the|and|for|are|was|but|not|his|her|our|has|had|its|from|were|been|will|your|which|would|could|should|used|using|words?|phrases?|seeds?|wallets?)\b/

export function privateKeys(text: string): Datum[] {
  const found: Datum[] = []
  if (text.includes('PRIVATE KEY')) found.push(...blocks(text))
  if (text.includes('AGE-SECRET')) for (const { 0: key, index } of text.matchAll(AGE)) found.push(at('age key', index, key))
  if (text.includes('Private-Lines')) {
    for (const { 0: all, index } of text.matchAll(PUTTY)) if (isBody(all)) found.push(at('PuTTY key', index, all))
  }
  return found
}

/** Keys of wallets: they hold money. */
export function walletKeys(text: string): Datum[] {
  const found: Datum[] = []
  for (const { 0: key, index } of text.matchAll(WALLET)) if (hasBase58Check(key)) found.push(at('wallet key', index, key))
  for (const { 0: all, 1: key = '', index } of text.matchAll(HEX_KEY)) {
    if (distinct(key.replace(/^0x/, '')) >= 10 && !/(.)\1{7}|0123456789/.test(key))
      found.push(at('wallet key', index + all.indexOf(key), key))
  }
  return found
}

export function mnemonics(text: string): Datum[] {
  return Array.from(text.matchAll(MNEMONIC)).flatMap(({ 0: all, 1: words = '', index }): Datum[] => {
    const list = words.toLowerCase().split(' ')
    const holds =
      MNEMONIC_LENGTHS.includes(list.length) &&
      !NOT_IN_LIST.test(words.toLowerCase()) &&
      distinct(list.join('')) >= 12 &&
      new Set(list).size >= 10
    return holds ? [at('wallet mnemonic', index + all.lastIndexOf(words), words)] : []
  })
}

function blocks(text: string): Datum[] {
  const found: Datum[] = []
  let done = 0
  for (const { 0: head, 1: label = '', index } of text.matchAll(BLOCK)) {
    if (index < done) continue
    const rest = text.slice(index + head.length, index + head.length + LONGEST_BLOCK)
    const close = rest.indexOf('-----END')
    const body = close < 0 ? (/^(?:[A-Za-z0-9+/=]|\s|\\[nr]){0,16384}/.exec(rest)?.[0] ?? '') : rest.slice(0, close)
    if (!isBody(body) || (close < 0 && body.length < SHORTEST_CUT)) continue
    done = index + head.length + body.length
    found.push({ kind: 'private-key', type: typeOf(label), start: index, end: done, value: lettersOf(body) })
  }
  return found
}

/** Of few kinds, whatever a text calls its keys. */
function typeOf(label: string): string {
  const [kind = ''] = /^(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP)\b/.exec(label.trim()) ?? []
  return `${kind} private key`.trim().toLowerCase()
}

function lettersOf(body: string): string {
  return body
    .replace(/\\[nr]/g, '')
    .replace(/^[\w-]{1,40}:[^\n]{0,100}$/gm, '')
    .replace(/[^A-Za-z0-9+/=]/g, '')
}

function isBody(body: string): boolean {
  const letters = lettersOf(body)
  return letters.length >= SHORTEST_BODY && distinct(letters) >= FEWEST_DISTINCT && !/\.{3}|…|(.)\1{20}/.test(body)
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Whether the last four bytes are the first of the double SHA-256 of the others. */
function hasBase58Check(text: string): boolean {
  let number = 0n
  for (const letter of text) number = number * 58n + BigInt(BASE58.indexOf(letter))
  const hex = number.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  const payload = bytes.subarray(0, -4)
  return sha256(sha256(payload)).subarray(0, 4).equals(bytes.subarray(-4))
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function at(type: string, start: number, value: string): Datum {
  return { kind: 'private-key', type, start, end: start + value.length, value }
}
