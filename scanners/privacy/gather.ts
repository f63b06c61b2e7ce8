/** The one pass: rows with personal data or secrets by kind, and how many rows hold each value. Values stay behind as hashes. */
import { hash53 } from '../../src/math/random.js'
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { offer } from '../../src/sketch/bottom-k.js'
import type { Bucket } from '../../src/sketch/buckets.js'
import { bucket, bucketOf, mergeBucket } from '../../src/sketch/buckets.js'
import { detect } from './detect.js'
import type { Datum, Kind } from './kinds.js'
import { masked, maskedExcerpt } from './mask.js'
import type { Values } from './values.js'
import { countValue, mergeValues, placeKey, textHash, values } from './values.js'

export const TEXT_ROLES = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]

const MOST_ROWS = 20_000
const SHOWN = 5
const MOST_VALUES = 16_384
/** Rows of a value that only repetition makes telling. */
const MOST_PLACES = 64

/** UTF-16 units of a value that is masked wherever its row has it. */
const SHORTEST = 5

/** What is put together: a kind, or the numbers that may be of a kind. */
export type Group = Kind | 'bare-card'

/** Rows that hold values of one kind. */
export interface PrivacyBucket extends Bucket<null, Example> {
  rows: number
  readonly values: Values
  /** Rows by type. */
  readonly types: Map<string, number>
}

/** Plain data. */
export interface PrivacyState {
  rows: number
  readonly buckets: Map<Group, PrivacyBucket>
}

export function privacyState(): PrivacyState {
  return { rows: 0, buckets: new Map() }
}

/** A value where it stands. */
interface Found {
  readonly datum: Datum
  readonly role: Role
  readonly text: string
  /** All that its text holds. */
  readonly data: readonly Datum[]
}

export function gather(state: PrivacyState, batch: RowBatch, seed: number): void {
  for (let i = 0; i < batch.length;) {
    const row = batch.rows[i]!
    const found: Found[] = []
    // The turns of a chat are one row: a value that several of them repeat is there once.
    for (const first = i; i < batch.length && (i === first || batch.rows[i] === row); i++) look(batch, i, found)
    state.rows++
    if (found.length > 0) record(state, batch.file, row, found, seed)
  }
}

function look(batch: RowBatch, i: number, found: Found[]): void {
  for (const role of TEXT_ROLES) {
    const text = batch.columns[role]?.[i] ?? ''
    if (text === '') continue
    const data = detect(text)
    for (const datum of data) found.push({ datum, role, text, data })
  }
}

function record(state: PrivacyState, file: number, row: number, found: readonly Found[], seed: number): void {
  const key = placeKey(seed, file, row)
  const seen = new Set<string>()
  const written = [...new Set(found.map(({ datum, text }) => text.slice(datum.start, datum.end)))].filter(
    ({ length }) => length >= SHORTEST,
  )
  const exampleOf = ({ role, text, data, datum }: Found): Example => ({
    file,
    row,
    role,
    ...maskedExcerpt(text, data, datum, written),
  })
  const telling = new Map<Group, Found>()
  const types = new Map<Group, Set<string>>()
  for (const one of found) {
    const { datum, text } = one
    const group = groupOf(datum)
    const own = groupBucket(state, group)
    const name = `${group} ${datum.frame ?? ''} ${datum.value}`
    // A number that fails its check digit is counted and not shown.
    if (datum.checked !== false && !telling.has(group)) telling.set(group, one)
    types.set(group, (types.get(group) ?? new Set()).add(datum.type))
    if (seen.has(name)) continue
    seen.add(name)
    const place = { key, file, row, text: textHash(text) }
    const flagged = datum.named === true || datum.checked === true
    const shown = masked(datum, text.slice(datum.start, datum.end))
    countValue(own.values, {
      hash: hash53(name),
      flagged,
      shown,
      group: datum.frame ?? '',
      place,
      example: () => exampleOf(one),
    })
  }
  for (const [group, one] of telling) {
    const own = groupBucket(state, group)
    own.rows++
    for (const type of types.get(group)!) countType(own, type, 1)
    offer(own.kept, key, file, row, 0, () => null)
    if (repeats(group)) continue
    offer(own.shown, key, file, row, 0, () => exampleOf(one))
  }
}

/** Kinds of which repetition makes a finding: their examples are chosen at the end. */
function repeats(group: Group): boolean {
  return group === 'canary' || group === 'repeated-token'
}

function groupOf({ kind, weak }: Datum): Group {
  return kind === 'card' && weak === true ? 'bare-card' : kind
}

export function mergePrivacy(into: PrivacyState, from: PrivacyState): PrivacyState {
  into.rows += from.rows
  for (const [group, other] of from.buckets) {
    const own = groupBucket(into, group)
    own.rows += other.rows
    mergeBucket(own, other)
    mergeValues(own.values, other.values)
    for (const [type, rows] of other.types) countType(own, type, rows)
  }
  return into
}

function groupBucket({ buckets }: PrivacyState, group: Group): PrivacyBucket {
  return bucketOf(buckets, group, () => ({
    rows: 0,
    ...bucket(MOST_ROWS, SHOWN),
    values: values(MOST_VALUES, repeats(group) ? MOST_PLACES : 0),
    types: new Map(),
  }))
}

/** Types are the scanner's own words, but for labels of key blocks. */
function countType({ types }: PrivacyBucket, type: string, rows: number): void {
  types.set(type, (types.get(type) ?? 0) + rows)
}
