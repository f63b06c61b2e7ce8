import { ChunkTable, FIRST_HASH, nextHash } from './chunk-table.js'

/** Pieces of words and their ids, to find the longest one that stands at a place: no string is made for those that are tried. */
export class PieceTable {
  readonly #table: ChunkTable
  /** Of the units from a place on, by their number less one. */
  readonly #hashes: Int32Array
  readonly #id = new Int32Array(1)

  /** @param pieces each once; an empty one is never found */
  constructor(pieces: readonly (readonly [piece: string, id: number])[]) {
    const units = pieces.reduce((sum, [piece]) => sum + piece.length, 0)
    const longest = pieces.reduce((most, [piece]) => Math.max(most, piece.length), 0)
    this.#table = new ChunkTable({ entries: 2 ** Math.ceil(Math.log2(pieces.length + 1)), units, ids: pieces.length })
    this.#hashes = new Int32Array(longest)
    for (const [piece, id] of pieces) {
      let hash = FIRST_HASH
      for (let i = 0; i < piece.length; i++) hash = nextHash(hash, piece.charCodeAt(i))
      if (piece !== '') this.#table.put(piece, 0, piece.length, hash, [id])
    }
  }

  /** Appends the id of the longest piece that `word` has at `from`. @returns where the piece ends: `from` where there is none */
  take(word: string, from: number, ids: number[]): number {
    const most = Math.min(this.#hashes.length, word.length - from)
    let hash = FIRST_HASH
    for (let k = 0; k < most; k++) this.#hashes[k] = hash = nextHash(hash, word.charCodeAt(from + k))
    for (let length = most; length > 0; length--) {
      const entry = this.#table.find(word, from, from + length, this.#hashes[length - 1]!)
      if (entry < 0) continue
      this.#table.copy(entry, this.#id, 0)
      ids.push(this.#id[0]!)
      return from + length
    }
    return from
  }
}
