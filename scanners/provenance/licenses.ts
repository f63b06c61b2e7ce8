/** Licences of a data set: unknown ones, and those that do not go together. */
import type { Finding } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { claim, counted, quoted } from './claim.js'
import { tracedCell } from './content.js'
import type { Faults } from './faults.js'
import { addFault, faults, listed, mergeFaults } from './faults.js'
import type { License } from '../../src/licenses/license.js'
import { compatible, licenseOf } from '../../src/licenses/license.js'
import type { NameCounts } from './name-counts.js'
import { commonestNames, countName, mergeNameCounts } from './name-counts.js'

/** What there may be to say of a row's licence. */
const ISSUES = ['unknown', 'unstated', 'nonCommercial', 'noDerivatives', 'clash'] as const
type Issue = (typeof ISSUES)[number]

/** Rows by licence. */
export interface LicenseTally {
  rows: number
  readonly known: NameCounts
  readonly unknown: NameCounts
  readonly issues: Record<Exclude<Issue, 'clash'>, number>
}

/** Two licences of the data set that exclude each other, with their rows; the first has more. */
interface Clash {
  readonly names: readonly [string, string]
  readonly rows: readonly [number, number]
}

export interface LicenseResult {
  readonly rows: number
  readonly issues: LicenseTally['issues']
  readonly unknown: readonly string[]
  /** Names and rows, the commonest first. */
  readonly known: readonly (readonly [string, number])[]
  readonly permissive: number
  readonly clashes: readonly Clash[]
  /** Names of the licences that clash with one of more rows. */
  readonly clashing: ReadonlySet<string>
  /** What rows are listed for: where they are the fewer ones. Else the data set is like that, and no row stands out. */
  readonly listed: readonly Issue[]
}

export type LicenseFaults = Readonly<Record<Issue, Faults>>

export function licenseTally(): LicenseTally {
  return {
    rows: 0,
    known: new Map(),
    unknown: new Map(),
    issues: { unknown: 0, unstated: 0, nonCommercial: 0, noDerivatives: 0 },
  }
}

export function tallyLicense(tally: LicenseTally, batch: RowBatch, i: number): void {
  const cell = tracedCell(batch, 'license', i)
  if (cell === null) return
  const license = licenseOf(cell)
  tally.rows++
  if (license.kind === 'known') countName(tally.known, license.name)
  else {
    tally.issues[license.kind]++
    if (license.kind === 'unknown') countName(tally.unknown, license.name)
  }
  if (license.nonCommercial) tally.issues.nonCommercial++
  if (license.noDerivatives) tally.issues.noDerivatives++
}

export function mergeLicenseTallies(into: LicenseTally, from: LicenseTally): void {
  into.rows += from.rows
  mergeNameCounts(into.known, from.known)
  mergeNameCounts(into.unknown, from.unknown)
  for (const issue of ['unknown', 'unstated', 'nonCommercial', 'noDerivatives'] as const) into.issues[issue] += from.issues[issue]
}

export function licenseResult({ rows, known, unknown, issues }: LicenseTally): LicenseResult {
  const named = commonestNames(known)
  const clashes = clashesAmong(named)
  return {
    rows,
    issues,
    unknown: commonestNames(unknown).map(([name]) => name),
    known: named,
    permissive: rows - issues.unknown - issues.unstated - issues.nonCommercial - issues.noDerivatives,
    clashes,
    clashing: new Set(clashes.map(({ names: [, fewer] }) => fewer)),
    listed: ISSUES.filter((issue) => (issue === 'clash' ? clashes.length > 0 : issues[issue] > 0 && issues[issue] * 2 < rows)),
  }
}

/** @param named names and rows, the commonest first */
function clashesAmong(named: readonly (readonly [string, number])[]): Clash[] {
  const bound = named
    .map(([name, rows]) => ({ name, rows, license: licenseOf(name) }))
    .filter(({ license }) => license.copyleft !== 0 || license.nonCommercial)
  const clashes = bound.flatMap((more, i) =>
    bound
      .slice(i + 1)
      .filter(({ license }) => !compatible(more.license, license))
      .map((fewer): Clash => ({ names: [more.name, fewer.name], rows: [more.rows, fewer.rows] })),
  )
  // As sorting keeps the order of equals: the pair with the most rows on its lesser side first.
  return clashes.sort((a, b) => b.rows[1] - a.rows[1])
}

export function licenseFaults(maxRows: number): LicenseFaults {
  const none = (): Faults => faults(maxRows)
  return { unknown: none(), unstated: none(), nonCommercial: none(), noDerivatives: none(), clash: none() }
}

export function collectLicense(state: LicenseFaults, batch: RowBatch, i: number, result: LicenseResult): void {
  const cell = result.listed.length === 0 ? null : tracedCell(batch, 'license', i)
  if (cell === null) return
  const license = licenseOf(cell)
  for (const issue of result.listed) if (hasIssue(license, issue, result)) addFault(state[issue], batch, i)
}

export function mergeLicenseFaults(into: LicenseFaults, from: LicenseFaults): void {
  for (const issue of ISSUES) mergeFaults(into[issue], from[issue])
}

export function licenseFindings(state: LicenseFaults, result: LicenseResult): Finding[] {
  const { issues } = result
  const findings: Finding[] = []
  if (issues.unknown > 0) findings.push(unknownLicense(state, result))
  if (issues.unstated > 0) findings.push(unstatedLicense(state, result))
  if (result.clashes.length > 0) findings.push(clashing(state, result))
  if (issues.nonCommercial > 0 && result.permissive > 0) findings.push(restricted('nonCommercial', state, result))
  if (issues.noDerivatives > 0 && result.permissive > 0) findings.push(restricted('noDerivatives', state, result))
  return findings
}

function hasIssue(license: License, issue: Issue, { clashing }: LicenseResult): boolean {
  if (issue === 'clash') return clashing.has(license.name)
  return issue === 'unknown' || issue === 'unstated' ? license.kind === issue : license[issue]
}

function unknownLicense({ unknown }: LicenseFaults, result: LicenseResult): Finding {
  const { rows, issues } = result
  return claim({
    message: 'provenance/license-unknown',
    about: 'unknown',
    severity: 'low',
    title: `${counted(issues.unknown, 'row')} of ${rows} under a licence that no list names: ${quoted(result.unknown)}`,
    why: 'It is no SPDX identifier and no name that data cards use, so that nobody can say what it allows.',
    evidence: { rows: issues.unknown, of: rows, share: issues.unknown / rows, licenses: result.unknown.length },
    ...listed(unknown),
  })
}

function unstatedLicense({ unstated }: LicenseFaults, { rows, issues }: LicenseResult): Finding {
  return claim({
    message: 'provenance/license-unknown',
    about: 'unstated',
    severity: 'info',
    title: `${counted(issues.unstated, 'row')} of ${rows} whose licence column says that there is none, or not which`,
    why: 'A value such as "unknown" or "other" fills the column but grants nothing.',
    evidence: { rows: issues.unstated, of: rows, share: issues.unstated / rows },
    ...listed(unstated),
  })
}

function clashing({ clash }: LicenseFaults, { rows, clashes }: LicenseResult): Finding {
  const [first] = clashes
  const names = (first?.names ?? []).map((name) => JSON.stringify(name)).join(' and ')
  const more = clashes.length > 1 ? ` and ${counted(clashes.length - 1, 'other pair')}` : ''
  return claim({
    message: 'provenance/license-clash',
    severity: 'low',
    title: `Licences that exclude each other: ${names}${more}`,
    why: `One work of ${first?.rows[0] ?? 0} rows of the first and ${first?.rows[1] ?? 0} of the second cannot keep the terms of both: each wants the whole under itself, or forbids what the other grants.`,
    evidence: { pairs: clashes.length, rows: clash.count, of: rows, share: clash.count / rows },
    ...(clash.count * 2 < rows ? listed(clash) : {}),
  })
}

const RESTRICTIONS = {
  nonCommercial: { about: 'non-commercial', forbid: 'commercial use' },
  noDerivatives: { about: 'no-derivatives', forbid: 'changed copies' },
} as const

function restricted(
  issue: keyof typeof RESTRICTIONS,
  state: LicenseFaults,
  { rows, issues, permissive }: LicenseResult,
): Finding {
  const { about, forbid } = RESTRICTIONS[issue]
  return claim({
    message: 'provenance/license-restricted',
    about,
    severity: 'low',
    title: `${counted(issues[issue], 'row')} of ${rows} under a licence that forbids ${forbid}, beside ${permissive} that allow it`,
    why: 'The data set as a whole is bound by its strictest rows, whatever its card says.',
    evidence: { rows: issues[issue], of: rows, share: issues[issue] / rows },
    ...listed(state[issue]),
  })
}
