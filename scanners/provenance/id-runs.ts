/** Ids that count up, and the numbers that they leave out. */
import type { Finding } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { claim, counted } from './claim.js'
import { tracedCell } from './content.js'

/** Rows whose ids are a number behind one prefix, within one split. */
interface Range {
  rows: number
  least: number
  most: number
}

/** By split and prefix; null once there are more than {@link MOST_RANGES}: then ids do not count rows. */
export interface IdTally {
  ranges: Map<string, Range> | null
}

/** Of each range that may have gaps, which numbers occur: one bit each, from its least. */
export type IdBits = Map<string, Uint8Array>

export type IdPlan = ReadonlyMap<string, Readonly<Range>>

const MOST_RANGES = 16
const MOST_PREFIX = 40
/** More digits are no counting, and not exact. */
const MOST_DIGITS = 12
/** 8 MiB for all ranges together. */
const MOST_BITS = 2 ** 26
/** Where more numbers than this share are left out, ids are sparse: a sample, a filtered set, another count. */
const MOST_MISSING = 0.05
const PLACES = 3

export function idTally(): IdTally {
  return { ranges: new Map() }
}

export function tallyId(tally: IdTally, batch: RowBatch, i: number, fileSplit: string | null): void {
  if (tally.ranges === null) return
  const id = numbered(batch, i, fileSplit)
  if (id !== null) widen(tally, id.group, { rows: 1, least: id.number, most: id.number })
}

export function mergeIdTallies(into: IdTally, from: IdTally): void {
  if (from.ranges === null) into.ranges = null
  else for (const [group, range] of from.ranges) widen(into, group, range)
}

/** The ranges to look into: those that could be nearly full, as far as memory goes. */
export function idPlan({ ranges }: IdTally): IdPlan {
  let left = MOST_BITS
  const chosen = new Map<string, Readonly<Range>>()
  for (const [group, range] of [...(ranges ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const numbers = numbersIn(range)
    if (range.rows < numbers * (1 - MOST_MISSING) || numbers > left) continue
    left -= numbers
    chosen.set(group, range)
  }
  return chosen
}

export function collectNumber(bits: IdBits, batch: RowBatch, i: number, fileSplit: string | null, plan: IdPlan): void {
  const id = plan.size === 0 ? null : numbered(batch, i, fileSplit)
  const range = id === null ? undefined : plan.get(id.group)
  if (id === null || range === undefined) return
  let seen = bits.get(id.group)
  if (seen === undefined) bits.set(id.group, (seen = new Uint8Array(Math.ceil(numbersIn(range) / 8))))
  const at = id.number - range.least
  seen[at >> 3] = seen[at >> 3]! | (1 << (at & 7))
}

export function mergeIdBits(into: IdBits, from: IdBits): void {
  for (const [group, seen] of from) {
    const known = into.get(group)
    if (known === undefined) into.set(group, seen.slice())
    else for (let i = 0; i < known.length; i++) known[i] = known[i]! | seen[i]!
  }
}

/** One finding for all ranges. */
export function idFindings(bits: IdBits, plan: IdPlan): Finding[] {
  const gaps = [...plan].flatMap(([group, range]) => gapsOf(group, range, bits.get(group)))
  const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  if (missing === 0) return []
  const numbers = [...plan.values()].reduce((sum, range) => sum + numbersIn(range), 0)
  const places = gaps
    .slice(0, PLACES)
    .map(({ prefix, from, to }) => JSON.stringify(`${prefix}${from}${from === to ? '' : `–${to}`}`))
  const more = gaps.length > PLACES ? ` and ${gaps.length - PLACES} more places` : ''
  return [
    claim({
      message: 'provenance/ids-skip',
      severity: 'info',
      title: `${counted(missing, 'id')} left out of ids that otherwise count up: ${places.join(', ')}${more}`,
      why: 'Rows were taken out after they were numbered, or ids were given away; a duplicate or a filter may explain it.',
      evidence: { missing, of: numbers, share: missing / numbers, gaps: gaps.length },
    }),
  ]
}

interface Gap {
  readonly prefix: string
  readonly from: number
  readonly to: number
}

function gapsOf(group: string, range: Readonly<Range>, seen: Uint8Array | undefined): Gap[] {
  if (seen === undefined) return []
  const gaps: Gap[] = []
  const prefix = group.slice(group.indexOf('\u0000') + 1)
  const numbers = numbersIn(range)
  let missing = 0
  let from = -1
  for (let at = 0; at <= numbers; at++) {
    const absent = at < numbers && ((seen[at >> 3]! >> (at & 7)) & 1) === 0
    if (absent) missing++
    if (absent && from < 0) from = at
    if (!absent && from >= 0) {
      gaps.push({ prefix, from: range.least + from, to: range.least + at - 1 })
      from = -1
    }
  }
  return missing > numbers * MOST_MISSING ? [] : gaps
}

function widen(tally: IdTally, group: string, { rows, least, most }: Readonly<Range>): void {
  const known = tally.ranges?.get(group)
  if (known !== undefined) {
    known.rows += rows
    known.least = Math.min(known.least, least)
    known.most = Math.max(known.most, most)
  } else if (tally.ranges !== null) {
    tally.ranges.set(group, { rows, least, most })
    if (tally.ranges.size > MOST_RANGES) tally.ranges = null
  }
}

function numbersIn({ least, most }: Readonly<Range>): number {
  return most - least + 1
}

/** An id of digits behind a prefix; null where there are none, or too many. */
function numbered(batch: RowBatch, i: number, fileSplit: string | null): { group: string; number: number } | null {
  const id = tracedCell(batch, 'id', i)?.trim() ?? ''
  let start = id.length
  while (start > 0 && isDigit(id.charCodeAt(start - 1)) && id.length - start <= MOST_DIGITS) start--
  const digits = id.length - start
  if (digits === 0 || digits > MOST_DIGITS || start > MOST_PREFIX) return null
  return { group: `${batch.columns.split?.[i] ?? fileSplit ?? ''}\u0000${id.slice(0, start)}`, number: Number(id.slice(start)) }
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}
