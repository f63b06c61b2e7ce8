import type { RowBatch } from '../../src/model/row-batch.js'
import { mix32 } from '../../src/math/random.js'
import type { PassContext } from '../../src/scanner.js'
import type { RepeatedBuckets, Repeats } from '../../src/sketch/repeats.js'
import { countHash, mergeRepeats, repeatedBuckets, repeats } from '../../src/sketch/repeats.js'
import type { TimeGrid } from '../../src/model/time-grid.js'
import { mergeTimeGrids } from '../../src/model/time-grid.js'
import type { AddressResult, AddressTally } from './addresses.js'
import { addressResult, addressTally, mergeAddressTallies, tallyAddress } from './addresses.js'
import type { Burst } from './bursts.js'
import { burstTally, burstsIn, tallyTime } from './bursts.js'
import type { TracedRole } from './content.js'
import { TRACED_ROLES, idHash, tracedCell } from './content.js'
import { DIGEST_FORMS, digestContent, digestMatches, parseDigest } from './digest.js'
import type { IdPlan, IdTally } from './id-runs.js'
import { idPlan, idTally, mergeIdTallies, tallyId } from './id-runs.js'
import { textKey } from './labels.js'
import type { LicenseResult, LicenseTally } from './licenses.js'
import { licenseResult, licenseTally, mergeLicenseTallies, tallyLicense } from './licenses.js'

/** Rows of one file, and how many lack each role. Chats count once. */
export interface FileTally {
  rows: number
  readonly missing: Record<TracedRole, number>
}

/** First pass: what is missing, and which ids and texts may occur twice. */
export interface TallyState {
  readonly files: Map<number, FileTally>
  readonly ids: Repeats
  readonly inputs: Repeats
  /** Of a sample of rows with a digest: how many were tried, and how many match each form. */
  readonly digest: { tried: number; readonly matches: number[] }
  readonly licenses: LicenseTally
  readonly addresses: AddressTally
  readonly numbers: IdTally
  readonly times: TimeGrid
}

/** What the second pass looks for. Plain data. */
export interface TallyResult {
  readonly files: ReadonlyMap<number, FileTally>
  readonly repeatedIds: RepeatedBuckets | null
  readonly repeatedInputs: RepeatedBuckets | null
  /** The form that the digest column follows; null when there is none, or too few rows follow one. */
  readonly digestForm: number | null
  readonly digestTried: number
  readonly licenses: LicenseResult
  readonly addresses: AddressResult
  readonly numbers: IdPlan
  readonly bursts: readonly Burst[]
}

/** Of the first rows of a file all are tried against all forms of content, of later ones every 16th. */
const DIGEST_HEAD = 256
const DIGEST_EVERY = 16

export function tallyState(): TallyState {
  return {
    files: new Map(),
    ids: repeats(),
    inputs: repeats(),
    digest: { tried: 0, matches: DIGEST_FORMS.map(() => 0) },
    licenses: licenseTally(),
    addresses: addressTally(),
    numbers: idTally(),
    times: burstTally(),
  }
}

export function tally(state: TallyState, batch: RowBatch, { data }: PassContext): void {
  const file = fileTally(state, batch.file)
  const roles = TRACED_ROLES.filter((role) => data.roles.includes(role))
  const split = data.files[batch.file]?.split ?? null
  const { columns } = batch
  for (let i = 0; i < batch.length; i++) {
    if (batch.turns[i] !== 0) continue
    file.rows++
    for (const role of roles) if (tracedCell(batch, role, i) === null) file.missing[role]++
    const id = idHash(batch, i, split)
    if (id !== null) countHash(state.ids, id)
    const input = textKey(batch, i)
    if (input !== null) countHash(state.inputs, input)
    tryDigest(state, batch, i)
    if (columns.license) tallyLicense(state.licenses, batch, i)
    if (columns.url) tallyAddress(state.addresses, batch, i)
    if (columns.id) tallyId(state.numbers, batch, i, split)
    if (columns.timestamp) tallyTime(state.times, batch, i)
  }
}

export function mergeTallies(into: TallyState, from: TallyState): TallyState {
  for (const [index, other] of from.files) {
    const file = fileTally(into, index)
    file.rows += other.rows
    for (const role of TRACED_ROLES) file.missing[role] += other.missing[role]
  }
  mergeRepeats(into.ids, from.ids)
  mergeRepeats(into.inputs, from.inputs)
  into.digest.tried += from.digest.tried
  from.digest.matches.forEach((count, form) => (into.digest.matches[form] = (into.digest.matches[form] ?? 0) + count))
  mergeLicenseTallies(into.licenses, from.licenses)
  mergeAddressTallies(into.addresses, from.addresses)
  mergeIdTallies(into.numbers, from.numbers)
  mergeTimeGrids(into.times, from.times)
  return into
}

export function tallyResult(state: TallyState, { data, alpha }: PassContext, digestShare: number): TallyResult {
  const { tried, matches } = state.digest
  const most = Math.max(...matches)
  return {
    files: state.files,
    repeatedIds: data.roles.includes('id') ? repeatedBuckets(state.ids) : null,
    repeatedInputs: data.roles.includes('label') ? repeatedBuckets(state.inputs) : null,
    digestForm: tried > 0 && most >= tried * digestShare ? matches.indexOf(most) : null,
    digestTried: tried,
    licenses: licenseResult(state.licenses),
    addresses: addressResult(state.addresses),
    numbers: idPlan(state.numbers),
    bursts: burstsIn(state.times, alpha),
  }
}

function fileTally(state: TallyState, index: number): FileTally {
  const known = state.files.get(index)
  if (known) return known
  const fresh: FileTally = { rows: 0, missing: { source: 0, url: 0, license: 0, hash: 0, id: 0 } }
  state.files.set(index, fresh)
  return fresh
}

function tryDigest(state: TallyState, batch: RowBatch, i: number): void {
  const row = batch.rows[i]!
  if (row >= DIGEST_HEAD && mix32(row) % DIGEST_EVERY !== 0) return
  const cell = tracedCell(batch, 'hash', i)
  if (cell === null) return
  state.digest.tried++
  const declared = parseDigest(cell)
  if (declared === null) return
  DIGEST_FORMS.forEach((_, form) => {
    const content = digestContent(batch, i, form)
    if (content !== null && digestMatches(declared, content)) state.digest.matches[form] = (state.digest.matches[form] ?? 0) + 1
  })
}
