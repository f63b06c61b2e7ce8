import { type Finding, SEVERITIES, type Severity } from '../model/finding.js'
import type { Report } from '../model/report.js'

/** What `--fail-on` takes. */
export type Threshold = Severity | 'never'

export function atOrAbove(findings: readonly Finding[], threshold: Threshold): readonly Finding[] {
  if (threshold === 'never') return []
  return findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold))
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
export function bySeverity(findings: readonly Finding[]): readonly (readonly [Severity, readonly Finding[]])[] {
  return [...SEVERITIES]
    .reverse()
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity)] as const)
    .filter(([, group]) => group.length > 0)
}

/** The path of a row's file as the user would type it; an index that names no file is shown as such. */
export function filePath(report: Report, file: number): string {
  return report.coverage.files[file]?.path ?? `file ${file}`
}

export function triggers(finding: Finding): readonly string[] {
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
export function verdictReason(report: Report, failOn: Threshold): string {
  const { findings, coverage } = report
  const read = coverage.rows.read
  if (findings.length === 0) return `no findings · ${amount(read, 'row')} read`
  const rows = `${amount(flaggedRows(findings), 'row')} of ${number(read)} flagged`
  if (failOn === 'never') return `${amount(findings.length, 'finding')} · ${rows}`
  const serious = atOrAbove(findings, failOn).length
  const below = findings.length - serious
  const rest = below > 0 ? `, ${number(below)} below` : ''
  return `${serious === 0 ? 'no findings' : amount(serious, 'finding')} at or above ${failOn}${rest} · ${rows}`
}
