import { counts, type Finding, type Severity } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { safeJson, safeText } from './safe-text.js'
import { filePath } from './summary.js'

const LONGEST = 1000

const SEVERITY: Readonly<Record<Severity, string>> = {
  info: 'info',
  low: 'minor',
  medium: 'major',
  high: 'critical',
  critical: 'blocker',
}

/**
 * GitLab's code-quality report (the fields that its documentation asks for): an entry for each finding that counts, at its first
 * row, whose line is its 0-based number plus one. The format has no way to say that a finding is known or accepted.
 */
export function renderCodeQuality(report: Report): string {
  return `${safeJson(report.findings.filter(counts).map((finding) => entry(report, finding)))}\n`
}

function entry(report: Report, finding: Finding): object {
  const [first] = finding.rows
  const path = filePath(report, first?.file ?? 0).replace(/^(?:\.\/)+/, '')
  return {
    description: safeText(`${finding.title}. ${finding.why}`, LONGEST),
    check_name: finding.message,
    fingerprint: finding.id,
    severity: SEVERITY[finding.severity],
    location: { path: safeText(path), lines: { begin: (first?.row ?? 0) + 1 } },
  }
}
