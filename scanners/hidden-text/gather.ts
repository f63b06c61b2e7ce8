/** The one pass: rows with something hidden, by kind and character. */
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { mix32 } from '../../src/math/random.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import type { Hidden } from './hidden.js'
import { inspect } from './inspect.js'

export const TEXT_ROLES = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]

/** UTF-16 units looked at of a cell: its head and its tail. */
const HEAD = 262_144
const TAIL = 65_536
const MOST_ROWS = 20_000
const SHOWN = 5
const MOST_LABELS = 200
const EXCERPT = 240
const LEAD = 80
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

/** Rows with one kind of hiding by one character. */
export interface Bucket {
  rows: number
  graveRows: number
  readonly kept: BottomK<HiddenRow>
  /** Grave rows come first. */
  readonly shown: BottomK<ShownRow>
}

export interface HiddenState {
  rows: number
  /** By `kind code`. */
  readonly buckets: Map<string, Bucket>
  /** Rows by label; null once there are too many to be classes. */
  labels: Map<string, number> | null
}

export function hiddenState(): HiddenState {
  return { rows: 0, buckets: new Map(), labels: new Map() }
}

export function gather(state: HiddenState, batch: RowBatch, seed: number): void {
  for (let i = 0; i < batch.length; i++) {
    state.rows++
    const label = batch.columns.label?.[i]?.slice(0, SAYS) ?? null
    if (label !== null) countLabel(state, label, 1)
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
    const bucket = bucketOf(into, key)
    bucket.rows += other.rows
    bucket.graveRows += other.graveRows
    mergeBottomK(bucket.kept, other.kept)
    mergeBottomK(bucket.shown, other.shown)
  }
  if (from.labels === null) into.labels = null
  else for (const [label, count] of from.labels) countLabel(into, label, count)
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
    const bucket = bucketOf(state, key)
    bucket.rows++
    if (telling.grave) bucket.graveRows++
    // Grave rows have the smaller keys: they are kept and shown first.
    const rank = place + (telling.grave ? 0 : 2 ** 32)
    offer(bucket.kept, rank, batch.file, row, turn, () => ({ grave: telling.grave, label }))
    offer(bucket.shown, rank, batch.file, row, turn, () => ({
      example: exampleOf(batch, i, TEXT_ROLES[role]!, text, own, telling, label),
      says:
        own
          .find(({ says }) => says !== '')
          ?.says.slice(0, SAYS)
          .toWellFormed() ?? '',
    }))
  }
}

function bucketOf(state: HiddenState, key: string): Bucket {
  const known = state.buckets.get(key)
  if (known) return known
  const fresh: Bucket = { rows: 0, graveRows: 0, kept: bottomK(MOST_ROWS), shown: bottomK(SHOWN) }
  state.buckets.set(key, fresh)
  return fresh
}

function countLabel(state: HiddenState, label: string, count: number): void {
  if (state.labels === null) return
  state.labels.set(label, (state.labels.get(label) ?? 0) + count)
  if (state.labels.size > MOST_LABELS) state.labels = null
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
  const from = Math.max(0, telling.start - LEAD)
  const excerpt = text.slice(from, from + EXCERPT).toWellFormed()
  const marks = found
    .map(({ start, end }): [number, number] => [start - from, Math.min(end - from, excerpt.length)])
    .filter(([start, end]) => start >= 0 && start < end)
  return {
    file: batch.file,
    row: batch.rows[i]!,
    role,
    excerpt,
    marks,
    ...(label === null ? {} : { target: label.toWellFormed() }),
  }
}
