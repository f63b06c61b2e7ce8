import { MASK } from '../fuse/redact.js'
import { secretSpans } from '../secrets/secrets.js'
import type { Replacement } from './replacement.js'

/** A stretch of a text, half-open [start, end) in UTF-16 units. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/** Where personal data stands in a text: ascending, not overlapping. */
export type FindPersonal = (text: string) => readonly Stretch[]

/**
 * What of a text gives way to a mask, ascending, not overlapping: all that reports mask, in their way, and personal data beside
 * it.
 */
export function masks(text: string, findPersonal: FindPersonal): Replacement[] {
  const secrets = secretSpans(text, false)
  const personal = findPersonal(text).filter(({ start, end }) => !secrets.some((one) => one.start <= start && end <= one.end))
  const hidden = secrets.map(({ start, end, keep, tail = end }): Stretch => ({ start: start + keep, end: tail }))
  const apart: { start: number; end: number }[] = []
  for (const { start, end } of [...hidden, ...personal].sort((a, b) => a.start - b.start)) {
    const last = apart.at(-1)
    if (last === undefined || start >= last.end) apart.push({ start, end })
    else last.end = Math.max(last.end, end)
  }
  return apart.filter(({ start, end }) => text.slice(start, end) !== MASK).map((stretch) => ({ ...stretch, text: MASK }))
}
