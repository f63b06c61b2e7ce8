import { CredenceError } from '../errors.js'
import type { ColumnSchema } from './format.js'
import { MAX_COLUMNS } from '../model/read-limits.js'

/** Members of a nested object that its type names; the rest is shown as `…`. */
const MAX_FIELDS = 64
const MAX_TYPE_DEPTH = 8

/** What was seen of one column or member. */
interface Seen {
  readonly scalars: Set<string>
  item: Seen | null
  fields: Map<string, Seen> | null
}

/** The union of the keys and types of JSON rows, in order of first sight. */
export class JsonSchema {
  readonly #path: string
  readonly #columns = new Map<string, Seen>()

  constructor(path: string) {
    this.#path = path
  }

  add(record: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(record)) {
      const seen = this.#columns.get(name) ?? newSeen()
      this.#columns.set(name, seen)
      observe(seen, record[name], 0)
    }
    if (this.#columns.size > MAX_COLUMNS) {
      throw new CredenceError('limit', `${this.#path} has more than ${MAX_COLUMNS} different keys in its first rows`, {
        place: { file: this.#path },
        suggestions: ['Keys should name columns; move keys that are values into a column of their own.'],
      })
    }
  }

  columns(): readonly ColumnSchema[] {
    return [...this.#columns].map(([name, seen]) => ({ name, type: spell(seen) }))
  }
}

function newSeen(): Seen {
  return { scalars: new Set(), item: null, fields: null }
}

function observe(seen: Seen, value: unknown, depth: number): void {
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    seen.scalars.add(scalarType(value))
    return
  }
  if (depth >= MAX_TYPE_DEPTH) {
    seen.scalars.add('…')
    return
  }
  if (Array.isArray(value)) {
    seen.item ??= newSeen()
    for (const item of value.slice(0, MAX_FIELDS)) observe(seen.item, item, depth + 1)
    return
  }
  seen.fields ??= new Map()
  for (const [name, member] of Object.entries(value)) {
    const field = seen.fields.get(name) ?? newSeen()
    if (seen.fields.size >= MAX_FIELDS && !seen.fields.has(name)) continue
    seen.fields.set(name, field)
    observe(field, member, depth + 1)
  }
}

function scalarType(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int64'
    default:
      return Number.isInteger(value) ? 'int64' : 'float64'
  }
}

function spell(seen: Seen): string {
  const scalars = new Set(seen.scalars)
  if (scalars.has('float64')) scalars.delete('int64')
  const types = [...scalars].sort()
  if (seen.item) types.push(`list<${spell(seen.item)}>`)
  if (seen.fields) {
    const fields = [...seen.fields].map(([name, field]) => `${name}: ${spell(field)}`)
    types.push(`struct<${fields.join(', ')}${seen.fields.size >= MAX_FIELDS ? ', …' : ''}>`)
  }
  if (types.length === 0) return 'null'
  return types.length === 1 && types[0] !== undefined ? types[0] : `union<${types.join(', ')}>`
}
