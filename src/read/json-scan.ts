const QUOTE = 34
const BACKSLASH = 92

/**
 * The index after the JSON value that starts at `from`, by strings and nesting alone: whether what lies between is JSON is
 * for the parser to say.
 * @param final whether no bytes will follow
 * @returns -1 where the value is not complete
 */
export function valueEnd(bytes: Buffer, from: number, final: boolean): number {
  const first = bytes[from]
  if (first === QUOTE) return stringEnd(bytes, from)
  if (first === 123 || first === 91) return containerEnd(bytes, from)
  let end = from
  while (end < bytes.length && !endsScalar(bytes[end] ?? 0)) end++
  return end < bytes.length || final ? end : -1
}

/** The index of the first byte from `from` on that is not JSON white space; the length where there is none. */
export function skipSpace(bytes: Buffer, from: number): number {
  let i = from
  while (i < bytes.length && isSpace(bytes[i] ?? 0)) i++
  return i
}

function containerEnd(bytes: Buffer, from: number): number {
  const length = bytes.length
  let depth = 0
  for (let i = from; i < length;) {
    const byte = bytes[i]
    if (byte === QUOTE) {
      i = stringEnd(bytes, i)
      if (i === -1) return -1
      continue
    }
    // `{` and `[`, then `}` and `]`; which of the two is the parser's business.
    if (byte === 123 || byte === 91) depth++
    else if ((byte === 125 || byte === 93) && --depth === 0) return i + 1
    i++
  }
  return -1
}

function stringEnd(bytes: Buffer, from: number): number {
  const length = bytes.length
  for (let i = from + 1; i < length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) return i + 1
    if (byte === BACKSLASH) i++
  }
  return -1
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9
}

/** White space, `,`, `]`, `}` or `:`. */
function endsScalar(byte: number): boolean {
  return isSpace(byte) || byte === 44 || byte === 93 || byte === 125 || byte === 58
}
