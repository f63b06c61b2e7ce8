import { bertWords, isSpace } from './bert-text.js'
import { ChunkTable, FIRST_HASH, nextHash } from './chunk-table.js'
import { PieceTable } from './piece-table.js'
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

/** Longer chunks are encoded each time. UTF-16 units. */
const CACHED_LENGTH = 48
/** Chunks kept at most, with 8 units and 2 ids each on average. */
const CHUNKS = 2 ** 18
/** Ids of a text that is encoded without a limit of its own, to begin with. */
const ROOM = 1024

/**
 * BERT's WordPiece, by greedy longest match, behind a cache of the text's blank-separated chunks. No rule of BERT's
 * reaches across a blank, so a chunk's ids are the same wherever it stands. Lone surrogates are dropped, as U+FFFD is.
 */
export class WordPiece implements Tokenizer {
  /** Not the vocabulary, which lies in the tables below. */
  readonly #spec: Omit<WordPieceSpec, 'vocab' | 'prefix'>
  readonly #special: RegExp | null
  /** What a word may begin with, and what may follow. */
  readonly #heads: PieceTable
  readonly #tails: PieceTable
  readonly #known = new ChunkTable({ entries: CHUNKS, units: CHUNKS * 8, ids: CHUNKS * 2 })
  #room = new Int32Array(ROOM)

  constructor({ vocab, prefix, ...spec }: WordPieceSpec) {
    this.#spec = spec
    this.#special = anyOf([...spec.special.keys()])
    this.#heads = new PieceTable([...vocab])
    const continuing = [...vocab].filter(([piece]) => piece.startsWith(prefix))
    this.#tails = new PieceTable(continuing.map(([piece, id]) => [piece.slice(prefix.length), id]))
  }

  encode(text: string, limit: number): number[] {
    for (;;) {
      const room = this.#room.length > limit ? this.#room.subarray(0, limit) : this.#room
      const count = this.encodeInto(text, room)
      if (count < room.length || count === limit) return Array.from(room.subarray(0, count))
      this.#room = new Int32Array(2 * this.#room.length)
    }
  }

  encodeInto(text: string, ids: Int32Array): number {
    let count = 0
    for (let i = 0; i < text.length && count < ids.length; i++) {
      const start = i
      let hash = FIRST_HASH
      for (; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        if (isSpace(unit)) break
        hash = nextHash(hash, unit)
      }
      if (i === start) continue
      const entry = i - start > CACHED_LENGTH ? -1 : this.#known.find(text, start, i, hash)
      count = entry >= 0 ? this.#known.copy(entry, ids, count) : this.#read(text, start, i, hash, ids, count)
    }
    return count
  }

  /** Ids of a chunk that is not known yet. @returns where they end */
  #read(text: string, start: number, end: number, hash: number, ids: Int32Array, at: number): number {
    const isShort = end - start <= CACHED_LENGTH
    const found = this.#encodeChunk(text.substring(start, end), isShort ? Infinity : ids.length - at)
    if (isShort) this.#known.put(text, start, end, hash, found)
    const count = Math.min(found.length, ids.length - at)
    for (let i = 0; i < count; i++) ids[at + i] = found[i]!
    return at + count
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
    const { unknown, maxWordLength } = this.#spec
    const before = ids.length
    let from = word.length > maxWordLength && Array.from(word).length > maxWordLength ? -1 : 0
    while (from >= 0 && from < word.length) {
      // A cut inside a surrogate pair leaves a piece that no vocabulary has.
      const to = (from === 0 ? this.#heads : this.#tails).take(word, from, ids)
      from = to > from ? to : -1
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
