import { type Finding, SEVERITIES, type Severity } from '../model/finding.js'
import type { ProvenanceBoard } from '../model/provenance.js'
import type { Comparison, Report } from '../model/report.js'
import type { ReportJson } from './json-schema.js'
import { safeJson } from './safe-text.js'
import { filePath, flaggedRows } from './summary.js'

/** Rows of a finding in `report.json`; `flags.parquet` has all. */
const MOST_ROWS = 1000

/** `report.json`: any JSON parser gets the data as it is; a terminal gets only visible ASCII escapes of what acts or hides. */
export function renderJson(report: Report): string {
  return `${safeJson(reportJson(report))}\n`
}

function reportJson(report: Report): ReportJson {
  const { findings } = report
  const counts = Object.fromEntries(
    SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
  ) as Record<Severity, number>
  return {
    schemaVersion: 1,
    tool: report.tool,
    startedAt: report.startedAt,
    seconds: report.seconds,
    verdict: report.verdict,
    kind: report.kind,
    roles: report.roles.map(({ role, column, why }) => ({ role, column, why })),
    summary: { findings: counts, flaggedRows: flaggedRows(findings) },
    findings: findings.map((finding) => findingJson(report, finding)),
    flags: 'flags.parquet',
    coverage: coverageJson(report),
    ...(report.comparison === undefined ? {} : { comparison: comparisonJson(report.comparison) }),
    ...(report.provenance === undefined ? {} : { provenance: provenanceJson(report.provenance) }),
    ...(report.suppressions === undefined ? {} : { suppressions: report.suppressions.map((receipt) => ({ ...receipt })) }),
  }
}

function findingJson(report: Report, finding: Finding): ReportJson['findings'][number] {
  const { trigger, rows } = finding
  return {
    id: finding.id,
    scanner: finding.scanner,
    message: finding.message,
    category: finding.category,
    severity: finding.severity,
    score: finding.score,
    title: finding.title,
    why: finding.why,
    advice: finding.advice,
    ...given({
      trigger: typeof trigger === 'object' ? [...trigger] : trigger,
      target: finding.target,
      relatedTo: finding.relatedTo,
      change: finding.change,
      contributed: finding.contributed,
      suppression: finding.suppression,
    }),
    evidence: finding.evidence,
    rowCount: rows.length,
    rowsComplete: rows.length <= MOST_ROWS,
    rows: rows
      .slice(0, MOST_ROWS)
      .map(({ file, row, score, suggested }) => ({ file: filePath(report, file), row, score, ...given({ suggested }) })),
    examples: finding.examples.map(({ file, row, role, excerpt, marks, target }) => ({
      file: filePath(report, file),
      row,
      role,
      excerpt,
      marks: marks.map(([start, end]): [number, number] => [start, end]),
      ...given({ target }),
    })),
  }
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

/** Optional fields without those that are not there. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}

function comparisonJson({ with: kind, base, rows, resolved, shifts, alone }: Comparison): ReportJson['comparison'] {
  return {
    with: kind,
    base,
    rows: rows === null ? null : { ...rows },
    resolved: resolved.map((finding) => ({ ...finding })),
    shifts: shifts.map((shift) => ({ ...shift })),
    ...(alone === undefined ? {} : { alone: alone === null ? null : { rows: alone.rows, scanners: [...alone.scanners] } }),
  }
}

function provenanceJson({ rows, files, metadata }: ProvenanceBoard): ReportJson['provenance'] {
  return {
    rows: rows === null ? null : { ...rows },
    files: { ...files },
    metadata: metadata.map(({ licenses, origins, terms, problems, ...receipt }) => ({
      ...receipt,
      licenses: [...licenses],
      origins: [...origins],
      terms: [...terms],
      problems: [...problems],
    })),
  }
}

function coverageJson({ coverage }: Report): ReportJson['coverage'] {
  return {
    files: coverage.files.map((file) => ({
      ...file,
      errors: file.errors.map(({ suggestions, place, ...error }) => ({
        ...error,
        suggestions: [...suggestions],
        place: { ...place },
      })),
    })),
    rows: { ...coverage.rows },
    scanners: coverage.scanners.map((scanner) => ({ ...scanner, limits: { ...scanner.limits } })),
    incomplete: [...coverage.incomplete],
    allowed: [...coverage.allowed],
    ...given({ failOn: coverage.failOn }),
    alpha: coverage.alpha,
    seed: coverage.seed,
    encoder: coverage.encoder === null ? null : { ...coverage.encoder },
  }
}
