/** Addresses of a data set: content that can change after it was looked at, and hosts that occur once. */
import type { Finding } from '../../src/model/finding.js'
import { hash53 } from '../../src/math/random.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { RepeatedBuckets, Repeats } from '../../src/sketch/repeats.js'
import { countHash, isRepeated, mergeRepeats, repeatedBuckets, repeats } from '../../src/sketch/repeats.js'
import type { Address } from './address.js'
import { addressOf, hostOf } from './address.js'
import { claim, counted } from './claim.js'
import { tracedCell } from './content.js'
import type { Faults } from './faults.js'
import { addFault, faults, listed, mergeFaults } from './faults.js'

const COUNTS = ['rows', 'pinned', 'vouched', 'mutable', 'branch', 'media', 'plain', 'elsewhere', 'hosted'] as const
type Count = (typeof COUNTS)[number]

/** Rows by what their address is; `elsewhere`: mutable, and the content is not in the row. */
export interface AddressTally {
  readonly counts: Record<Count, number>
  readonly hosts: Repeats
}

export interface AddressResult {
  readonly counts: Readonly<Record<Count, number>>
  readonly repeatedHosts: RepeatedBuckets | null
}

export interface AddressFaults {
  readonly mutable: Faults
  readonly lone: Faults
}

/**
 * The share of rows with a host of their own is about the probability that the next row has a new host as well (Good 1953): where
 * that is above, new hosts are the rule, and one more tells nothing.
 */
const MOST_LONE_SHARE = 0.01

export function addressTally(): AddressTally {
  const counts = Object.fromEntries(COUNTS.map((count) => [count, 0])) as Record<Count, number>
  return { counts, hosts: repeats() }
}

export function tallyAddress({ counts, hosts }: AddressTally, batch: RowBatch, i: number): void {
  const address = addressAt(batch, i)
  if (address === null) return
  counts.rows++
  if (address.host !== '') {
    counts.hosted++
    countHash(hosts, hash53(address.host))
  }
  if (address.kind === 'pinned') counts.pinned++
  else if (tracedCell(batch, 'hash', i) !== null) counts.vouched++
  else {
    counts.mutable++
    if (address.kind !== 'page') counts[address.kind]++
    if (address.plain) counts.plain++
    if (address.kind === 'media' || (batch.input[i] ?? '').trim() === '') counts.elsewhere++
  }
}

export function mergeAddressTallies(into: AddressTally, from: AddressTally): void {
  for (const count of COUNTS) into.counts[count] += from.counts[count]
  mergeRepeats(into.hosts, from.hosts)
}

export function addressResult({ counts, hosts }: AddressTally): AddressResult {
  return { counts, repeatedHosts: counts.hosted === 0 ? null : repeatedBuckets(hosts) }
}

export function addressFaults(maxRows: number): AddressFaults {
  return { mutable: faults(maxRows), lone: faults(maxRows) }
}

export function collectAddress(state: AddressFaults, batch: RowBatch, i: number, { counts, repeatedHosts }: AddressResult): void {
  const cell = repeatedHosts === null && !standsOut(counts) ? null : tracedCell(batch, 'url', i)
  if (cell === null) return
  if (standsOut(counts) && isMutable(addressOf(cell), batch, i)) addFault(state.mutable, batch, i)
  const host = repeatedHosts === null ? '' : hostOf(cell)
  if (host !== '' && repeatedHosts !== null && !isRepeated(repeatedHosts, hash53(host))) addFault(state.lone, batch, i)
}

export function mergeAddressFaults(into: AddressFaults, from: AddressFaults): void {
  mergeFaults(into.mutable, from.mutable)
  mergeFaults(into.lone, from.lone)
}

export function addressFindings({ mutable, lone }: AddressFaults, { counts }: AddressResult): Finding[] {
  const findings: Finding[] = []
  if (counts.mutable > 0) findings.push(mutableAddresses(mutable, counts))
  if (lone.count > 0 && lone.count <= counts.hosted * MOST_LONE_SHARE) findings.push(loneHosts(lone, counts.hosted))
  return findings
}

/** Most addresses are fixed, one way or the other: then those that are not stand out. */
function standsOut({ mutable, rows }: AddressResult['counts']): boolean {
  return mutable > 0 && mutable * 2 < rows
}

function mutableAddresses(faults: Faults, counts: AddressResult['counts']): Finding {
  const { rows, mutable, elsewhere, pinned, vouched, branch, media, plain } = counts
  const few = standsOut(counts)
  const fetched = elsewhere * 2 > mutable
  return claim({
    message: 'provenance/mutable-address',
    severity: few || fetched ? 'low' : 'info',
    title: `${counted(mutable, 'row')} of ${rows} from addresses whose content can change, with no digest that would tell`,
    why: few
      ? 'The other addresses are fixed by a commit, an archive or a digest; what lies behind these may be another text tomorrow.'
      : fetched
        ? 'The content is not in the row: whoever comes to own an address decides what is trained on when it is fetched.'
        : 'The text is in the row, but nobody can check it against its source: what is fetched again may be another text.',
    evidence: {
      rows: mutable,
      of: rows,
      share: mutable / rows,
      elsewhere,
      pinned,
      vouched,
      branches: branch,
      media,
      unencrypted: plain,
    },
    ...(few ? listed(faults) : {}),
  })
}

function loneHosts(lone: Faults, hosted: number): Finding {
  return claim({
    message: 'provenance/lone-host',
    severity: 'info',
    title: `${counted(lone.count, 'row')} of ${hosted} from a host that gives no other row`,
    why: 'Nearly all rows come from hosts with several; these were put in one by one.',
    evidence: { rows: lone.count, of: hosted, share: lone.count / hosted },
    ...listed(lone),
  })
}

function isMutable(address: Address | null, batch: RowBatch, i: number): boolean {
  return address !== null && address.kind !== 'pinned' && tracedCell(batch, 'hash', i) === null
}

function addressAt(batch: RowBatch, i: number): Address | null {
  const cell = tracedCell(batch, 'url', i)
  return cell === null ? null : addressOf(cell)
}
