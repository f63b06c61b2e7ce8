/**
 * What a terminal, an editor or a log viewer would act on, or a reader could not see: controls (Cc), bidi and other
 * format characters (Cf, which holds tags and joiners), line and paragraph separators, lone surrogates, private use,
 * invisible fillers and variation selectors (Default_Ignorable), noncharacters, and blanks that look like a space.
 * No-break and ideographic space stay: they are ordinary in French and Chinese.
 */
const HAZARDS =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?![ \u00a0\u3000])\p{Zs}/gu

/** U+FE0E and U+FE0F after a pictograph only choose its looks. */
const PICTOGRAPH_STYLE = /(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]/u

/** `##[command]` and `##vso[…]` are orders to CI log readers wherever they stand in a line. */
const LOG_COMMAND = /##(?=[a-z]*\[)/gi

/** A text may come to stand first in a line, whoever writes that line. */
const FIRST_COMMAND = /^(\s*):(?=:)/

const hex = (text: string): string => (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')

/** Replaces each hazard, and each line break, by what `show` makes of it. */
export function replaceHazards(text: string, show: (hazard: string) => string): string {
  return text.replace(HAZARDS, (hazard, at: number) => {
    if ((hazard === '\ufe0f' || hazard === '\ufe0e') && isStyle(text, at)) return hazard
    return show(hazard)
  })
}

function isStyle(text: string, at: number): boolean {
  return PICTOGRAPH_STYLE.test(text.slice(Math.max(0, at - 2), at + 1))
}

function visible(hazard: string): string {
  if (hazard === '\n') return '⏎'
  if (hazard === '\t') return '\\t'
  if (hazard === '\r') return '\\r'
  return `\\u{${hex(hazard)}}`
}

/**
 * The one function between data and a terminal or a log. The result is one line with nothing that acts or hides:
 * hazards become visible escapes such as `\u{202E}`, line feeds `⏎`.
 * @param longest most UTF-16 units of the result; a longer text ends in `…`, never inside a grapheme or an escape
 */
export function safeText(text: string, longest = Infinity): string {
  // Escapes only lengthen, so the rest of a very long text cannot matter; the margin keeps its last grapheme whole.
  const head = text.length > longest + 256 ? text.slice(0, longest + 256) : text
  const whole = replaceHazards(head, visible).replace(LOG_COMMAND, '#\\u{23}').replace(FIRST_COMMAND, '$1\\u{3A}')
  return whole.length <= longest && head.length === text.length ? whole : clip(whole, longest)
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const ESCAPE = /^\\(?:u\{[0-9A-F]+\}|[tr])/

function clip(text: string, longest: number): string {
  const room = Math.max(0, longest - 1)
  let length = 0
  let escapeEnds = 0
  for (const { segment, index } of graphemes.segment(text.slice(0, room + 64))) {
    if (index >= escapeEnds) escapeEnds = index + (ESCAPE.exec(text.slice(index, index + 12))?.[0].length ?? 0)
    if (index + segment.length > room) break
    if (index + segment.length >= escapeEnds) length = index + segment.length
  }
  return `${text.slice(0, length)}…`
}

/** `::` at the start of a line, blanks and our colour codes aside. */
const LINE_COMMAND = /^((?:[^\S\n\r\u2028\u2029]|\u001b\[\d+m)*):(?=:)/gm

/** No line may begin with `::`: GitHub's runner would obey it. For whole outputs, the last step. */
export function guardLines(text: string): string {
  return text.replace(LINE_COMMAND, '$1\\u{3A}')
}

/** JSON with every hazard in its `\uXXXX` form: it parses to the same value and is safe to print. @param indent 0 for one line */
export function safeJson(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent)
  const units = (hazard: string): string =>
    Array.from({ length: hazard.length }, (_, i) => `\\u${hazard.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
  return replaceHazards(text, (hazard) => (hazard === '\n' ? hazard : units(hazard))).replace(LOG_COMMAND, '#\\u0023')
}
