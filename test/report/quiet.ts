import assert from 'node:assert/strict'

/** Bytes that act on a terminal or hide from a reader. Stated apart from the program's own list, range by range. */
const ACTIVE = new RegExp(
  [
    '[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f]',
    '[\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb]',
    '[\\u{e0000}-\\u{e01ef}]',
    '\\p{Surrogate}',
  ].join('|'),
  'u',
)

/** Nothing for a terminal, an editor or the log reader of a CI service to act on. */
export function assertQuiet(text: string): void {
  const found = ACTIVE.exec(text)
  const around = found === null ? '' : JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index + 40))
  assert.equal(found, null, `active character in ${around}`)
  for (const line of text.split('\n')) assert.doesNotMatch(line, /^\s*::/)
  assert.doesNotMatch(text, /##[a-z]*\[/i)
}

/** Without the codes that the program itself colours with, and rewrites its progress line with. */
export function withoutOwnCodes(text: string): string {
  return text.replace(/\u001b\[(?:0|1|2|7|3[1-4])m/g, '').replaceAll('\r\u001b[2K', '\n')
}
