/**
 * Terms of JSON-LD in one spelling each, whether a document writes `sha256`, `sc:sha256` or the whole address. Only what the
 * document itself defines in its `@context` is looked up: no context is ever fetched. This is no JSON-LD processor: it reads what
 * Croissant documents are made of (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
 */
import { at, isKeyed, type Keyed } from '../values.js'

/** By the namespace of a term, what it is called here. Keys of schema.org, Croissant and Dublin Core stand alone. */
const NAMESPACES: readonly (readonly [string, string])[] = [
  ['http://mlcommons.org/croissant/RAI/', 'rai:'],
  ['http://mlcommons.org/croissant/', 'cr:'],
  ['https://mlcommons.org/croissant/', 'cr:'],
  ['http://www.w3.org/ns/prov#', 'prov:'],
  ['http://schema.org/', 'sc:'],
  ['https://schema.org/', 'sc:'],
  ['http://purl.org/dc/terms/', 'dct:'],
]

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['rai', 'http://mlcommons.org/croissant/RAI/'],
  ['cr', 'http://mlcommons.org/croissant/'],
  ['prov', 'http://www.w3.org/ns/prov#'],
  ['sc', 'https://schema.org/'],
  ['schema', 'https://schema.org/'],
  ['dct', 'http://purl.org/dc/terms/'],
])

const BARE = /^(?:sc|cr|dct):/

export class Terms {
  readonly #known = new Map<string, string>()

  /** @param context the document's `@context`; what is no object defines nothing */
  constructor(private readonly context: unknown) {}

  /** `cr:FileObject`, `sc:Dataset`, `rai:dataBiases`; other terms as they are. */
  value(term: string): string {
    const seen = this.#known.get(term)
    if (seen !== undefined) return seen
    const address = this.#expanded(term)
    const [space, prefix] = NAMESPACES.find(([start]) => address.startsWith(start)) ?? ['', '']
    const short = prefix + address.slice(space.length)
    if (this.#known.size < 10_000) this.#known.set(term, short)
    return short
  }

  /** A property's name without the namespaces that share no names: `sha256`, `recordSet`, `rai:dataBiases`. */
  key(term: string): string {
    return term.startsWith('@') ? term : this.value(term).replace(BARE, '')
  }

  #expanded(term: string): string {
    const defined = this.#defined(term) ?? term
    const colon = defined.indexOf(':')
    if (colon <= 0 || defined.startsWith('//', colon + 1)) return defined
    const prefix = defined.slice(0, colon)
    const space = this.#defined(prefix) ?? PREFIXES.get(prefix)
    return space === undefined ? defined : space + defined.slice(colon + 1)
  }

  #defined(term: string): string | null {
    const definition = at(this.context, term)
    const address = isKeyed(definition) ? at(definition, '@id') : definition
    return typeof address === 'string' && address !== '' ? address : null
  }
}

/**
 * The document with each key as {@link Terms.key} has it, `@value` and `@list` taken out, and objects without a prototype.
 * @param value checked for depth and size before
 */
export function plainDocument(value: unknown, terms: Terms): unknown {
  if (Array.isArray(value)) return value.map((item) => plainDocument(item, terms))
  if (!isKeyed(value)) return value
  for (const wrapper of ['@value', '@list', '@set'])
    if (Object.hasOwn(value, wrapper)) return plainDocument(value[wrapper], terms)
  const plain = Object.create(null) as Record<string, unknown>
  for (const [key, inner] of Object.entries(value)) {
    const name = terms.key(key)
    // Contexts are not data, and `data` is JSON that is kept as it is.
    if (key === '@context' || Object.hasOwn(plain, name)) continue
    plain[name] = name === 'data' || name === 'examples' ? inner : plainDocument(inner, terms)
  }
  return plain
}

/** The types of a node: `cr:Field`. */
export function typesOf(node: Keyed, terms: Terms): string[] {
  const type = at(node, '@type')
  return (Array.isArray(type) ? (type as unknown[]) : [type]).flatMap((each) =>
    typeof each === 'string' ? [terms.value(each)] : [],
  )
}
