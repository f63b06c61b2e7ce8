import type { Speaker } from './grammar.js'

/** One slip of the fingers in a word of five letters or more: two letters swapped, one left out, or one twice. */
export function withTypo(text: string, speaker: Speaker): string {
  const parts = text.split(' ')
  const long = parts.map((part, index) => ({ part, index })).filter(({ part }) => /^[a-z]{5,}$/.test(part))
  if (long.length === 0) return text
  const { part, index } = speaker.pick(long)
  const at = speaker.between(1, part.length - 2)
  const [before, a, b, after] = [part.slice(0, at), part.charAt(at), part.charAt(at + 1), part.slice(at + 2)]
  parts[index] = speaker.pick([before + b + a + after, before + b + after, before + a + a + b + after])
  return parts.join(' ')
}
