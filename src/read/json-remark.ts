/** What valid JSON holds that two readers may take differently: a trainer's reader might see another row than the scanners do. */

/**
 * @param value what `text` says
 * @param text one valid JSON value
 * @returns what to say of the row; null where there is nothing
 */
export function remarkOn(value: unknown, text: string): string | null {
  if (keysWritten(text) !== keysHeld(value)) return 'a key occurs twice in one object; the last value was read'
  if (/\\u[dD][89a-fA-F]/.test(text) && hasLoneSurrogate(value))
    return 'half a surrogate pair, which is no character, was read as U+FFFD'
  return null
}

/** Strings that a colon follows, in all objects of the text. */
function keysWritten(text: string): number {
  let keys = 0
  for (let open = text.indexOf('"'); open !== -1;) {
    const close = closingQuote(text, open + 1)
    let after = close + 1
    while (isSpace(text.charCodeAt(after))) after++
    if (text[after] === ':') keys++
    open = text.indexOf('"', after)
  }
  return keys
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

function keysHeld(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((keys: number, item) => keys + keysHeld(item), 0)
  const parts: readonly unknown[] = Object.values(value)
  return parts.reduce((keys: number, part) => keys + keysHeld(part), parts.length)
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, part]) => !key.isWellFormed() || hasLoneSurrogate(part))
}
