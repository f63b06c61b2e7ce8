/** What a table has room for. */
interface Room {
  /** Pieces, a power of two. */
  readonly entries: number
  /** UTF-16 units of all pieces. */
  readonly units: number
  readonly ids: number
}

/**
 * Ids of short pieces of text, found by the piece's own UTF-16 units where it stands: for one that is known, which nearly every
 * one is, no string is made. An open-addressing hash table on typed arrays, which begins anew when it is full.
 */
export class ChunkTable {
  readonly #room: Room
  readonly #mask: number
  /** Entry + 1; 0 is empty. */
  readonly #slots: Int32Array
  readonly #hashes: Int32Array
  readonly #units: Uint16Array
  readonly #ids: Int32Array
  /** Where each entry begins in `#units` and `#ids`; it ends where the next begins. */
  readonly #unitsAt: Int32Array
  readonly #idsAt: Int32Array
  #size = 0

  constructor(room: Room) {
    this.#room = room
    this.#mask = 2 * room.entries - 1
    this.#slots = new Int32Array(2 * room.entries)
    this.#hashes = new Int32Array(room.entries)
    this.#units = new Uint16Array(room.units)
    this.#ids = new Int32Array(room.ids)
    this.#unitsAt = new Int32Array(room.entries + 1)
    this.#idsAt = new Int32Array(room.entries + 1)
  }

  /** The entry of `text` from `start` to `end`, whose hash by {@link nextHash} is given; −1 where it has none. */
  find(text: string, start: number, end: number, hashed: number): number {
    const hash = spread(hashed)
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = this.#slots[slot]! - 1
      if (entry < 0 || (this.#hashes[entry] === hash && this.#holds(entry, text, start, end))) return entry
    }
  }

  /** Copies an entry's ids to `out` from `at` on, as many as there is room for. @returns where they end */
  copy(entry: number, out: Int32Array, at: number): number {
    const first = this.#idsAt[entry]!
    const count = Math.min(this.#idsAt[entry + 1]! - first, out.length - at)
    for (let i = 0; i < count; i++) out[at + i] = this.#ids[first + i]!
    return at + count
  }

  /** For a piece that has no entry. One with too much to keep gets none. */
  put(text: string, start: number, end: number, hashed: number, ids: readonly number[]): void {
    const { entries } = this.#room
    let [units, at] = [this.#unitsAt[this.#size]!, this.#idsAt[this.#size]!]
    if (this.#size === entries || units + end - start > this.#room.units || at + ids.length > this.#room.ids) {
      this.#slots.fill(0)
      this.#size = units = at = 0
    }
    const entry = this.#size++
    for (let i = start; i < end; i++) this.#units[units++] = text.charCodeAt(i)
    for (const id of ids) this.#ids[at++] = id
    this.#unitsAt[entry + 1] = units
    this.#idsAt[entry + 1] = at
    const hash = spread(hashed)
    this.#hashes[entry] = hash
    let slot = hash & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot] = entry + 1
  }

  #holds(entry: number, text: string, start: number, end: number): boolean {
    const first = this.#unitsAt[entry]!
    if (this.#unitsAt[entry + 1]! - first !== end - start) return false
    for (let i = start; i < end; i++) if (this.#units[first + i - start] !== text.charCodeAt(i)) return false
    return true
  }
}

/** Of no unit. */
export const FIRST_HASH = 0x811c9dc5 | 0

/** FNV-1a's step: the hash of a piece and one more unit. */
export function nextHash(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
