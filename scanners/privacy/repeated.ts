/** Canaries and tokens: random sequences that come again in rows which are not copies of each other. */
import { isTellingFrame } from './canaries.js'
import type { Claim } from './claim.js'
import { unique } from './rows.js'
import type { PrivacyBucket } from './gather.js'
import type { Kind } from './kinds.js'
import type { ValueCount } from './values.js'
import { counted } from './values.js'

/** Texts with one sequence, or sequences in one telling frame: two may be chance, as a quotation is. */
const FEWEST = 3
const FRAME_SHOWN = 80

export function repeated(kind: Kind, bucket: PrivacyBucket): Claim[] {
  const values = counted(bucket.values)
  const again = values.filter((value) => texts([value]) >= FEWEST)
  const frames = new Map<string, ValueCount[]>()
  if (kind === 'canary') for (const value of values) frames.set(value.group, [...(frames.get(value.group) ?? []), value])
  const framed = [...frames].filter(([frame, group]) => isTellingFrame(frame) && group.length >= FEWEST && texts(group) >= FEWEST)
  const telling = [...new Set([...again, ...framed.flatMap(([, group]) => group)])]
  if (telling.length === 0) return []
  const rows = unique(telling.flatMap(({ places }) => places))
  const byCopies = telling.sort((a, b) => b.rows - a.rows || a.places[0]!.key - b.places[0]!.key || (a.group < b.group ? -1 : 1))
  const frame = byCopies[0]!.group
  return [
    {
      kind,
      rows,
      rowCount: rows.length,
      values: byCopies,
      distinct: telling.length,
      types: new Map(),
      examples: byCopies.flatMap(({ example }) => (example === null ? [] : [example.example])).filter(onlyOnce()),
      ...(frame === '' ? {} : { extra: { frame: JSON.stringify(frame.slice(0, FRAME_SHOWN).toWellFormed()) } }),
    },
  ]
}

/** Different texts that hold any of the values: copies of a row are one. */
function texts(values: readonly ValueCount[]): number {
  return new Set(values.flatMap(({ places }) => places.map(({ text }) => text))).size
}

/** Passes each row once. */
function onlyOnce(): (example: { readonly file: number; readonly row: number }) => boolean {
  const seen = new Set<string>()
  return ({ file, row }) => !seen.has(`${file} ${row}`) && seen.add(`${file} ${row}`).size > 0
}
