/** Where rules match a text: keywords first, then patterns on the windows around them. */
import type { CompiledRule } from './load-rules.js'
import { KeywordFinder } from './keyword-finder.js'

/** UTF-16 units looked at of a cell: its head and its tail. */
const HEAD = 262_144
const TAIL = 65_536
/** Units of a window before and after its keywords. */
const LEAD = 160
const LAG = 300
/** Windows of a rule in a cell: beyond them a cell only repeats itself. */
const MOST_WINDOWS = 128

/** Half-open range of the text, in UTF-16 units. */
export interface Hit {
  readonly rule: CompiledRule
  readonly start: number
  readonly end: number
}

/** A rule for which a keyword stands, and in which of its lists. */
interface Use {
  readonly rule: number
  readonly second: boolean
  /** Most units between the ends of a keyword of each list; null where there is one list. */
  readonly within: number | null
}

export class RuleMatcher {
  private readonly finder: KeywordFinder
  private readonly uses: readonly (readonly Use[])[]
  /** Of the cell at hand, by rule: the units after the last keyword of the first and of the second list. */
  private readonly ends: Float64Array
  private windows: Map<number, [number, number][]> | null = null
  private length = 0

  constructor(private readonly rules: readonly CompiledRule[]) {
    const uses = new Map<string, Use[]>()
    rules.forEach((rule, index) => {
      const note = (second: boolean) => (keyword: string) => {
        const key = keyword.toLowerCase()
        uses.set(key, [...(uses.get(key) ?? []), { rule: index, second, within: rule.with === undefined ? null : rule.within }])
      }
      rule.keywords.forEach(note(false))
      rule.with?.forEach(note(true))
    })
    this.finder = new KeywordFinder([...uses.keys()])
    this.uses = [...uses.values()]
    this.ends = new Float64Array(2 * rules.length)
  }

  /** The first match of each rule, in rule order. */
  find(cell: string, accepts: (rule: CompiledRule) => boolean): Hit[] {
    const windows = this.windowsOf(cell)
    if (windows === null) return []
    const hits: Hit[] = []
    for (const [index, ranges] of [...windows].sort(([a], [b]) => a - b)) {
      const rule = this.rules[index]!
      if (!accepts(rule)) continue
      const hit = firstHit(rule, cell, ranges)
      if (hit !== null) hits.push(hit)
    }
    return hits
  }

  /** By rule, the ranges to run its patterns on; null where there are none. */
  private windowsOf(cell: string): Map<number, [number, number][]> | null {
    this.windows = null
    this.length = cell.length
    this.ends.fill(-Infinity)
    if (cell.length <= HEAD + TAIL) this.look(cell, 0)
    else {
      this.look(cell.slice(0, HEAD), 0)
      this.look(cell.slice(-TAIL), cell.length - TAIL)
    }
    return this.windows
  }

  private look(text: string, offset: number): void {
    this.finder.find(text, (keyword, position) => {
      const end = position + offset
      for (const { rule, second, within } of this.uses[keyword]!) {
        if (within === null) this.note(rule, end, end)
        else {
          const { ends } = this
          ends[2 * rule + (second ? 1 : 0)] = end
          const other = ends[2 * rule + (second ? 0 : 1)]!
          if (end - other <= within) this.note(rule, other, end)
        }
      }
    })
  }

  private note(rule: number, from: number, to: number): void {
    this.windows ??= new Map<number, [number, number][]>()
    let ranges = this.windows.get(rule)
    if (ranges === undefined) this.windows.set(rule, (ranges = []))
    const before = ranges.at(-1)
    if (before !== undefined && to + LAG / 2 <= before[1]) return
    if (ranges.length < MOST_WINDOWS) ranges.push([Math.max(0, from - LEAD), Math.min(this.length, to + LAG)])
  }
}

function firstHit(rule: CompiledRule, cell: string, ranges: readonly (readonly [number, number])[]): Hit | null {
  for (const [from, to] of ranges) {
    // The unit before the window keeps `^` from matching where the window, not a line, begins.
    const cut = from > 0
    const window = plain((cut ? '\u0001' : '') + cell.slice(from, to))
    for (const pattern of rule.compiled()) {
      // The search that tells where is many times slower than the one that tells whether.
      if (!pattern.test(window)) continue
      const matcher = pattern.matcher(window)
      if (!matcher.find()) continue
      const shift = from - (cut ? 1 : 0)
      return { rule, start: Math.max(0, matcher.start() + shift), end: matcher.end() + shift }
    }
  }
  return null
}

/** Typewriter's blanks and quotation marks in place of typographic ones, unit for unit. */
function plain(text: string): string {
  return text
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
}
