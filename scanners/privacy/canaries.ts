/**
 * Sequences drawn at random that only repetition makes telling: the canaries of Carlini et al., _The Secret Sharer_ (2019),
 * which stand in a fixed frame (`The random number is 281265017`), and long random tokens.
 */
import { changeShare } from '../../src/secrets/random-token.js'
import { distinct, isSequence } from './context.js'
import type { Datum } from './kinds.js'

const SEQUENCE =
  /(?<![\w.,$€£¥#/:=+(-])(?:\d(?:[ -]?\d){5,23}|(?=[A-Za-z]{0,24}\d)[A-Za-z0-9]{12,64})(?![\w(/=:+]|[.,-][\w]| ?%)/g
const SENTENCE_END = /^["'”’»)]{0,2}(?:[.!?]["'”’]?(?:\s|$)|\s{0,4}(?:\n|$))/
/** The three words before the sequence; what stands before them may be the end of a sentence without its stop. */
const FRAME = /(?<![\p{L}\p{M}\d'’-])(?:[\p{L}\p{M}'’-]{1,24}[,:]? {1,2}){3}$/u
const FRAME_REACH = 90
/** What has a number of its own that companies and publishers repeat. */
const PUBLIC_NUMBER = /\b(?:call\w*|dial\w*|(?:tele)?phone|fax|tel|ring|text|contact|issn|isbn|vat|zip)\b/
const TELEPHONE = /^(?:1[ -])?\d{3}[ -]\d{3}[ -]\d{4}$/
/** Kinds of digits or letters in a sequence that is neither a date, a round number nor a count. */
const FEWEST_DISTINCT_DIGITS = 4
const DATE =
  /^(?:(?:19|20)\d\d[ -]?(?:0\d|1[0-2])[ -]?[0-3]\d|[0-3]?\d[ -][0-3]?\d[ -](?:19|20)\d\d|(?:19|20)\d\d[ -](?:19|20)\d\d)/
/** Numbers that everybody writes: powers of two, physical and mathematical constants, hash constants. */
const KNOWN = new Set([
  '299792458',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '1000000007',
  '998244353',
  '16777216',
  '16777215',
  '1048576',
  '524288',
  '262144',
  '131072',
  '142857',
  '314159',
  '3141592',
  '31415926',
  '314159265',
  '271828',
  '2718281',
  '1103515245',
  '65536',
  '8388608',
  '33554432',
  '67108864',
  '134217728',
  '268435456',
  '536870912',
  '1073741824',
  '86400000',
  '604800',
  '31536000',
  '1618033',
])
const TELLING = /\b(?:random|secret|canary|code|pin|password|passcode|key|combination|token|number|id|ssn)\b/i

const TOKEN = /(?<![\w./:=&?#%@+\\~-])[A-Za-z0-9]{20,48}(?![\w/=&%@+\\-]|\.\w)/g
const HASH_LENGTHS: readonly number[] = [32, 40, 56, 64, 96, 128]
const TOKEN_CHANGES = 0.25
/** Share of a token of capitals and small letters that looks like words: 0.2 if drawn at random, more in names of code. */
const MOST_IN_RUNS = 0.55
const SEQUENCE_CHANGES = 0.25

/** All weak: {@link isTellingFrame} and how often they come decide. */
export function canaries(text: string): Datum[] {
  const found: Datum[] = []
  for (const { 0: written, index } of text.matchAll(SEQUENCE)) {
    const end = index + written.length
    if (!SENTENCE_END.test(text.slice(end, end + 8)) || !isRandomSequence(written)) continue
    const frame = FRAME.exec(text.slice(Math.max(0, index - FRAME_REACH), index))?.[0]
    if (frame === undefined) continue
    const words = frame
      .toLowerCase()
      .replace(/[^\p{L}]+/gu, ' ')
      .trim()
    if (PUBLIC_NUMBER.test(words) || TELEPHONE.test(written)) continue
    const value = written.replace(/[ -]/g, '')
    found.push({ kind: 'canary', type: 'sequence', start: index, end, value, frame: words, weak: true })
  }
  return found
}

export function randomTokens(text: string): Datum[] {
  return Array.from(text.matchAll(TOKEN)).flatMap(({ 0: value, index }): Datum[] => {
    const isHash = /^[0-9a-f]+$/i.test(value) && HASH_LENGTHS.includes(value.length)
    const random =
      /\d/.test(value) && /[a-z]/i.test(value) && !isName(value) && distinct(value) >= 10 && changeShare(value) >= TOKEN_CHANGES
    return isHash || !random || isOfBlock(text, index, index + value.length)
      ? []
      : [{ kind: 'repeated-token', type: 'token', start: index, end: index + value.length, value, weak: true }]
  })
}

/** `uint8ArrayToBase64url` */
function isName(value: string): boolean {
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false
  const runs = value.match(/[A-Z]?[a-z]{3,}|[A-Z]{6,}/g) ?? []
  return runs.reduce((sum, run) => sum + run.length, 0) > MOST_IN_RUNS * value.length
}

/** A line of Base64: attachments and certificates have many, and copies of a file have the same ones. */
function isOfBlock(text: string, start: number, end: number): boolean {
  const ownLine = (start === 0 || text[start - 1] === '\n') && /^\r?(?:\n|$)/.test(text.slice(end, end + 2))
  return (
    ownLine &&
    (/[\w+/=]{40}\s{1,2}$/.test(text.slice(Math.max(0, start - 45), start)) ||
      /^\s{1,2}[\w+/=]{40}/.test(text.slice(end, end + 45)))
  )
}

/** Says that what follows is a number or a secret: then several sequences in one frame are canaries too. */
export function isTellingFrame(frame: string): boolean {
  return TELLING.test(frame)
}

function isRandomSequence(written: string): boolean {
  const value = written.replace(/[ -]/g, '')
  if (!/^\d+$/.test(value)) return distinct(value) >= 8 && changeShare(value) >= SEQUENCE_CHANGES
  return (
    distinct(value) >= FEWEST_DISTINCT_DIGITS &&
    !DATE.test(written) &&
    !KNOWN.has(value) &&
    !value.endsWith('000') &&
    !isSequence(value.slice(0, 6))
  )
}
