import type { RowBatch } from '../../src/model/row-batch.js'
import type { PassContext } from '../../src/scanner.js'
import { isRepeated } from '../../src/sketch/repeats.js'
import type { AddressFaults } from './addresses.js'
import { addressFaults, collectAddress, mergeAddressFaults } from './addresses.js'
import type { BurstFaults } from './bursts.js'
import { burstFaults, collectBurst, mergeBurstFaults } from './bursts.js'
import type { Candidates } from './candidates.js'
import { addCandidate, candidates, mergeCandidates } from './candidates.js'
import type { TracedRole } from './content.js'
import { TRACED_ROLES, contentHash, idHash, tracedCell } from './content.js'
import { digestContent, digestMatches, parseDigest } from './digest.js'
import type { LabelledText } from './dissent.js'
import type { Faults } from './faults.js'
import { addFault, faults, mergeFaults } from './faults.js'
import type { IdBits } from './id-runs.js'
import { collectNumber, mergeIdBits } from './id-runs.js'
import { collectText } from './labels.js'
import type { LicenseFaults } from './licenses.js'
import { collectLicense, licenseFaults, mergeLicenseFaults } from './licenses.js'
import type { ProvenanceOptions } from './options.js'
import type { TallyResult } from './tally.js'

/** Second pass: the rows behind each claim. */
export interface CollectState {
  readonly missing: Readonly<Record<TracedRole, Faults>>
  readonly ids: Candidates<number>
  readonly inputs: Candidates<LabelledText>
  readonly digests: Faults
  readonly licenses: LicenseFaults
  readonly addresses: AddressFaults
  readonly numbers: IdBits
  readonly bursts: BurstFaults
}

export function collectState({ maxRows, maxCandidates }: ProvenanceOptions): CollectState {
  const none = (): Faults => faults(maxRows)
  return {
    missing: { source: none(), url: none(), license: none(), hash: none(), id: none() },
    ids: candidates(maxCandidates),
    inputs: candidates(maxCandidates),
    digests: none(),
    licenses: licenseFaults(maxRows),
    addresses: addressFaults(maxRows),
    numbers: new Map(),
    bursts: burstFaults(maxRows),
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
    if (plan.repeatedInputs !== null) collectText(state.inputs, batch, i, plan.repeatedInputs)
    if (plan.digestForm !== null && !digestHolds(batch, i, plan.digestForm)) addFault(state.digests, batch, i)
    collectLicense(state.licenses, batch, i, plan.licenses)
    collectAddress(state.addresses, batch, i, plan.addresses)
    collectNumber(state.numbers, batch, i, split, plan.numbers)
    collectBurst(state.bursts, batch, i, plan.bursts)
  }
}

export function mergeCollections(into: CollectState, from: CollectState): CollectState {
  for (const role of TRACED_ROLES) mergeFaults(into.missing[role], from.missing[role])
  mergeFaults(into.digests, from.digests)
  mergeCandidates(into.ids, from.ids)
  mergeCandidates(into.inputs, from.inputs)
  mergeLicenseFaults(into.licenses, from.licenses)
  mergeAddressFaults(into.addresses, from.addresses)
  mergeIdBits(into.numbers, from.numbers)
  mergeBurstFaults(into.bursts, from.bursts)
  return into
}

function collectId(state: CollectState, batch: RowBatch, i: number, { repeatedIds }: TallyResult, split: string | null): void {
  const id = repeatedIds === null ? null : idHash(batch, i, split)
  if (id !== null && repeatedIds !== null && isRepeated(repeatedIds, id))
    addCandidate(state.ids, id, contentHash(batch, i), batch, i)
}

/** True as well where there is nothing to check: no digest, or content that was cut. */
function digestHolds(batch: RowBatch, i: number, form: number): boolean {
  const cell = tracedCell(batch, 'hash', i)
  const content = digestContent(batch, i, form)
  if (cell === null || content === null) return true
  const declared = parseDigest(cell)
  return declared !== null && digestMatches(declared, content)
}
