import type { Example } from './finding.js'

/** UTF-16 units of an excerpt before what matters. */
export const LEAD = 80

/** Half-open, in UTF-16 units. */
interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The text around what matters, as findings show it, with marks where they lie in it.
 * @param start where in `text` what matters begins: {@link LEAD} units before it are shown
 * @param units of the excerpt at most, in all
 * @param ranges of `text` to mark, ascending; as far as they are shown
 */
export function excerptAround(
  text: string,
  start: number,
  units: number,
  ranges: readonly Range[],
): Pick<Example, 'excerpt' | 'marks'> {
  const from = Math.max(0, start - LEAD)
  const excerpt = text.slice(from, from + units).toWellFormed()
  const marks = ranges
    .map((range): [number, number] => [Math.max(0, range.start - from), Math.min(range.end - from, excerpt.length)])
    .filter(([first, end]) => first < end)
  return { excerpt, marks }
}
