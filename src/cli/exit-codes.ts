import type { ErrorCode } from '../errors.js'
import type { Report } from '../model/report.js'
import type { ReportJson } from '../report/json-schema.js'
import { atOrAbove, type Ranked, type Threshold } from '../report/summary.js'

export const EXIT = {
  /** Nothing at or above `--fail-on`, and the scan is complete. */
  ok: 0,
  findings: 1,
  /** Wrong usage or configuration: nothing was scanned. */
  usage: 2,
  /** Incomplete or failed: silence is not safety. */
  incomplete: 3,
} as const

const USAGE: readonly ErrorCode[] = ['usage', 'not-found', 'roles']

export function exitCodeOfError(code: ErrorCode): number {
  return USAGE.includes(code) ? EXIT.usage : EXIT.incomplete
}

/** Incompleteness wins over findings, as with linters that could not read a file: 1 is said of a whole scan. */
export function exitCodeOfReport(report: Report | ReportJson, failOn: Threshold): number {
  if (report.verdict === 'incomplete' || report.coverage.incomplete.length > 0) return EXIT.incomplete
  return atOrAbove<Ranked>(report.findings, failOn).length > 0 ? EXIT.findings : EXIT.ok
}
