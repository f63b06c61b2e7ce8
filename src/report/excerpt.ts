import type { Example } from '../model/finding.js'

/** A stretch of an excerpt, raw: the renderer makes it safe. */
export interface Stretch {
  readonly text: string
  readonly marked: boolean
}

const isLow = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

/**
 * An example's excerpt cut at its marks, in order. A long one is cut to a window around the first mark, with `…` where it was cut.
 * @param longest most UTF-16 units of the excerpt that are kept
 */
export function stretches({ excerpt, marks }: Pick<Example, 'excerpt' | 'marks'>, longest: number): readonly Stretch[] {
  const first = Math.min(marks[0]?.[0] ?? 0, excerpt.length)
  const room = Math.max(1, longest)
  let start = excerpt.length <= room ? 0 : Math.max(0, Math.min(first - Math.floor(room / 3), excerpt.length - room))
  let end = Math.min(excerpt.length, start + room)
  if (start > 0 && isLow(excerpt, start)) start++
  if (end < excerpt.length && isLow(excerpt, end)) end--
  const parts: Stretch[] = []
  const add = (text: string, marked: boolean): void => {
    if (text !== '') parts.push({ text, marked })
  }
  if (start > 0) add('…', false)
  let at = start
  for (const [from, to] of marks) {
    const [markStart, markEnd] = [Math.max(at, from), Math.min(end, to)]
    if (!(markStart < markEnd)) continue
    add(excerpt.slice(at, markStart), false)
    add(excerpt.slice(markStart, markEnd), true)
    at = markEnd
  }
  add(excerpt.slice(at, end), false)
  if (end < excerpt.length) add('…', false)
  return parts
}
