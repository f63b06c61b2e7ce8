/** Chunks kept at most; then the table begins anew. Their units and ids are bounded as well. */
const ENTRIES = 2 ** 17
const UNITS = ENTRIES * 8
const IDS = ENTRIES * 4
const SLOTS = ENTRIES * 2

/**
 * Ids of short pieces of text, found by the piece's own UTF-16 units where it stands: for one that is known, which nearly every
 * one is, no string is made. An open-addressing hash table on typed arrays.
 */
export class ChunkTable {
  /** Entry + 1; 0 is empty. */
  readonly #slots = new Int32Array(SLOTS)
  readonly #hashes = new Int32Array(ENTRIES)
  readonly #units = new Uint16Array(UNITS)
  readonly #ids = new Int32Array(IDS)
  /** Where each entry begins in `#units` and `#ids`; it ends where the next begins. */
  readonly #unitsAt = new Int32Array(ENTRIES + 1)
  readonly #idsAt = new Int32Array(ENTRIES + 1)
  #size = 0

  /** The entry of `text` from `start` to `end`, whose hash by {@link nextHash} is given; −1 where it has none. */
  find(text: string, start: number, end: number, hashed: number): number {
    const hash = spread(hashed)
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
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
    let [units, at] = [this.#unitsAt[this.#size]!, this.#idsAt[this.#size]!]
    if (this.#size === ENTRIES || units + end - start > UNITS || at + ids.length > IDS) {
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
    let slot = hash & (SLOTS - 1)
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1)
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
