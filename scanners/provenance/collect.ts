import type { Example } from '../../src/model/finding.js'
import { openingOf } from '../../src/model/opening.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { PassContext } from '../../src/scanner.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import { isRepeated } from '../../src/sketch/repeats.js'
import type { TracedRole } from './content.js'
import { TRACED_ROLES, contentHash, idHash, inputHash, tracedCell } from './content.js'
import { digestContent, digestMatches, parseDigest } from './digest.js'
import type { ProvenanceOptions } from './options.js'
import type { TallyResult } from './tally.js'

/** Excerpts kept of rows that may turn out to be examples. */
const OPENINGS = 2000
export const EXAMPLES = 5

/** Rows that may share a key, and what must not differ among those that do. Keys are hashes: the smallest are kept. */
export interface Candidates {
  readonly values: BottomK<string | number>
  readonly openings: BottomK<Example>
}

/** Rows with a fault of their own, the first ones by (file, row). */
export interface Faults {
  count: number
  readonly rows: BottomK<null>
  readonly openings: BottomK<Example>
}

/** Second pass: the rows behind each claim. */
export interface CollectState {
  readonly missing: Readonly<Record<TracedRole, Faults>>
  readonly ids: Candidates
  readonly inputs: Candidates
  readonly digests: Faults
}

export function collectState({ maxRows, maxCandidates }: ProvenanceOptions): CollectState {
  const faults = (): Faults => ({ count: 0, rows: bottomK(maxRows), openings: bottomK(EXAMPLES) })
  const candidates = (): Candidates => ({ values: bottomK(maxCandidates), openings: bottomK(OPENINGS) })
  return {
    missing: { source: faults(), url: faults(), license: faults(), hash: faults(), id: faults() },
    ids: candidates(),
    inputs: candidates(),
    digests: faults(),
  }
}

export function collect(state: CollectState, batch: RowBatch, plan: TallyResult, { data }: PassContext): void {
  const file = plan.files.get(batch.file)
  // Only gaps in files that have the column and mostly fill it are listed by row.
  const gaps = TRACED_ROLES.filter((role) => file !== undefined && file.missing[role] > 0 && file.missing[role] * 2 < file.rows)
  const split = data.files[batch.file]?.split ?? null
  for (let i = 0; i < batch.length; i++) {
    if (batch.turns[i] !== 0) continue
    for (const role of gaps)
      if (data.roles.includes(role) && tracedCell(batch, role, i) === null) addFault(state.missing[role], batch, i)
    collectId(state, batch, i, plan, split)
    collectInput(state, batch, i, plan)
    if (plan.digestForm !== null && !digestHolds(batch, i, plan.digestForm)) addFault(state.digests, batch, i)
  }
}

export function mergeCollections(into: CollectState, from: CollectState): CollectState {
  for (const role of TRACED_ROLES) mergeFaults(into.missing[role], from.missing[role])
  mergeFaults(into.digests, from.digests)
  mergeBottomK(into.ids.values, from.ids.values)
  mergeBottomK(into.ids.openings, from.ids.openings)
  mergeBottomK(into.inputs.values, from.inputs.values)
  mergeBottomK(into.inputs.openings, from.inputs.openings)
  return into
}

function collectId(state: CollectState, batch: RowBatch, i: number, { repeatedIds }: TallyResult, split: string | null): void {
  const id = repeatedIds === null ? null : idHash(batch, i, split)
  if (id !== null && repeatedIds !== null && isRepeated(repeatedIds, id))
    addCandidate(state.ids, id, contentHash(batch, i), batch, i)
}

function collectInput(state: CollectState, batch: RowBatch, i: number, { repeatedInputs }: TallyResult): void {
  const label = repeatedInputs === null ? null : tracedCell(batch, 'label', i)
  const input = label === null ? null : inputHash(batch, i)
  if (label === null || input === null || repeatedInputs === null || !isRepeated(repeatedInputs, input)) return
  addCandidate(state.inputs, input, label.slice(0, 200), batch, i)
}

/** True as well where there is nothing to check: no digest, or content that was cut. */
function digestHolds(batch: RowBatch, i: number, form: number): boolean {
  const cell = tracedCell(batch, 'hash', i)
  const content = digestContent(batch, i, form)
  if (cell === null || content === null) return true
  const declared = parseDigest(cell)
  return declared !== null && digestMatches(declared, content)
}

function addCandidate({ values, openings }: Candidates, key: number, value: string | number, batch: RowBatch, i: number): void {
  const row = batch.rows[i]!
  offer(values, key, batch.file, row, 0, () => value)
  offer(openings, key, batch.file, row, 0, () => openingOf(batch, i))
}

/** Keys in the order of (file, row). */
function addFault(faults: Faults, batch: RowBatch, i: number): void {
  const row = batch.rows[i]!
  const key = batch.file * 2 ** 40 + row
  faults.count++
  offer(faults.rows, key, batch.file, row, 0, () => null)
  offer(faults.openings, key, batch.file, row, 0, () => openingOf(batch, i))
}

function mergeFaults(into: Faults, from: Faults): void {
  into.count += from.count
  mergeBottomK(into.rows, from.rows)
  mergeBottomK(into.openings, from.openings)
}
