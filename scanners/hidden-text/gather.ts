/** The one pass: rows with something hidden, by kind and character. */
import { mix32 } from '../../src/math/random.js'
import { excerptAround, LEAD } from '../../src/model/excerpt.js'
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { offer } from '../../src/sketch/bottom-k.js'
import type { Bucket } from '../../src/sketch/buckets.js'
import { bucket, bucketOf, mergeBucket } from '../../src/sketch/buckets.js'
import type { LabelCounts } from '../../src/sketch/label-counts.js'
import { countLabel, mergeLabelCounts } from '../../src/sketch/label-counts.js'
import type { Hidden } from './hidden.js'
import { inspect } from './inspect.js'

export const TEXT_ROLES = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]

/** UTF-16 units looked at of a cell: its head and its tail. */
const HEAD = 262_144
const TAIL = 65_536
const MOST_ROWS = 20_000
const SHOWN = 5
const EXCERPT = 240
const SAYS = 120

/** Plain data. */
export interface HiddenRow {
  readonly grave: boolean
  readonly label: string | null
}

export interface ShownRow {
  readonly example: Example
  readonly says: string
}

/** Rows with one kind of hiding by one character; grave ones are kept and shown first. */
export interface HiddenBucket extends Bucket<HiddenRow, ShownRow> {
  rows: number
  graveRows: number
}

export interface HiddenState {
  rows: number
  /** By `kind code`. */
  readonly buckets: Map<string, HiddenBucket>
  labels: LabelCounts
}

export function hiddenState(): HiddenState {
  return { rows: 0, buckets: new Map(), labels: new Map() }
}

export function gather(state: HiddenState, batch: RowBatch, seed: number): void {
  for (let i = 0; i < batch.length; i++) {
    state.rows++
    const label = batch.columns.label?.[i]?.slice(0, SAYS) ?? null
    if (label !== null) state.labels = countLabel(state.labels, label)
    TEXT_ROLES.forEach((role, r) => {
      const raw = batch.columns[role]?.[i] ?? ''
      if (raw === '') return
      const text = raw.length <= HEAD + TAIL ? raw : `${raw.slice(0, HEAD)}\n${raw.slice(-TAIL)}`
      const found = inspect(text).filter(({ ordinary }) => ordinary !== true)
      if (found.length > 0) record(state, batch, i, r, text, found, label, seed)
    })
  }
}

export function mergeHidden(into: HiddenState, from: HiddenState): HiddenState {
  into.rows += from.rows
  for (const [key, other] of from.buckets) {
    const own = bucketOf(into.buckets, key, hiddenBucket)
    own.rows += other.rows
    own.graveRows += other.graveRows
    mergeBucket(own, other)
  }
  into.labels = mergeLabelCounts(into.labels, from.labels)
  return into
}

/** Kinds whose characters are told apart; of the others there are too many. */
function keyOf({ kind, code }: Hidden): string {
  return `${kind} ${kind === 'zero-width' || kind === 'bidi' ? code : 0}`
}

function record(
  state: HiddenState,
  batch: RowBatch,
  i: number,
  role: number,
  text: string,
  found: readonly Hidden[],
  label: string | null,
  seed: number,
): void {
  const row = batch.rows[i]!
  const turn = batch.turns[i]! * TEXT_ROLES.length + role
  const place = mix32(mix32(mix32(seed ^ 0x1f83d9ab) ^ batch.file) ^ row)
  for (const key of new Set(found.map(keyOf))) {
    const own = found.filter((hidden) => keyOf(hidden) === key)
    const telling = own.find(({ grave }) => grave) ?? own[0]!
    const rows = bucketOf(state.buckets, key, hiddenBucket)
    rows.rows++
    if (telling.grave) rows.graveRows++
    // Grave rows have the smaller keys: they are kept and shown first.
    const rank = place + (telling.grave ? 0 : 2 ** 32)
    offer(rows.kept, rank, batch.file, row, turn, () => ({ grave: telling.grave, label }))
    offer(rows.shown, rank, batch.file, row, turn, () => ({
      example: exampleOf(batch, i, TEXT_ROLES[role]!, text, own, telling, label),
      says:
        own
          .find(({ says }) => says !== '')
          ?.says.slice(0, SAYS)
          .toWellFormed() ?? '',
    }))
  }
}

function hiddenBucket(): HiddenBucket {
  return { rows: 0, graveRows: 0, ...bucket(MOST_ROWS, SHOWN) }
}

function exampleOf(
  batch: RowBatch,
  i: number,
  role: Role,
  text: string,
  found: readonly Hidden[],
  telling: Hidden,
  label: string | null,
): Example {
  // What begins before the excerpt is not marked: the rest of it says nothing.
  const marked = found.filter(({ start }) => start >= telling.start - LEAD)
  return {
    file: batch.file,
    row: batch.rows[i]!,
    role,
    ...excerptAround(text, telling.start, EXCERPT, marked),
    ...(label === null ? {} : { target: label.toWellFormed() }),
  }
}
