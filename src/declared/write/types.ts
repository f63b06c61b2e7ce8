/** A column's type, as our readers spell it, in Croissant's terms. */

export interface CroissantType {
  readonly dataType: string
  readonly repeated: boolean
  /** Members of a struct, where their names can be named in a path; null for other types. */
  readonly members: readonly { readonly name: string; readonly type: CroissantType }[] | null
}

/** Without the unit or the digits that may follow. */
const SCALARS: ReadonlyMap<string, string> = new Map([
  ['bool', 'sc:Boolean'],
  ['date', 'sc:Date'],
  ['date64', 'sc:Date'],
  ['timestamp', 'sc:DateTime'],
  ['time', 'sc:Time'],
  ['decimal', 'sc:Float'],
  ['float', 'sc:Float'],
  ['float16', 'sc:Float'],
  ['float32', 'sc:Float'],
  ['float64', 'sc:Float'],
])

const MOST_MEMBERS = 64
const NAME = /^[A-Za-z_]\w{0,100}$/

export function croissantType(type: string): CroissantType {
  const item = inside(type, 'list')
  if (item !== null) {
    const inner = croissantType(item)
    // What is nested deeper is JSON to whoever reads it.
    return inner.repeated ? { dataType: 'sc:Text', repeated: true, members: null } : { ...inner, repeated: true }
  }
  const fields = inside(type, 'struct')
  const members = fields === null ? null : membersOf(fields)
  return { dataType: scalar(type), repeated: false, members }
}

function scalar(type: string): string {
  const word = /^\w{1,40}/.exec(type)?.[0] ?? ''
  if (/^u?int\d+$/.test(word)) return 'sc:Integer'
  return SCALARS.get(word) ?? 'sc:Text'
}

function inside(type: string, kind: string): string | null {
  return type.startsWith(`${kind}<`) && type.endsWith('>') ? type.slice(kind.length + 1, -1) : null
}

/** Null where a member's name is no plain name, or it is a struct itself. */
function membersOf(fields: string): CroissantType['members'] {
  const members: { name: string; type: CroissantType }[] = []
  for (const part of topLevel(fields)) {
    const colon = part.indexOf(': ')
    const name = part.slice(0, Math.max(0, colon))
    if (!NAME.test(name) || members.length === MOST_MEMBERS) return null
    const type = croissantType(part.slice(colon + 2))
    members.push({ name, type: { ...type, members: null } })
  }
  return members.length === 0 ? null : members
}

function topLevel(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    if (sign === '<') depth++
    else if (sign === '>') depth--
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}
