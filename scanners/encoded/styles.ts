/** Letters apart from each other, and letters written as digits and signs. */
import type { Piece } from './kinds.js'
import type { Token } from './tokens.js'
import { runsOf } from './tokens.js'
import { COMMON, englishBits, segment, wordBits } from './words.js'

const LEAST_LETTERS = 10
const MOST_LETTERS = 2000
/** 1 in 10^12 by chance. */
const LEAST_BITS = 40

/** `i g n o r e`, `i-g-n-o-r-e`, `i.g.n.o.r.e`. */
export function spacedPieces(text: string, tokens: readonly Token[]): Piece[] {
  return runsOf(text, tokens, LEAST_LETTERS, ({ word }) => /^[A-Za-z]$/.test(word)).flatMap((whole): Piece[] => {
    const run = whole.slice(0, MOST_LETTERS)
    const decoded = unspaced(text, run)
    if (englishBits(decoded) < LEAST_BITS) return []
    return [{ kind: 'spaced', start: run[0]!.start, end: run.at(-1)!.end, decoded, atHome: false }]
  })
}

/** Gaps other than the commonest part words; where there are none, words of the list do. */
function unspaced(text: string, run: readonly Token[]): string {
  const gaps = run.slice(1).map(({ start }, i) => text.slice(run[i]!.end, start))
  const counts = new Map<string, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  const usual = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0]
  const joined = run.map(({ word }, i) => (i > 0 && gaps[i - 1] !== usual ? ` ${word}` : word)).join('')
  return joined
    .split(' ')
    .map((part) => (COMMON.has(part.toLowerCase()) ? part : segment(part.toLowerCase())))
    .join(' ')
}

const PLAIN: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const WRITTEN = /[A-Za-z0-9@$!]+/g
const LEAST_WORDS = 3

/** Words that are of the list once their digits are read as letters: three or more near each other. */
export function leetPieces(text: string): Piece[] {
  const words = Array.from(text.matchAll(WRITTEN), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    ...readLeet(word),
  }))
  if (words.filter(({ isLeet }) => isLeet).length < LEAST_WORDS) return []
  let best = { from: 0, to: 0, bits: 0, leet: 0 }
  let now = { from: 0, bits: 0, leet: 0 }
  words.forEach(({ bits, isLeet }, i) => {
    now = { from: now.from, bits: now.bits + bits, leet: now.leet + (isLeet ? 1 : 0) }
    if (now.bits <= 0) now = { from: i + 1, bits: 0, leet: 0 }
    else if (now.bits > best.bits) best = { ...now, to: i + 1 }
  })
  if (best.bits < LEAST_BITS || best.leet < LEAST_WORDS) return []
  const { from } = best
  const to = withNames(text, words, best.to)
  const decoded = words
    .slice(from, to)
    .map(({ plain }) => plain)
    .join(' ')
  return [{ kind: 'leet', start: words[from]!.start, end: words[to - 1]!.end, decoded, atHome: false }]
}

/** A word as it stands neither starts such a text nor ends it. */
const PLAIN_BITS = -2

interface Read {
  readonly plain: string
  readonly isLeet: boolean
  readonly bits: number
}

function readLeet(word: string): Read {
  if (/^[A-Za-z]+$/.test(word)) return { plain: word, isLeet: false, bits: word.length > 2 ? PLAIN_BITS : 0 }
  if (word.length > 20 || !/[0-9@$!]/.test(word.slice(0, word.at(-1) === '!' ? -1 : undefined)) || !/[A-Za-z]/.test(word)) {
    return { plain: word, isLeet: false, bits: PLAIN_BITS }
  }
  const read = word.toLowerCase().replace(/[0-9@$!]/g, (sign) => PLAIN[sign] ?? sign)
  const other = word.toLowerCase().replace(/[0-9@$!]/g, (sign) => (sign === '1' || sign === '!' ? 'l' : (PLAIN[sign] ?? sign)))
  const plain = COMMON.has(read) || !COMMON.has(other) ? read : other
  return { plain, isLeet: COMMON.has(plain), bits: plain.length < 3 ? 0 : wordBits(plain) }
}

/** Names beside the last word, up to the end of its sentence, belong to it. */
function withNames(text: string, words: readonly { plain: string; start: number; end: number }[], to: number): number {
  let end = to
  while (end < words.length && end < to + 2) {
    const gap = text.slice(words[end - 1]!.end, words[end]!.start)
    if (/[.?!\n]/.test(gap) || COMMON.has(words[end]!.plain.toLowerCase())) break
    end++
  }
  return end
}
