/** A licence cell: which licences it names, and what they ask of whoever merges rows. */
import { isUnstated, knownName } from './license-names.js'
import { copyleftOf, forbidsCommerce, forbidsDerivatives, NON_COMMERCIAL_POOLS } from './license-terms.js'

/** What a cell says of the licence of its row. */
export interface License {
  readonly kind: 'known' | 'unknown' | 'unstated'
  /** Its names in lower case with what joins them, or the cell, cut. */
  readonly name: string
  readonly nonCommercial: boolean
  readonly noDerivatives: boolean
  /** Bits of the licences that a work with such rows in it may come under; 0 where any. */
  readonly copyleft: number
}

/** Longer cells are cut: a licence's full text is told by its first line. */
const MOST_UNITS = 300
const MOST_PARTS = 12
const NAME_UNITS = 60

/** Cells repeat: those seen lately are kept. */
const known = new Map<string, License>()
const MOST_KNOWN = 2048

export function licenseOf(cell: string): License {
  const seen = known.get(cell)
  if (seen !== undefined) return seen
  const read = readLicense(cell)
  if (cell.length <= MOST_UNITS) {
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(cell, read)
  }
  return read
}

/** Whether works under the two can be merged into one, as far as their terms about copies go. */
export function compatible(a: License, b: License): boolean {
  if (a.copyleft !== 0 && b.copyleft !== 0) return (a.copyleft & b.copyleft) !== 0
  const [shared, other] = a.copyleft !== 0 ? [a, b] : [b, a]
  return shared.copyleft === 0 || !other.nonCommercial || (shared.copyleft & NON_COMMERCIAL_POOLS) !== 0
}

function readLicense(cell: string): License {
  const text =
    cell
      .slice(0, MOST_UNITS)
      .trim()
      .split(/[\r\n]/, 1)[0] ?? ''
  const whole = single(text)
  if (whole !== null) return whole
  const read = parsed(tokensOf(text))
  if (read !== null) return read
  const name = text.slice(0, NAME_UNITS).toWellFormed()
  return { kind: isUnstated(text) ? 'unstated' : 'unknown', name, nonCommercial: false, noDerivatives: false, copyleft: 0 }
}

const EXCEPTION = '-with-exception'

function single(text: string): License | null {
  if (text.endsWith(EXCEPTION)) return excepted(single(text.slice(0, -EXCEPTION.length)))
  const name = addressedName(text) ?? knownName(text) ?? abbreviated(text)
  return name === null
    ? null
    : {
        kind: 'known',
        name,
        nonCommercial: forbidsCommerce(name),
        noDerivatives: forbidsDerivatives(name),
        copyleft: copyleftOf(name),
      }
}

/** What is built with such a work is free of its terms. */
function excepted(license: License | null): License | null {
  return license === null ? null : { ...license, name: `${license.name}${EXCEPTION}`, copyleft: 0 }
}

/** `MIT License (MIT)`: the same twice. */
function abbreviated(text: string): string | null {
  const at = text.lastIndexOf('(')
  if (at < 0 || !text.endsWith(')') || knownName(text.slice(0, at)) === null) return null
  return knownName(text.slice(at + 1, -1))
}

/** A licence given by where its text lies. */
function addressedName(text: string): string | null {
  const [, rest] = /^https?:\/\/(?:www\.)?([\w./-]{1,200})$/i.exec(text) ?? []
  if (rest === undefined) return null
  const path = rest
    .toLowerCase()
    .replace(/\/$/, '')
    .replace(/\.(?:html?|txt|php)$/, '')
    .split('/')
  const [host, folder, kind = '', version = ''] = path
  if (host === 'creativecommons.org' && folder === 'licenses') return knownName(`cc-${kind}-${version}`)
  if (host === 'creativecommons.org' && folder === 'publicdomain') return kind === 'zero' ? 'cc0-1.0' : 'cc-pdm-1.0'
  if (host === 'apache.org' || host === 'mozilla.org') {
    const number = /\d\.\d/.exec(rest)?.[0] ?? '2.0'
    return knownName(`${host === 'apache.org' ? 'apache' : 'mpl'}-${number}`)
  }
  if (host === 'arxiv.org') return 'arxiv-nonexclusive-distrib'
  return knownName(path.at(-1) ?? '')
}

type Token = string

/** Names, `(`, `)`, `and` and `or` of an SPDX expression, of `MIT/Apache-2.0`, of `MIT, BSD` or of a JSON list. */
function tokensOf(text: string): Token[] {
  const plain = text
    .replace(/,?[ -]or[ -](?:\(?at your option\)? )?(?:any[ -])?(?:later|newer)(?:[ -]version)?/gi, '+')
    .replace(/[ \t]with[ \t][\w.-]{1,80}/gi, EXCEPTION)
    .replace(/["'[\]]/g, ' ')
  return plain
    .split(/([()]|[ \t](?:and|or)[ \t]|[,;|/&])/i)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
    .map((part) => (',;&'.includes(part) ? 'and' : part === '|' || part === '/' ? 'or' : part))
}

/** Null where a part is no licence that is known, or the tokens do not make an expression. */
function parsed(tokens: readonly Token[]): License | null {
  if (tokens.length < 2 || tokens.length > MOST_PARTS * 2) return tokens.length === 1 ? single(tokens[0] ?? '') : null
  const reader = { tokens, at: 0 }
  const read = alternatives(reader)
  return reader.at === tokens.length ? read : null
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

function alternatives(reader: Reader): License | null {
  let read = conjunction(reader)
  while (read !== null && reader.tokens[reader.at] === 'or') {
    reader.at++
    const other = conjunction(reader)
    read = other === null ? null : either(read, other)
  }
  return read
}

function conjunction(reader: Reader): License | null {
  let read = atom(reader)
  while (read !== null && reader.tokens[reader.at] === 'and') {
    reader.at++
    const other = atom(reader)
    read = other === null ? null : both(read, other)
  }
  return read
}

function atom(reader: Reader): License | null {
  const token = reader.tokens[reader.at++]
  if (token === undefined || token === ')' || token === 'and' || token === 'or') return null
  if (token !== '(') return single(token)
  const read = alternatives(reader)
  return reader.tokens[reader.at++] === ')' ? read : null
}

/** The choice is the reader's: what one of them allows is allowed. */
function either(a: License, b: License): License {
  return {
    kind: 'known',
    name: joined(a.name, 'or', b.name),
    nonCommercial: a.nonCommercial && b.nonCommercial,
    noDerivatives: a.noDerivatives && b.noDerivatives,
    copyleft: a.copyleft === 0 || b.copyleft === 0 ? 0 : a.copyleft | b.copyleft,
  }
}

/** Where the two ask for different licences of the whole, the first one's are kept: the row says so itself. */
function both(a: License, b: License): License {
  const common = a.copyleft & b.copyleft
  return {
    kind: 'known',
    name: joined(grouped(a), 'and', grouped(b)),
    nonCommercial: a.nonCommercial || b.nonCommercial,
    noDerivatives: a.noDerivatives || b.noDerivatives,
    copyleft: common !== 0 ? common : a.copyleft !== 0 ? a.copyleft : b.copyleft,
  }
}

function joined(a: string, by: string, b: string): string {
  return `${a} ${by} ${b}`
}

function grouped({ name }: License): string {
  return name.includes(' or ') ? `(${name})` : name
}
