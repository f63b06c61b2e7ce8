/**
 * The one way from text to HTML: the tag `html`, which escapes what it is given. What stands inside a tag of its own (an attribute)
 * may be a number, a name or the path of a shape alone, so that no element, attribute, style or address comes from the data.
 */
import { safeText } from './safe-text.js'

const LONGEST = 2000

/** Markup that this module made. */
class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}
export type { Html }

/** A word for an attribute: a class, an id. */
class Name {
  readonly word: string

  constructor(word: string) {
    this.word = word
  }
}

export type Content = string | number | null | Html | readonly Content[]

/**
 * Markup with its values escaped. Between tags: text, which is made visible as {@link safeText} does; a number; markup; a list of
 * these; nothing for null. Inside a tag: a finite number, or what {@link name} or {@link path} gave.
 * @throws TypeError for any other value inside a tag
 */
export function html(template: TemplateStringsArray, ...values: readonly (Content | Name)[]): Html {
  const parts = onOneLine(template)
  let markup = parts[0] ?? ''
  let isInside = endsInTag(markup, false)
  values.forEach((value, i) => {
    const next = parts[i + 1] ?? ''
    markup += (isInside ? inTag(value) : between(value)) + next
    isInside = endsInTag(next, isInside)
  })
  return new Html(markup)
}

const lines = new WeakMap<TemplateStringsArray, readonly string[]>()

/** The formatter breaks lines where blanks mean nothing; thousands of marks in a drawing are shorter without. */
function onOneLine(template: TemplateStringsArray): readonly string[] {
  const known = lines.get(template)
  if (known !== undefined) return known
  const parts = template.map((part) => {
    const [first = '', ...others] = part.split('\n')
    const trimmed = others.map((line, i) => (i < others.length - 1 ? line.trim() : line.trimStart()))
    return [others.length > 0 ? first.trimEnd() : first, ...trimmed].join(' ').replace(/ (?=\/?>)/g, '')
  })
  lines.set(template, parts)
  return parts
}

function endsInTag(part: string, wasInside: boolean): boolean {
  const open = part.lastIndexOf('<')
  const close = part.lastIndexOf('>')
  return open === close ? wasInside : open > close
}

function between(value: Content | Name): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Html) return String(value)
  if (value instanceof Name) return value.word
  return value.map(between).join('')
}

function inTag(value: Content | Name): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (value instanceof Name) return value.word
  throw new TypeError('inside a tag stand numbers, names and paths alone')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return safeText(text, LONGEST).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

/** Text from the data in an element that keeps its direction of writing to itself. @param longest UTF-16 units that are shown */
export function quoted(text: string, longest = LONGEST): Html {
  const shown = safeText(text, longest)
  return shown === '' ? html`<i>(empty)</i>` : html`<bdi>${shown}</bdi>`
}

/** @throws TypeError for what is no word of lower-case letters, digits and hyphens */
export function name(word: string): Name {
  if (!/^[a-z][a-z0-9-]*$/.test(word)) throw new TypeError('not a name')
  return new Name(word)
}

/** The value of an SVG path's `d`. @throws TypeError for anything but commands and numbers */
export function path(commands: string): Name {
  if (!/^[MmLlHhVvCcSsQqTtAaZz0-9eE., -]*$/.test(commands)) throw new TypeError('not a path')
  return new Name(commands)
}

/** Names side by side, as in a list of ids. */
export function names(...words: readonly string[]): Name {
  return new Name(words.map((word) => name(word).word).join(' '))
}

/** A whole page around its body. @param css of the program's own, as it is. @param digest Base64 of its SHA-256 */
export function page(title: string, body: Html, css: string, digest: string): string {
  if (css.includes('<') || !/^[A-Za-z0-9+/]{43}=$/.test(digest)) throw new TypeError('not a style sheet with its digest')
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
${String(body)}
</body>
</html>
`
}
