/** A half-open range of characters. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Where the value at `path` stands in a JSON text, so that it can be replaced and everything around it kept. Of a key that
 * occurs twice the last counts, as everywhere.
 * @param text valid JSON
 * @returns null where there is no such value
 */
export function jsonSpan(text: string, path: readonly (string | number)[]): Span | null {
  let span: Span | null = { start: skipSpace(text, 0), end: text.trimEnd().length }
  for (const step of path) {
    if (span === null) return null
    span = memberSpan(text, span.start, step)
  }
  return span
}

/** The value of one key or index of the object or array that opens at `at`. */
function memberSpan(text: string, at: number, step: string | number): Span | null {
  const isObject = text[at] === '{'
  if ((!isObject && text[at] !== '[') || isObject !== (typeof step === 'string')) return null
  let found: Span | null = null
  let position = skipSpace(text, at + 1)
  for (let index = 0; text[position] !== '}' && text[position] !== ']'; index++) {
    let key: string | number = index
    if (isObject) {
      const end = stringEnd(text, position)
      key = JSON.parse(text.slice(position, end)) as string
      position = skipSpace(text, skipSpace(text, end) + 1)
    }
    const end = valueEnd(text, position)
    if (key === step) found = { start: position, end }
    position = skipSpace(text, end)
    if (text[position] === ',') position = skipSpace(text, position + 1)
  }
  return found
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (' \n\r\t'.includes(text[at] ?? 'x')) at++
  return at
}

function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

/** The end of the value that starts at `start`: brackets are counted, strings passed over. */
function valueEnd(text: string, start: number): number {
  let at = start
  let depth = 0
  do {
    const character = text[at]
    if (character === '"') at = stringEnd(text, at)
    else if (character === '{' || character === '[') {
      depth++
      at++
    } else if (character === '}' || character === ']') {
      depth--
      at++
    } else if (depth === 0) {
      while (at < text.length && !' \n\r\t,}]'.includes(text[at]!)) at++
    } else at++
  } while (depth > 0)
  return at
}

/** A JSON string literal; with every character beyond ASCII escaped where the file around it is so written. */
export function jsonString(value: string, ascii: boolean): string {
  const literal = JSON.stringify(value)
  if (!ascii) return literal
  return literal.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Replaces spans of a text, which do not overlap. */
export function spliceAll(text: string, parts: readonly (Span & { readonly text: string })[]): string {
  return [...parts]
    .sort((a, b) => b.start - a.start)
    .reduce((so, part) => so.slice(0, part.start) + part.text + so.slice(part.end), text)
}
