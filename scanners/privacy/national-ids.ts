/** Identity numbers: groups of digits and capitals, looked up by shape, held to their check digits and to a telling word. */
import { before, isSequence } from './context.js'
import { AMERICAN, isNino } from './ids/american.js'
import { EASTERN } from './ids/eastern.js'
import type { IdRule } from './ids/rule.js'
import { WESTERN } from './ids/western.js'
import type { Datum } from './kinds.js'

const BY_SHAPE = new Map<string, IdRule[]>()
for (const rule of [...WESTERN, ...EASTERN, ...AMERICAN]) {
  for (const shape of rule.shapes) BY_SHAPE.set(shape, [...(BY_SHAPE.get(shape) ?? []), rule])
}
const LONGEST = Math.max(...[...BY_SHAPE.keys()].map((shape) => shape.length))
const MOST_GROUPS = 8

/** From the first digit on; up to six letters may stand before it. */
const GROUP = /\d(?<=(?<![A-Za-z\d.])[A-Za-z]{0,6}\d)(?:[./+-]?[A-Za-z\d]){0,30}(?![A-Za-z\d@])/g
const SPACED_NINO = /\d\d(?<=(?<![A-Z\d])[A-Z]{2} \d\d) \d\d \d\d [A-D](?![A-Z\d])/g
const EXAMPLES = new Set([
  '12345678Z',
  'X1234567L',
  'AB123456C',
  'QQ123456C',
  '12345678909',
  '11144477735',
  'S1234567D',
  'ABCDE1234F',
])

interface Group {
  readonly start: number
  readonly end: number
}

export function nationalIds(text: string): Datum[] {
  const groups = Array.from(text.matchAll(GROUP), ({ 0: all, index }): Group => {
    let start = index
    while (start > 0 && /[A-Za-z]/.test(text.charAt(start - 1))) start--
    // The Spanish number of foreigners may part its letter.
    if (/(?<![A-Z\d])[XYZ]-$/i.test(text.slice(Math.max(0, start - 3), start))) start -= 2
    return { start, end: index + all.length }
  })
  const found: Datum[] = []
  for (let i = 0; i < groups.length; i++) {
    const [id, taken] = idFrom(text, groups, i)
    if (id === null) continue
    found.push(id)
    i += taken - 1
  }
  for (const { 0: all, index } of text.matchAll(SPACED_NINO)) {
    const value = compact(text.slice(index - 3, index + all.length))
    if (isNino(value) && !EXAMPLES.has(value)) found.push(datum('UK NINO', index - 3, index + all.length, value))
  }
  return found
}

/** The longest row of groups from the i-th on that is an identity number, and how many groups it takes. */
function idFrom(text: string, groups: readonly Group[], i: number): readonly [Datum | null, number] {
  const { start } = groups[i]!
  let last = i
  while (last + 1 < groups.length && last + 1 - i < MOST_GROUPS && joins(text, groups[last]!.end, groups[last + 1]!.start)) last++
  for (; last >= i; last--) {
    const { end } = groups[last]!
    if (end - start > LONGEST) continue
    const written = text.slice(start, end).toUpperCase()
    const rules = BY_SHAPE.get(shapeOf(written))
    const rule = rules?.find((rule) => holds(rule, text, start, written))
    if (rule !== undefined) return [datum(rule.name, start, end, compact(written)), last + 1 - i]
  }
  return [null, 0]
}

function joins(text: string, end: number, start: number): boolean {
  const between = text.slice(end, start)
  return between === ' ' || between === '\u00a0' || between === ' / '
}

function holds(rule: IdRule, text: string, start: number, written: string): boolean {
  const id = compact(written)
  if (isSequence(id.replace(/\D/g, '')) || EXAMPLES.has(id) || !rule.valid(id)) return false
  return (rule.alone?.includes(shapeOf(written)) ?? false) || rule.telling.test(before(text, start))
}

function shapeOf(written: string): string {
  return written
    .replace(/\d/g, '9')
    .replace(/[A-Z]/g, 'A')
    .replace(/\u00a0/g, ' ')
}

function compact(written: string): string {
  return written.replace(/[^A-Z\d]/g, '')
}

function datum(type: string, start: number, end: number, value: string): Datum {
  return { kind: 'national-id', type, start, end, value }
}
