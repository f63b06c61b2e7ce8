/** A stretch of a text, half-open [start, end) in UTF-16 units, and what stands in its place. */
export interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** @param replacements ascending, not overlapping */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  let out = ''
  let at = 0
  for (const { start, end, text: instead } of replacements) {
    out += text.slice(at, start) + instead
    at = end
  }
  return out + text.slice(at)
}
