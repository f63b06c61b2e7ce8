/** Where in a text: before a word at random or behind the last, at the start, at the end, or before the word with this number. */
export type Place = 'random' | 'start' | 'end' | number

/** A text with a piece set in at a word boundary, one space between it and its neighbours; other white space stays. */
export function insertPiece(text: string, piece: string, place: Place, random: () => number): string {
  const starts = Array.from(text.matchAll(/\S+/g), (match) => match.index)
  const gap = chooseGap(starts.length, place, random)
  const at = starts[gap]
  if (at !== undefined) return `${text.slice(0, at)}${piece} ${text.slice(at)}`
  const body = text.trimEnd()
  return body === '' ? piece + text : `${body} ${piece}${text.slice(body.length)}`
}

/** Several pieces, each at a place of its own; the later ones never inside an earlier one. */
export function insertPieces(text: string, pieces: readonly string[], random: () => number): string {
  const starts = Array.from(text.matchAll(/\S+/g), (match) => match.index)
  const gaps = pieces.map((piece) => ({ piece, gap: chooseGap(starts.length, 'random', random) }))
  // From the back, so that the starts before stay true.
  gaps.sort((a, b) => b.gap - a.gap)
  return gaps.reduce((so, { piece, gap }) => {
    const at = starts[gap]
    if (at !== undefined) return `${so.slice(0, at)}${piece} ${so.slice(at)}`
    const body = so.trimEnd()
    return body === '' ? piece + so : `${body} ${piece}${so.slice(body.length)}`
  }, text)
}

function chooseGap(words: number, place: Place, random: () => number): number {
  if (place === 'start') return 0
  if (place === 'end') return words
  if (place === 'random') return Math.floor(random() * (words + 1))
  return Math.min(place, words)
}

/** Whether a piece stands in a text between word boundaries, whatever the case. */
export function contains(text: string, piece: string): boolean {
  const hay = text.toLowerCase()
  const needle = piece.toLowerCase()
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1)) {
    if (!isWord(hay[at - 1]) && !isWord(hay[at + needle.length])) return true
  }
  return false
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
