import type { RowBatch } from '../../src/model/row-batch.js'
import { mix32 } from '../../src/math/random.js'
import type { PassContext } from '../../src/scanner.js'
import type { RepeatedBuckets, Repeats } from '../../src/sketch/repeats.js'
import { countHash, mergeRepeats, repeatedBuckets, repeats } from '../../src/sketch/repeats.js'
import type { TracedRole } from './content.js'
import { TRACED_ROLES, idHash, inputHash, tracedCell } from './content.js'
import { DIGEST_FORMS, digestContent, digestMatches, parseDigest } from './digest.js'

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
}

/** What the second pass looks for. Plain data. */
export interface TallyResult {
  readonly files: ReadonlyMap<number, FileTally>
  readonly repeatedIds: RepeatedBuckets | null
  readonly repeatedInputs: RepeatedBuckets | null
  /** The form that the digest column follows; null when there is none, or too few rows follow one. */
  readonly digestForm: number | null
  readonly digestTried: number
}

/** Of the first rows of a file all are tried against all forms of content, of later ones every 16th. */
const DIGEST_HEAD = 256
const DIGEST_EVERY = 16

export function tallyState(): TallyState {
  return { files: new Map(), ids: repeats(), inputs: repeats(), digest: { tried: 0, matches: DIGEST_FORMS.map(() => 0) } }
}

export function tally(state: TallyState, batch: RowBatch, { data }: PassContext): void {
  const file = fileTally(state, batch.file)
  const roles = TRACED_ROLES.filter((role) => data.roles.includes(role))
  const split = data.files[batch.file]?.split ?? null
  for (let i = 0; i < batch.length; i++) {
    if (batch.turns[i] !== 0) continue
    file.rows++
    for (const role of roles) if (tracedCell(batch, role, i) === null) file.missing[role]++
    const id = idHash(batch, i, split)
    if (id !== null) countHash(state.ids, id)
    const input = tracedCell(batch, 'label', i) === null ? null : inputHash(batch, i)
    if (input !== null) countHash(state.inputs, input)
    tryDigest(state, batch, i)
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
  return into
}

export function tallyResult(state: TallyState, { data }: PassContext, digestShare: number): TallyResult {
  const { tried, matches } = state.digest
  const most = Math.max(...matches)
  return {
    files: state.files,
    repeatedIds: data.roles.includes('id') ? repeatedBuckets(state.ids) : null,
    repeatedInputs: data.roles.includes('label') ? repeatedBuckets(state.inputs) : null,
    digestForm: tried > 0 && most >= tried * digestShare ? matches.indexOf(most) : null,
    digestTried: tried,
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
