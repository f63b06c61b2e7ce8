/** Many literals in one trip over a text, letters of either case: Aho & Corasick, "Efficient string matching" (1975), as a full table. */

const UNITS = 65_536
const MOST_ENTRIES = 2 ** 26

export class KeywordFinder {
  /** UTF-16 unit to class; 0 is every unit that no keyword has. */
  private readonly classes = new Uint16Array(UNITS)
  private readonly width: number
  /** [states × width]: twice the next state's row, and one more where a keyword ends there. */
  private readonly next: Int32Array
  /** Keywords that end in a state. */
  private readonly ends: readonly (readonly number[])[]

  /** @param keywords not empty; their table at most 2^26 entries */
  constructor(keywords: readonly string[]) {
    const folded = keywords.map((keyword) => keyword.toLowerCase())
    this.width = this.assignClasses(folded)
    const { children, ends } = trieOf(folded, this.classes, this.width)
    this.next = children
    this.completeTable(ends)
    this.ends = ends
    this.markEnds()
  }

  /** @param found called with the index of each keyword and the unit after its end, in text order */
  find(text: string, found: (keyword: number, end: number) => void): void {
    const { classes, next } = this
    let row = 0
    for (let i = 0; i < text.length; i++) {
      const entry = next[row + classes[text.charCodeAt(i)]!]!
      row = entry >> 1
      if ((entry & 1) === 1) for (const keyword of this.ends[row / this.width]!) found(keyword, i + 1)
    }
  }

  /** From rows to entries: twice the row, and one more where a keyword ends. */
  private markEnds(): void {
    const { next, width } = this
    const isEnd = Uint8Array.from(this.ends, (keywords) => (keywords.length > 0 ? 1 : 0))
    for (let i = 0; i < next.length; i++) next[i] = next[i]! * 2 + isEnd[next[i]! / width]!
  }

  private assignClasses(keywords: readonly string[]): number {
    let count = 1
    for (const unit of new Set(keywords.join('').split(''))) {
      for (const form of [unit, unit.toUpperCase()]) if (form.length === 1) this.classes[form.charCodeAt(0)] = count
      count++
    }
    // Every blank is the same one.
    const blank = this.classes[0x20]!
    for (const unit of [0x09, 0x0a, 0x0d, 0xa0, 0x3000]) this.classes[unit] = blank
    // The typographic apostrophe is the typewriter's.
    this.classes[0x2019] = this.classes[0x27]!
    return count
  }

  /** Breadth first: what a state lacks it takes from the state of its longest proper suffix. */
  private completeTable(ends: number[][]): void {
    const { next, width } = this
    const fail = new Int32Array(ends.length)
    const queue: number[] = []
    for (let c = 0; c < width; c++) {
      const child = next[c]!
      if (child > 0) queue.push(child / width)
    }
    for (const state of queue) {
      ends[state]!.push(...ends[fail[state]!]!)
      for (let c = 0; c < width; c++) {
        const child = next[state * width + c]!
        const fallback = next[fail[state]! * width + c]!
        if (child > 0) {
          fail[child / width] = fallback / width
          queue.push(child / width)
        } else next[state * width + c] = fallback
      }
    }
  }
}

/** Rows of children, 0 for none: [states × width]. */
function trieOf(keywords: readonly string[], classes: Uint16Array, width: number): { children: Int32Array; ends: number[][] } {
  const units = keywords.reduce((sum, keyword) => sum + keyword.length, 0)
  const children = new Int32Array(Math.min(MOST_ENTRIES, (units + 1) * width))
  const ends: number[][] = [[]]
  keywords.forEach((keyword, k) => {
    if ((ends.length + keyword.length) * width > MOST_ENTRIES) throw new RangeError('too many keywords')
    let row = 0
    for (let i = 0; i < keyword.length; i++) {
      const slot = row + classes[keyword.charCodeAt(i)]!
      if (children[slot] === 0) {
        children[slot] = ends.length * width
        ends.push([])
      }
      row = children[slot]!
    }
    ends[row / width]!.push(k)
  })
  return { children: children.slice(0, ends.length * width), ends }
}
