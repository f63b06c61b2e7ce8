import { bertWords, isSpace } from './bert-text.js'
import type { Tokenizer } from './tokenizer.js'

/** What a BERT `tokenizer.json` says, as far as ids depend on it. */
export interface WordPieceSpec {
  readonly vocab: ReadonlyMap<string, number>
  /** Before a piece that continues a word. */
  readonly prefix: string
  readonly unknown: number
  /** In code points; a longer word is unknown. */
  readonly maxWordLength: number
  /** Strings that are one token wherever they stand in the raw text. */
  readonly special: ReadonlyMap<string, number>
}

const CACHED_CHUNKS = 65_536
const CACHED_LENGTH = 48

/**
 * BERT's WordPiece, by greedy longest match, behind a cache of the text's blank-separated chunks. No rule of BERT's
 * reaches across a blank, so a chunk's ids are the same wherever it stands. Lone surrogates are dropped, as U+FFFD is.
 */
export class WordPiece implements Tokenizer {
  readonly #spec: WordPieceSpec
  readonly #special: RegExp | null
  readonly #longest: number
  readonly #cache = new Map<string, readonly number[]>()

  constructor(spec: WordPieceSpec) {
    this.#spec = spec
    this.#special = anyOf([...spec.special.keys()])
    this.#longest = [...spec.vocab.keys()].reduce((longest, piece) => Math.max(longest, piece.length), 0)
  }

  encode(text: string, limit: number): number[] {
    const ids: number[] = []
    let start = -1
    for (let i = 0; i <= text.length && ids.length < limit; i++) {
      if (i < text.length && !isSpace(text.charCodeAt(i))) {
        if (start < 0) start = i
      } else if (start >= 0) {
        for (const id of this.#chunk(text.substring(start, i), limit)) ids.push(id)
        start = -1
      }
    }
    if (ids.length > limit) ids.length = limit
    return ids
  }

  #chunk(chunk: string, limit: number): readonly number[] {
    if (chunk.length > CACHED_LENGTH) return this.#encodeChunk(chunk, limit)
    const known = this.#cache.get(chunk)
    if (known !== undefined) return known
    const ids = this.#encodeChunk(chunk, Infinity)
    if (this.#cache.size >= CACHED_CHUNKS) this.#cache.clear()
    this.#cache.set(chunk, ids)
    return ids
  }

  /** Stops soon after `limit` ids. */
  #encodeChunk(chunk: string, limit: number): number[] {
    const ids: number[] = []
    for (const part of this.#special === null ? [chunk] : chunk.split(this.#special)) {
      if (ids.length >= limit) break
      const special = this.#spec.special.get(part)
      if (special !== undefined) ids.push(special)
      else for (const word of bertWords(part)) if (ids.length < limit) this.#word(word, ids)
    }
    return ids
  }

  /** Appends the ids of one word: its longest known head, then the longest known continuation, until it is used up. */
  #word(word: string, ids: number[]): void {
    const { vocab, prefix, unknown, maxWordLength } = this.#spec
    const before = ids.length
    let from = word.length > maxWordLength && Array.from(word).length > maxWordLength ? -1 : 0
    while (from >= 0 && from < word.length) {
      // A cut inside a surrogate pair leaves a piece that no vocabulary has.
      let to = Math.min(word.length, from + this.#longest)
      let id: number | undefined
      while (to > from && (id = vocab.get(from === 0 ? word.slice(0, to) : prefix + word.slice(from, to))) === undefined) to--
      if (id === undefined) from = -1
      else {
        ids.push(id)
        from = to
      }
    }
    if (from < 0) {
      ids.length = before
      ids.push(unknown)
    }
  }
}

/** Matches the longest of several strings at the leftmost place, captured, so that `split` keeps it. */
function anyOf(strings: string[]): RegExp | null {
  if (strings.length === 0) return null
  const longestFirst = strings.sort((a, b) => b.length - a.length)
  return new RegExp(`(${longestFirst.map((s) => s.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`)
}
