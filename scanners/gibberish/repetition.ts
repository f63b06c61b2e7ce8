/** Text that says one thing over and over: too little surprise. */
import { BLANK, FOLD, SCRIPT } from './letters.js'
import type { Stretch } from './segments.js'

/** Folded units that repeat, and how often the repeated piece must come. */
const FEWEST_UNITS = 36
const FEWEST_TIMES = 6
/** Longest repeated piece, in folded units. */
const LONGEST_PERIOD = 64
const BUFFER = 16_400

/** Remembers where each four folded units last stood. Reused from text to text. */
export class Repetition {
  private readonly last = new Int32Array(4096)
  private readonly units = new Uint16Array(BUFFER)
  private readonly places = new Int32Array(BUFFER)

  /** @returns the longest stretch that repeats a piece with letters in it, or null */
  find(text: string): Stretch | null {
    this.last.fill(-1)
    const count = this.fold(text)
    let best: Stretch | null = null
    let period = 0
    let run = 0
    let gram = 0
    for (let i = 0; i < count; i++) {
      gram = ((gram << 8) ^ Math.imul(this.units[i]!, 0x9e3779b1)) | 0
      const slot = (gram ^ (gram >>> 13)) & 4095
      const distance = this.last[slot]! < 0 ? 0 : i - this.last[slot]!
      this.last[slot] = i
      if (distance > 0 && distance <= LONGEST_PERIOD && distance === period && this.units[i] === this.units[i - period]) run++
      else {
        period = distance
        run = 0
      }
      if (run >= FEWEST_UNITS && run >= FEWEST_TIMES * period && run > (best?.size ?? 0) && this.hasLetters(i, period))
        best = {
          start: this.places[Math.max(0, i - run - period)]!,
          end: this.places[i]! + 1,
          level: period,
          size: run,
          evidence: run / period,
        }
    }
    return best
  }

  private fold(text: string): number {
    let count = 0
    for (let i = 0; i < text.length && count < BUFFER; i++) {
      const unit = FOLD[text.charCodeAt(i)]!
      if (unit === BLANK && (count === 0 || this.units[count - 1] === BLANK)) continue
      this.units[count] = unit
      this.places[count++] = i
    }
    return count
  }

  private hasLetters(end: number, period: number): boolean {
    for (let i = end - period + 1; i <= end; i++) if (SCRIPT[this.units[i]!] !== 0) return true
    return false
  }
}
