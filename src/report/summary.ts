import { counts, type Finding, SEVERITIES, type Severity, type Standing } from '../model/finding.js'
import type { Report } from '../model/report.js'

/** What a summary needs to know of a finding; of a scan, or read from `report.json`. */
export interface Ranked extends Standing {
  readonly severity: Severity
}

/** What `--fail-on` takes. */
export type Threshold = Severity | 'never'

/** Findings that count, at least so severe. */
export function atOrAbove<F extends Ranked>(findings: readonly F[], threshold: Threshold): readonly F[] {
  if (threshold === 'never') return []
  return findings.filter((finding) => counts(finding) && SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(threshold))
}

/** Distinct (file, row) pairs that any finding names. */
export function flaggedRows(findings: readonly Finding[]): number {
  const byFile = new Map<number, Set<number>>()
  for (const { rows } of findings) {
    for (const { file, row } of rows) {
      let seen = byFile.get(file)
      if (seen === undefined) byFile.set(file, (seen = new Set()))
      seen.add(row)
    }
  }
  let count = 0
  for (const seen of byFile.values()) count += seen.size
  return count
}

/** Findings of each severity that has any, most serious first, in the report's order. */
export function bySeverity<F extends Ranked>(findings: readonly F[]): readonly (readonly [Severity, readonly F[]])[] {
  return [...SEVERITIES]
    .reverse()
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity)] as const)
    .filter(([, group]) => group.length > 0)
}

/** The path of a row's file as the user would type it; an index that names no file is shown as such. */
export function filePath(report: Report, file: number): string {
  return report.coverage.files[file]?.path ?? `file ${file}`
}

export function triggers(finding: { readonly trigger?: Finding['trigger'] | undefined }): readonly string[] {
  if (finding.trigger === undefined) return []
  return typeof finding.trigger === 'string' ? [finding.trigger] : finding.trigger
}

const thousands = new Intl.NumberFormat('en-US')

export function amount(count: number, noun: string): string {
  return `${thousands.format(count)} ${noun}${count === 1 ? '' : 's'}`
}

export function number(value: number): string {
  return thousands.format(value)
}

/** `1.2 MB`; units are powers of 1,000. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = count
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** The verdict and what it rests on, in one line without the verdict's own word. */
export function verdictReason({ findings, coverage }: Report, failOn: Threshold): string {
  return tally(findings, { flagged: flaggedRows(findings), read: coverage.rows.read }, failOn)
}

/** How many findings there are, of which standing, and in how many rows. Each finding is counted once. */
export function tally(
  findings: readonly Ranked[],
  rows: { readonly flagged: number; readonly read: number },
  failOn: Threshold,
): string {
  if (findings.length === 0) return `no findings · ${amount(rows.read, 'row')} read`
  const inRows = `${amount(rows.flagged, 'row')} of ${number(rows.read)} flagged`
  const counting = findings.filter(counts)
  const accepted = findings.filter(({ suppression }) => suppression !== undefined).length
  const known = findings.length - counting.length - accepted
  const aside = `${known > 0 ? `, ${number(known)} known` : ''}${accepted > 0 ? `, ${number(accepted)} accepted` : ''}`
  if (failOn === 'never') return `${amount(counting.length, 'finding')}${aside} · ${inRows}`
  const serious = atOrAbove(findings, failOn).length
  const below = counting.length - serious
  const rest = `${below > 0 ? `, ${number(below)} below` : ''}${aside}`
  return `${serious === 0 ? 'no findings' : amount(serious, 'finding')} at or above ${failOn}${rest} · ${inRows}`
}
