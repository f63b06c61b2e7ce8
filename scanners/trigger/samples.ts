/** A few texts out of many: those with the smallest hash, so that every order of reading keeps the same ones. */

/** Plain data, ascending by (key, text). */
export interface Sample {
  readonly keys: number[]
  readonly texts: string[]
}

export function emptySample(): Sample {
  return { keys: [], texts: [] }
}

/** @param make called only when the text will be kept */
export function offerText(sample: Sample, most: number, key: number, make: () => string): void {
  const { keys, texts } = sample
  if (keys.length === most && key > keys[most - 1]!) return
  const text = make()
  let at = keys.length
  while (at > 0 && (key < keys[at - 1]! || (key === keys[at - 1] && text < texts[at - 1]!))) at--
  if (at >= most) return
  keys.splice(at, 0, key)
  texts.splice(at, 0, text)
  keys.length = texts.length = Math.min(most, keys.length)
}

export function mergeSample(into: Sample, from: Sample, most: number): void {
  from.keys.forEach((key, i) => {
    offerText(into, most, key, () => from.texts[i]!)
  })
}

/** At most `width` units of `text` around [start, end), or the range's own head where it is longer; cut between code points. */
export function around(text: string, start: number, end: number, width: number): string {
  const [from, to] = windowAround(text, start, end, width)
  return text.slice(from, to)
}

/** The half-open range of {@link around}. */
export function windowAround(text: string, start: number, end: number, width: number): readonly [number, number] {
  const spare = Math.max(0, width - (end - start))
  let from = Math.max(0, start - Math.floor(spare / 2))
  let to = Math.min(text.length, from + width)
  from = Math.max(0, Math.min(from, to - width))
  if (isTrailing(text, from)) from++
  if (isTrailing(text, to)) to--
  return [from, to]
}

function isTrailing(text: string, at: number): boolean {
  return at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
