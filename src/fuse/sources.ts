/** Do most rows of what the scanners found have one source, host or time? One more pass over the data, once it is known which rows those are. */
import type { Finding } from '../model/finding.js'
import { SEVERITIES } from '../model/finding.js'
import { instantOf } from '../model/instant.js'
import type { Role } from '../model/role.js'
import type { RowBatch } from '../model/row-batch.js'
import type { Concentration, Suspect } from './concentration.js'
import { concentration, LEAST_ROWS } from './concentration.js'
import type { NamedRows } from './concentration-names.js'
import { commonName, countNamed, mergeNamedRows, namedRows, nameTests } from './concentration-names.js'
import type { Span, TimedRows } from './concentration-times.js'
import { commonSpan, countTimed, mergeTimedRows, spanTests, timedRows } from './concentration-times.js'
import { hostIn } from '../model/host.js'

export { REPORTED_BY } from './concentration.js'

/** Roles that say where a row is from: the pass is worth its time where the data set has one of them. */
export const ORIGIN_ROLES: readonly Role[] = ['source', 'url', 'timestamp']

/** Flagged rows by file, and what the finding was about. Plain data. */
export interface Suspicion {
  readonly findings: readonly Suspect[]
  /** By file: row → index into `findings`. */
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>
}

/** Rows by origin: in all, and by finding. */
export interface SourceCounts {
  readonly sources: NamedRows
  readonly hosts: NamedRows
  readonly times: TimedRows
}

/** The rows of serious poisoning findings; null when there are none to trace. */
export function suspicionOf(findings: readonly Finding[]): Suspicion | null {
  const serious = findings.filter(
    ({ category, severity, rows }) =>
      category === 'poisoning' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium') && rows.length >= LEAST_ROWS,
  )
  if (serious.length === 0) return null
  const rows = new Map<number, Map<number, number[]>>()
  serious.forEach((finding, index) => {
    for (const { file, row } of finding.rows) {
      const inFile = rows.get(file) ?? new Map<number, number[]>()
      rows.set(file, inFile)
      inFile.set(row, [...(inFile.get(row) ?? []), index])
    }
  })
  return { findings: serious.map(({ id, title }) => ({ id, title })), rows }
}

export function emptySourceCounts({ findings: { length } }: Suspicion): SourceCounts {
  return { sources: namedRows(length), hosts: namedRows(length), times: timedRows(length) }
}

export function countSources(counts: SourceCounts, batch: RowBatch, suspicion: Suspicion): void {
  const inFile = suspicion.rows.get(batch.file)
  for (let i = 0; i < batch.length; i++) {
    // A chat's turns are one row.
    if (batch.turns[i] !== 0) continue
    const place = { file: batch.file, row: batch.rows[i]! }
    const findings = inFile?.get(place.row) ?? []
    const source = batch.columns.source?.[i] ?? null
    if (source !== null) countNamed(counts.sources, source, place, findings)
    const host = hostIn(batch.columns.url?.[i] ?? null)
    if (host !== null) countNamed(counts.hosts, host, place, findings)
    const instant = instantOf(batch.columns.timestamp?.[i] ?? null)
    if (instant !== null) countTimed(counts.times, instant, place, findings)
  }
}

export function mergeSourceCounts(into: SourceCounts, from: SourceCounts): SourceCounts {
  mergeNamedRows(into.sources, from.sources)
  mergeNamedRows(into.hosts, from.hosts)
  mergeTimedRows(into.times, from.times)
  return into
}

/** Findings for each suspect that one source, host or span of time holds most of, at alpha over all that was tried. */
export function concentrations(counts: SourceCounts, suspicion: Suspicion, alpha: number): Finding[] {
  const { sources, hosts, times } = counts
  const tests = Math.max(1, nameTests(sources) + nameTests(hosts) + spanTests(times))
  return suspicion.findings.flatMap((suspect, index) => {
    const source = commonName(sources, index, tests, alpha)
    const host = commonName(hosts, index, tests, alpha)
    const span = commonSpan(times, index, tests, alpha)
    return [
      ...(source === null ? [] : [ofSource(suspect, source)]),
      // A source that is the host under another name is told once.
      ...(host === null || host.places.length === source?.places.length ? [] : [ofHost(suspect, host)]),
      ...(span === null ? [] : [ofSpan(suspect, span)]),
    ]
  })
}

function ofSource(suspect: Suspect, found: Concentration & { readonly name: string }): Finding {
  return concentration(suspect, found, {
    message: 'provenance/one-source',
    about: found.name,
    title: `Source ${quoted(found.name)} holds ${found.places.length} of the ${found.flagged} rows of a poisoning finding`,
    subject: 'It',
    advice: 'Find out who contributed this source, and look at the rest of its rows before using any of them.',
    counted: 'flaggedRowsOfSource',
  })
}

function ofHost(suspect: Suspect, found: Concentration & { readonly name: string }): Finding {
  return concentration(suspect, found, {
    message: 'provenance/one-host',
    about: `host ${found.name}`,
    title: `Host ${quoted(found.name)} holds ${found.places.length} of the ${found.flagged} rows of a poisoning finding`,
    subject: 'It',
    advice: 'Find out who runs this host, and look at the rest of its rows before using any of them.',
    counted: 'flaggedRowsOfHost',
  })
}

function ofSpan(suspect: Suspect, found: Concentration & { readonly span: Span }): Finding {
  const { from, to } = found.span
  return concentration(suspect, found, {
    message: 'provenance/one-span',
    about: 'span',
    title: `${found.places.length} of the ${found.flagged} rows of a poisoning finding were made within ${duration(to - from)}, from ${said(from)}`,
    subject: 'That time',
    advice: 'Find out what was added then and by whom, and look at the other rows of that time before using any of them.',
    counted: 'flaggedRowsInTime',
  })
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
]

function duration(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [1, 'second']
  const count = Math.round(seconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** `2024-05-06 07:08 UTC`. */
function said(instant: number): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
