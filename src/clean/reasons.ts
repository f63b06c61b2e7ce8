import type { FilePlan } from './plan-file.js'
import type { ReportJson } from '../report/json-schema.js'
import { safeJson } from '../report/safe-text.js'

/** The lines of `quarantine-reasons.jsonl` about one file: why each row that it lost went, in the order of the quarantine file. */
export function* reasonLines({ findings }: ReportJson, { file, rows, reasons }: FilePlan): Generator<string> {
  for (const [place, row] of rows.named.entries()) {
    const reason = reasons.get(row)
    yield safeJson(
      {
        file: file.scanned.path,
        row,
        quarantineRow: place,
        findings: (reason?.findings ?? []).map(({ finding, score }) => {
          const { id, scanner, message, category, severity, title } = findings[finding]!
          return { id, scanner, message, category, severity, score, title }
        }),
        decisions: (reason?.decisions ?? []).map(({ target, verdict, decisions }) => ({
          about: target.kind,
          verdict,
          by: decisions.map(({ reviewer, at, verdict, note }) => ({
            reviewer,
            at,
            verdict,
            ...(note === undefined ? {} : { note }),
          })),
        })),
      },
      0,
    )
  }
}
