import { MASK } from '../fuse/redact.js'
import { secretSpans } from '../secrets/secrets.js'

/** Half-open [start, end) in UTF-16 units: what of a text gives way to {@link MASK}. */
export interface MaskedSpan {
  readonly start: number
  readonly end: number
}

export { MASK }

/** Ascending, not overlapping: the same spans that reports mask. */
export function maskedSpans(text: string): MaskedSpan[] {
  return secretSpans(text, false).map(({ start, end, keep, tail = end }) => ({ start: start + keep, end: tail }))
}

/** The text with each span masked. */
export function maskText(text: string): string {
  let out = ''
  let at = 0
  for (const { start, end } of maskedSpans(text)) {
    out += text.slice(at, start) + MASK
    at = end
  }
  return at === 0 ? text : out + text.slice(at)
}
